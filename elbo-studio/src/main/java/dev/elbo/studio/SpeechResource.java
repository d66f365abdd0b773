package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.figure.Waves;
import dev.elbo.generate.Sentence;
import dev.elbo.generate.Speech;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.HostArray;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** What a model of speech says, as a WAV file. */
final class SpeechResource {
    private static final int MOST_SENTENCES = 20;

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
            List<Sentence> sentences = speech.script(asked.text("text")).sentences();
            if (sentences.size() > MOST_SENTENCES) {
                throw Refusal.tooLarge("the text has " + sentences.size() + " sentences; at most " + MOST_SENTENCES
                        + " are said at once. Shorten it");
            }
            String voice = asked.text("voice").isEmpty() && !speech.voices().isEmpty()
                    ? speech.voices().get(0)
                    : asked.text("voice");
            Wave said = Wave.joined(
                    speech.say(sentences, speech.speaker(voice), how, seed).toList());
            return Waves.wav(List.of(HostArray.of(said.samples(), said.samples().length)), said.rateHz());
        });
        answer.header("Cache-Control", "no-store").contentType("audio/wav").result(wave);
    }
}
