package dev.elbo.exhibit;

import dev.elbo.data.Batch;
import dev.elbo.data.Field;
import dev.elbo.data.Vocabulary;
import dev.elbo.figure.SpokenTakes;
import dev.elbo.generate.Shown;
import dev.elbo.model.SpeechVae;
import dev.elbo.nn.Pass;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.MelInversion;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Texts of held-out recordings, spread over all of them, as they were recorded and as a model of speech says them: their spectra and
 * alignments as a picture, or one of them to be heard.
 *
 * @param count how many texts
 * @param heard which is heard, from 1, the recording and then the model; 0 for the picture of all
 * @param seed of what the model says
 */
public record SpokenTexts(int count, int heard, long seed) implements Exhibit {
    /** Of what the model says: a little less varied than the recordings. */
    private static final double TEMPERATURE = 0.7;

    /** Held-out recordings that texts are taken of. */
    private static final int AMONG = 300;

    @Override
    public String name() {
        return heard == 0 ? "spoken" : "heard-" + heard;
    }

    @Override
    public Optional<String> obstacle(Showing showing) {
        boolean speaks = showing.generator().model() instanceof SpeechVae
                && showing.generator().spec().field(SpeechVae.SOUND) instanceof Field.Frames frames
                && frames.analysis().isPresent();
        if (!speaks) {
            return Optional.of(
                    "this shows what a model of speech says; take a run of tts-vae that was trained on recordings");
        }
        return showing.missingExamples(Math.max(1, heard));
    }

    @Override
    public Piece of(Showing showing) {
        List<SpokenTakes.Said> said = said(showing);
        if (heard == 0) {
            return new Piece.Picture(new SpokenTakes(said));
        }
        SpokenTakes.Said one = said.get(heard - 1);
        MelAnalysis analysis = frames(showing).analysis().orElseThrow();
        List<HostArray> waves = new ArrayList<>();
        List.of(one.recorded(), one.made()).forEach(take -> {
            float[] samples =
                    MelInversion.standard(analysis).wave(take.spectrum(), seed).samples();
            waves.add(HostArray.of(samples, samples.length));
        });
        return new Piece.Recording(new Shown.Sound(waves, analysis.rateHz()), Optional.empty());
    }

    private static Field.Frames frames(Showing showing) {
        return (Field.Frames) showing.generator().spec().field(SpeechVae.SOUND);
    }

    private List<SpokenTakes.Said> said(Showing showing) {
        SpeechVae model = (SpeechVae) showing.generator().model();
        Device device = showing.generator().device();
        try (Scope scope = Scope.open("spoken");
                Inference use = Inference.begin()) {
            Batch recorded = spread(showing.heldOut().orElseThrow().first(showing.atMost(AMONG)));
            Map<String, Tensor> given = new HashMap<>(recorded.fields());
            given.keySet().retainAll(model.signature().conditions());
            Batch conditions = new Batch(given);
            Map<String, Tensor> found = model.encode(recorded, Pass.deterministic());
            Pass pass = Pass.evaluation(Rng.seeded(seed, device));
            int texts = (int) recorded.get(SpeechVae.TEXT).size(0);
            Map<String, Tensor> latents = model.latents(texts, conditions, TEMPERATURE, pass);
            Tensor made = Objects.requireNonNull(
                            model.decode(latents, conditions, pass).get(SpeechVae.SOUND))
                    .centre();
            List<SpokenTakes.Said> said = new ArrayList<>();
            for (int i = 0; i < texts; i++) {
                List<String> phones =
                        phones(showing, recorded.get(SpeechVae.TEXT).get(0, i));
                said.add(new SpokenTakes.Said(
                        heading(i, showing, recorded),
                        phones,
                        take(showing, recorded.get(SpeechVae.SOUND).get(0, i), found, i, phones.size()),
                        take(showing, made.get(0, i), latents, i, phones.size())));
            }
            return said;
        }
    }

    /** Some examples, as far from each other as they can be. */
    private Batch spread(Batch all) {
        long size = all.get(SpeechVae.TEXT).size(0);
        int some = (int) Math.min(count, size);
        long[] rows = LongStream.range(0, some)
                .map(i -> some == 1 ? 0 : i * (size - 1) / (some - 1))
                .toArray();
        Tensor chosen =
                Tensor.of(HostArray.of(rows, some), all.get(SpeechVae.TEXT).device());
        Map<String, Tensor> picked = new HashMap<>();
        all.tensors().forEach((name, tensor) -> picked.put(name, tensor.select(0, chosen)));
        return all.with(picked);
    }

    private static List<String> phones(Showing showing, Tensor tokens) {
        Vocabulary vocabulary = ((Field.Tokens) showing.generator().spec().field(SpeechVae.TEXT)).vocabulary();
        return LongStream.of(tokens.toHost().toLongs())
                .takeWhile(id -> id != Vocabulary.END && id != Vocabulary.PADDING)
                .mapToObj(vocabulary::word)
                .toList();
    }

    private static String heading(int i, Showing showing, Batch recorded) {
        List<String> voices = showing.classes(SpeechVae.VOICE);
        String who = voices.isEmpty()
                ? ""
                : " · "
                        + voices.get(
                                (int) recorded.get(SpeechVae.VOICE).toHost().toLongs()[i]);
        return i + 1 + who;
    }

    /** A row of frames, and the ends of its phones by the durations of its states. */
    private static SpokenTakes.Take take(
            Showing showing, Tensor frames, Map<String, Tensor> latents, int row, int phones) {
        int each = ((SpeechVae) showing.generator().model()).text().each();
        long[] durations = Objects.requireNonNull(latents.get(SpeechVae.DURATIONS))
                .get(0, row)
                .toHost()
                .toLongs();
        List<Long> ends = new ArrayList<>();
        long end = 0;
        for (int phone = 0; phone < phones; phone++) {
            for (int state = 0; state < each; state++) {
                end += durations[phone * each + state];
            }
            ends.add(end);
        }
        Field.Frames field = frames(showing);
        int count = (int) Math.max(1, Math.min(end, frames.size(0)));
        float[] values = frames.narrow(0, 0, count).toFloats();
        return new SpokenTakes.Take(
                HostArray.of(
                        field.statistics().map(known -> known.restored(values)).orElse(values),
                        count,
                        field.channels()),
                ends);
    }
}
