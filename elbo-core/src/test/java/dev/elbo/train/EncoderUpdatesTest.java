package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Options;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An encoder that is updated several times for each update of the rest. */
class EncoderUpdatesTest {
    private static final DataSource DATA = Stripes.of(1, 5, 6, 48);

    @TempDir
    Path directory;

    /** The checkpoint after some steps of six an epoch, gone on from {@code from} if that is there. */
    private Checkpoint after(long steps, String recipe, Optional<Checkpoint> from, String... settings)
            throws IOException {
        Map<String, String> all =
                new HashMap<>(Map.of("batch", "8", "epochs", "3", "learningRate", "0.01", "replicas", "1"));
        for (String setting : settings) {
            all.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        Map<String, String> size = switch (recipe) {
            case "ladder-vae" -> Map.of("hidden", "8", "dims", "3,2");
            case "deep-vae" -> Map.of("channels", "4,5", "groups", "1,1", "latentChannels", "2", "latents", "3");
            case "vq-vae" ->
                Map.of("channels", "4,5", "codes", "6", "codeDims", "3", "priorChannels", "4", "priorBlocks", "1");
            default -> Map.of("hidden", "8", "latents", "2");
        };
        CheckpointStore store = new CheckpointStore(directory.resolve("checkpoints"), 30);
        try (Scope scope = Scope.open("test")) {
            Trainer trainer = new Trainer(
                    Recipes.with(Recipes.named(recipe), size)
                            .compose(DATA.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU)),
                    new Examples(DATA.train(), DATA.spec(), Pixels.DYNAMIC, 1, Device.CPU),
                    Optional.empty(),
                    Options.of(TrainingSettings.standard()).with(all),
                    1,
                    Optional.of(store),
                    event -> {});
            from.ifPresent(trainer::restore);
            long[] taken = {from.map(Checkpoint::step).orElse(0L)};
            trainer.run(() -> ++taken[0] == steps);
        }
        return CheckpointStore.load(store.latest().orElseThrow());
    }

    private static Map<String, HostArray> all(Checkpoint at) {
        Map<String, HostArray> all = new TreeMap<>(at.training());
        at.model().forEach((name, array) -> all.put("model." + name, array));
        return all;
    }

    private static Map<String, HostArray> ofTheRest(Checkpoint at, String... encoder) {
        Map<String, HostArray> rest = all(at);
        for (String part : encoder) {
            rest.keySet().removeIf(name -> name.contains("." + part));
        }
        return rest;
    }

    /** Values and moments. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"vae | posterior.", "ladder-vae | climb. evidence.", "deep-vae | climb. evidence. posterior."})
    void inStepsThatAreNotTheKthOnlyTheEncoderMoves(String recipe, String encoder) throws IOException {
        String[] parts = encoder.split(" ", -1);
        Checkpoint third = after(3, recipe, Optional.empty(), "encoderUpdates=3");
        Checkpoint fifth = after(5, recipe, Optional.of(third), "encoderUpdates=3");
        assertThat(ofTheRest(fifth, parts)).isEqualTo(ofTheRest(third, parts)).isNotEmpty();
        Checkpoint sixth = after(6, recipe, Optional.of(fifth), "encoderUpdates=3");
        Map<String, HostArray> ofEncoder = all(fifth);
        ofEncoder.keySet().removeAll(ofTheRest(fifth, parts).keySet());
        requireMoved(all(third), ofEncoder);
        requireMoved(all(fifth), all(sixth));
    }

    /** Nearly all of them: a parameter of weights that are 0 has no gradient yet. */
    private static void requireMoved(Map<String, HostArray> before, Map<String, HostArray> after) {
        long moved = after.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .count();
        assertThat(moved).isGreaterThan(after.size() * 3L / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip=0", "clip=0.1", "ema=0.9"})
    void onceForEachUpdateOfTheRestItIsTheOrdinaryTraining(String setting) throws IOException {
        assertThat(all(after(12, "vae", Optional.empty(), setting, "encoderUpdates=jump(1, 1, 2)")))
                .isEqualTo(all(after(12, "vae", Optional.empty(), setting)));
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 6, 8})
    void aTrainingThatWasStoppedGoesOnBitForBit(long stop) throws IOException {
        String[] settings = {"encoderUpdates=jump(3, 1, 1.5)", "ema=0.5"};
        Checkpoint stopped = after(stop, "vae", Optional.empty(), settings);
        assertThat(all(after(14, "vae", Optional.of(stopped), settings)))
                .isEqualTo(all(after(14, "vae", Optional.empty(), settings)));
    }

    @Test
    void aModelWithoutAPosteriorOfItsOwnIsRefused() {
        assertThatThrownBy(() -> after(1, "vq-vae", Optional.empty(), "encoderUpdates=3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "encoderUpdates=3 is of models with a posterior that is learned together with the rest; no stage of"
                                + " this training learns both. Leave it out");
    }
}
