package dev.elbo.run;

import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.InvalidFileException;
import dev.elbo.data.VoiceClips;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.SpeechVae;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.HostArray;
import dev.elbo.train.Composition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One more voice for a model of speech, learned from recordings of it: all weights go on from those of the finished run, and the vector of
 * the new voice begins as the mean of the others. Speaker adaptation by fine-tuning, as in Chen et al. (2019), section 2.2.
 *
 * @param base the finished run
 * @param voice the name of the new voice
 */
public record AdaptedVoice(Path base, String voice) implements Sequel {
    static final String VOICE = "voice";

    /** Where a model keeps a vector for each voice: in a table, or beside a reference encoder. */
    private static final List<String> VECTORS = List.of("text.voices.weight", "text.voices.known");

    @Override
    public String learns() {
        return "which learns the voice '" + voice + "'";
    }

    @Override
    public Composition of(Composition whole, RunConfig config, DataSpec data, Initializer initial) {
        if (!(whole.model() instanceof SpeechVae)) {
            throw new IllegalArgumentException("a voice is added to a model of speech; recipe "
                    + config.recipe().name() + " makes none. Take a run of tts-vae");
        }
        return whole;
    }

    @Override
    public DataSource data(DataSource given, Optional<DataSpec> begun) throws IOException {
        return new VoiceClips(begun.isPresent() ? begun.get() : known(), voice).of(given);
    }

    private DataSpec known() throws IOException {
        RunDirectory run = RunDirectory.open(base);
        return run.spec()
                .orElseThrow(() -> new InvalidFileException(
                        run.path(),
                        "does not say what its data hold: an earlier version of Elbo began it",
                        "Train it again"));
    }

    /** All weights, and for the new voice the mean of the others. */
    @Override
    public void adopt(LatentVariableModel model) throws IOException {
        Map<String, HostArray> known = new LinkedHashMap<>(
                CheckpointStore.load(TrainedModel.best(RunDirectory.open(base))).model());
        VECTORS.forEach(table -> known.computeIfPresent(
                table, (name, vectors) -> vectors.shape().size(0) < rows(model, table) ? withMean(vectors) : vectors));
        Weights.load(model, known);
    }

    private static long rows(LatentVariableModel model, String table) {
        return Objects.requireNonNull(model.state().get(table)).size(0);
    }

    private static HostArray withMean(HostArray vectors) {
        float[] rows = vectors.toFloats();
        int count = Math.toIntExact(vectors.shape().size(0));
        int width = rows.length / count;
        float[] all = Arrays.copyOf(rows, rows.length + width);
        for (int i = 0; i < rows.length; i++) {
            all[rows.length + i % width] += rows[i] / count;
        }
        return HostArray.of(all, count + 1, width);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(VOICE, voice);
    }
}
