package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Field;
import dev.elbo.figure.Waves;
import dev.elbo.generate.NeuralVocoder;
import dev.elbo.generate.Sentence;
import dev.elbo.generate.Speech;
import dev.elbo.model.SpeechVae;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.TrainedModel;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a model of speech says, as a WAV file. */
final class SpeechResource {
    private static final int MOST_SENTENCES = 20;
    private static final String VOCODER = "vocoder";

    private final Runs runs;
    private final Benches benches;

    SpeechResource(Runs runs, Benches benches) {
        this.runs = runs;
        this.benches = benches;
    }

    void register(Routes routes) {
        routes.get(
                "/runs/{run}/speech",
                answer -> Answers.json(answer, bench(answer).ask(this::described)));
        routes.post("/runs/{run}/speech/say", this::say);
    }

    private Bench bench(Context answer) throws IOException {
        return benches.of(answer.pathParam("run"));
    }

    private ObjectNode described(Bench bench) throws IOException {
        Speech speech = Speech.of(bench.model().generator());
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("takesClips", speech.takesClips());
        ArrayNode voices = json.putArray("voices");
        speech.voices().forEach(voices::add);
        ArrayNode vocoders = json.putArray("vocoders");
        for (String name : runs.names()) {
            if (turnsBack(name, speech.frames().analysis())) {
                vocoders.add(name);
            }
        }
        return json;
    }

    /** Whether a run is of a vocoder that makes waves of such spectra, and has learned something. */
    private boolean turnsBack(String name, Optional<MelAnalysis> analysis) {
        try {
            RunDirectory run = runs.listed(name);
            return run.config().recipe().name().equals(VOCODER)
                    && run.spec().isPresent()
                    && run.spec().get().field(SpeechVae.SOUND) instanceof Field.Frames frames
                    && frames.analysis().equals(analysis)
                    && !run.checkpoints().complete().isEmpty();
        } catch (Refusal | IOException unusable) { // deleted since, or broken
            return false;
        }
    }

    private void say(Context answer) throws IOException {
        Asked asked = Asked.withFile(answer.bodyAsBytes());
        Wave said =
                bench(answer).ask(bench -> said(asked, Speech.of(bench.model().generator())));
        HostArray samples = HostArray.of(said.samples(), said.samples().length);
        byte[] file = Waves.wav(List.of(samples), said.rateHz());
        answer.header("Cache-Control", "no-store").contentType("audio/wav").result(file);
    }

    /** Through a vocoder if one is asked for, which is open for this text alone. */
    private Wave said(Asked asked, Speech speech) throws IOException {
        if (asked.text(VOCODER).isEmpty()) {
            return spoken(asked, speech);
        }
        try (TrainedModel vocoder = TrainedModel.open(runs.open(asked.text(VOCODER)), Device.CPU)) {
            return spoken(asked, speech.through(NeuralVocoder.of(vocoder.generator())));
        }
    }

    private static Wave spoken(Asked asked, Speech speech) throws IOException {
        Speech.Manner how = new Speech.Manner(
                asked.number("temperature", Speech.Manner.STANDARD.temperature(), 0, 2),
                asked.number("rate", 1, 0.5, 2),
                asked.number("pitch", 0, -12, 12));
        int seed = asked.whole("seed", 1, 0, Integer.MAX_VALUE);
        List<Sentence> sentences = speech.script(asked.text("text")).sentences();
        if (sentences.size() > MOST_SENTENCES) {
            throw Refusal.tooLarge("the text has " + sentences.size() + " sentences; at most " + MOST_SENTENCES
                    + " are said at once. Shorten it");
        }
        return Wave.joined(
                speech.say(sentences, speaker(asked, speech), how, seed).toList());
    }

    /** Whoever is heard in a clip, or else a voice by its name; the first if nothing is said. */
    private static Speech.Speaker speaker(Asked asked, Speech speech) throws IOException {
        byte[] clip = asked.file("clip");
        if (clip.length > 0) {
            String name = asked.has("clipName") ? asked.text("clipName") : "the clip";
            return speech.heard(name, SentSound.read(clip, name));
        }
        String voice = asked.text("voice");
        return speech.speaker(
                voice.isEmpty() ? speech.voices().stream().findFirst().orElse("") : voice);
    }
}
