package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.generate.Speech;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.Rng;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a model of speech says, as a WAV file. */
final class SpeechResource {
    private static final int MOST_SENTENCES = 20;
    private static final int HEADER = 44;
    private static final int HEADER_AFTER_SIZE = 36;
    private static final int FORMAT_BYTES = 16;
    private static final short PCM = 1;
    private static final short BITS = 16;

    private final Benches benches;

    SpeechResource(Benches benches) {
        this.benches = benches;
    }

    void register(Routes routes) {
        routes.get(
                "/runs/{run}/speech",
                answer -> Answers.json(answer, bench(answer).ask(SpeechResource::described)));
        routes.post("/runs/{run}/speech/say", this::say);
    }

    private Bench bench(Context answer) throws IOException {
        return benches.of(answer.pathParam("run"));
    }

    private static ObjectNode described(Bench bench) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode voices = json.putArray("voices");
        Speech.of(bench.model().generator()).voices().forEach(voices::add);
        return json;
    }

    private void say(Context answer) throws IOException {
        Asked asked = Asked.of(answer);
        Speech.Manner how = new Speech.Manner(
                asked.number("temperature", Speech.Manner.STANDARD.temperature(), 0, 2),
                asked.number("rate", 1, 0.5, 2),
                asked.number("pitch", 0, -12, 12));
        int seed = asked.whole("seed", 1, 0, Integer.MAX_VALUE);
        byte[] wave = bench(answer).ask(bench -> {
            Speech speech = Speech.of(bench.model().generator());
            List<List<String>> sentences = speech.sentences(asked.text("text"));
            if (sentences.size() > MOST_SENTENCES) {
                throw Refusal.tooLarge("the text has " + sentences.size() + " sentences; at most " + MOST_SENTENCES
                        + " are said at once. Shorten it");
            }
            String voice = asked.text("voice").isEmpty() && !speech.voices().isEmpty()
                    ? speech.voices().get(0)
                    : asked.text("voice");
            List<Wave> waves = new ArrayList<>();
            for (int i = 0; i < sentences.size(); i++) {
                waves.add(speech.said(sentences.get(i), voice, how, Rng.seedOf(seed, i)));
            }
            return wav(waves);
        });
        answer.header("Cache-Control", "no-store").contentType("audio/wav").result(wave);
    }

    /** Waves one after the other, as a WAV file of 16 bits. */
    private static byte[] wav(List<Wave> waves) {
        int samples = waves.stream().mapToInt(wave -> wave.samples().length).sum();
        int rate = waves.get(0).rateHz();
        int bytes = samples * Short.BYTES;
        byte[] whole = new byte[HEADER + bytes];
        ByteBuffer file = Answers.littleEndian(whole);
        file.put(ascii("RIFF")).putInt(HEADER_AFTER_SIZE + bytes).put(ascii("WAVE"));
        file.put(ascii("fmt ")).putInt(FORMAT_BYTES).putShort(PCM).putShort((short) 1);
        file.putInt(rate)
                .putInt(rate * Short.BYTES)
                .putShort((short) Short.BYTES)
                .putShort(BITS);
        file.put(ascii("data")).putInt(bytes);
        for (Wave wave : waves) {
            for (float sample : wave.samples()) {
                file.putShort((short) Math.round(Math.max(-1, Math.min(1, sample)) * Short.MAX_VALUE));
            }
        }
        return whole;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
