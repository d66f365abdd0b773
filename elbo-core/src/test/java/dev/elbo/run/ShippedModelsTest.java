package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.data.InvalidFileException;
import dev.elbo.edit.Directions;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedModelsTest {
    @TempDir
    Path directory;

    private ShippedModels models() {
        return new ShippedModels(directory.resolve("models"));
    }

    private RunDirectory begun(String recipe, String settings) throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config(recipe, settings));
        run.begin(Device.CPU, Runs.data().spec());
        return run;
    }

    private RunDirectory trained(String recipe, String settings) throws IOException {
        RunDirectory run = begun(recipe, settings);
        try (Session session = new Session(run, Runs.data(), Device.CPU)) {
            session.train(event -> {}, () -> false);
        }
        return RunDirectory.open(run.path());
    }

    /** A run with its first weights as its checkpoint. */
    private RunDirectory untrained(String settings) throws IOException {
        RunDirectory run = begun("vae", settings);
        try (Session session = new Session(run, Runs.data(), Device.CPU)) {
            run.checkpoints()
                    .save(new Checkpoint(
                            1,
                            Double.NaN,
                            onHost(session.model().state()),
                            Map.of(),
                            JsonNodeFactory.instance.objectNode()));
        }
        return RunDirectory.open(run.path());
    }

    private static Map<String, HostArray> onHost(Map<String, Tensor> tensors) {
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, tensor.toHost()));
        return arrays;
    }

    private static Packing.Label label(String name) {
        return new Packing.Label(
                name, "Draws stripes.", Optional.empty(), Optional.of("CC0"), Optional.empty(), "3 nats");
    }

    private RunDirectory packed(RunDirectory run) throws IOException {
        new Packing(run, label("stripes")).into(models().folder());
        return models().open("model:stripes");
    }

    @ParameterizedTest
    @CsvSource({"vae, epochs=1", "vq-vae, epochs=1 priorEpochs=1"})
    void parametersBecomeTheNearestHalvesAndBuffersStayAsTheyWere(String recipe, String settings) throws IOException {
        RunDirectory run = trained(recipe, settings);
        Map<String, HostArray> before =
                CheckpointStore.load(TrainedModel.best(run)).model();

        try (TrainedModel model = TrainedModel.open(packed(run), Device.CPU)) {
            Set<String> parameters = model.model().parameters().keySet();
            Map<String, HostArray> after = onHost(model.model().state());
            assertThat(after.keySet()).isEqualTo(before.keySet());
            assertThat(parameters).isNotEmpty();
            assertThat(after.size() > parameters.size()).isEqualTo(recipe.equals("vq-vae")); // which counts its codes
            after.forEach((name, array) -> {
                HostArray kept = Objects.requireNonNull(before.get(name));
                assertThat(array).as(name).isEqualTo(parameters.contains(name) ? nearestHalves(kept) : kept);
            });
        }
    }

    private static HostArray nearestHalves(HostArray array) {
        return HostArray.of(array.toHalf().toFloats(), array.shape().sizes());
    }

    @Test
    void directionsComeWithAModelAndThoseThatAreFoundLaterStandBeforeThem() throws IOException {
        RunDirectory run = untrained("");
        Files.writeString(run.path().resolve(Directions.FILE), "found");
        RunDirectory packed = packed(run);

        assertThat(packed.made(Directions.FILE)).hasContent("found").startsWith(packed.path());
        assertThat(packed.place(Directions.FILE)).isRelative();
        assertThat(run.made(Directions.FILE)).isEqualTo(run.place(Directions.FILE));
    }

    @Test
    void aParameterThatIsNoHalfStaysAsItWas() throws IOException {
        RunDirectory run = untrained("");
        Path best = TrainedModel.best(run);
        Map<String, HostArray> weights =
                new LinkedHashMap<>(CheckpointStore.load(best).model());
        HostArray large = HostArray.of(new float[] {1e6f, 0.1f, 0, 0, 0, 0, 0, 0}, 8);
        weights.put("posterior.network.0.bias", large);
        run.checkpoints().save(new Checkpoint(2, Double.NaN, weights, Map.of(), JsonNodeFactory.instance.objectNode()));

        try (TrainedModel model = TrainedModel.open(packed(run), Device.CPU)) {
            assertThat(onHost(model.model().state())).containsEntry("posterior.network.0.bias", large);
        }
    }

    @Test
    void saysWhatItIsAndHasOneCheckpointWithoutWhatOnlyTrainingNeeds() throws IOException {
        RunDirectory run = trained("vae", "epochs=2");
        RunDirectory shipped = packed(run);

        ShippedModel model = models().model("stripes");
        assertThat(models().names()).containsExactly("stripes");
        assertThat(model.data()).isEqualTo("stripes");
        assertThat(model.licence()).isEqualTo("CC0");
        assertThat(model.figures()).isEqualTo("3 nats");
        assertThat(model.command()).startsWith("./elbo train vae --data stripes --pixels dynamic --epochs 2 --batch 8");
        assertThat(shipped.config()).isEqualTo(run.config());
        assertThat(shipped.checkpoints().complete()).hasSize(1);
        assertThat(CheckpointStore.load(TrainedModel.best(shipped)).training()).isEmpty();
        assertThat(model.bytes())
                .isEqualTo(size(shipped.path()) - Files.size(shipped.path().resolve("model.json")));
    }

    private static long size(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void staysAsItIs() throws IOException {
        RunDirectory shipped = packed(untrained(""));
        for (ThrowingCallable writing : new ThrowingCallable[] {
            shipped::requireIdle,
            shipped::requestStop,
            shipped::writeReport,
            () -> shipped.reconfigure(shipped.config()),
            () -> new Packing(shipped, label("again")).into(models().folder())
        }) {
            assertThatThrownBy(writing)
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessage(shipped.path() + " is a shipped model: it has weights to be used and nothing of its"
                            + " training, and stays as it is. Train a run of your own: 'elbo models stripes' shows the"
                            + " command.");
        }
        assertThatThrownBy(() -> shipped.begin(Device.CPU, Runs.data().spec()))
                .hasMessage(shipped.path() + " holds a shipped model. Choose another directory.");
        assertThat(shipped.place("figures/samples.png")).isEqualTo(Path.of("stripes-samples.png"));
    }

    @Test
    void anUnknownNameSaysWhichThereAre() throws IOException {
        assertThatThrownBy(() -> models().open("stripes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no model 'stripes', and no other, in the folder " + models().folder()
                        + "; ELBO_MODELS says in which folder models lie");
        packed(untrained(""));
        assertThatThrownBy(() -> models().open("model:strips"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown model 'strips'; did you mean 'stripes'? Known: stripes");
        assertThatThrownBy(() -> models().open("../run")).hasMessageEndingWith("known: stripes");

        RunCatalog catalog = new RunCatalog(directory.resolve("runs"), models());
        assertThat(catalog.open("model:stripes").isShipped()).isTrue();
        assertThatThrownBy(() -> catalog.open("stripes")).hasMessageEndingWith("did you mean 'model:stripes'?");
    }

    @Test
    void aFolderThatWasRenamedIsTold() throws IOException {
        RunDirectory shipped = packed(untrained(""));
        Path renamed = Files.move(shipped.path(), models().folder().resolve("lines"));
        assertThatThrownBy(() -> models().model("lines"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(renamed + " holds a model of another name, 'stripes'. Call its folder as it is called.");
    }

    @Test
    void damageIsTold() throws IOException {
        RunDirectory shipped = packed(untrained(""));
        Path weights = shipped.checkpoints().complete().get(0).resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        assertThatThrownBy(() -> TrainedModel.open(shipped, Device.CPU))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(shipped.path()
                        + " is a shipped model whose files are damaged or not all there. Put them back as"
                        + " they were, as with 'git checkout -- " + shipped.path() + "'.");

        Path description = shipped.path().resolve("model.json");
        Files.writeString(description, "{\"name\": \"stripes\"}");
        assertThatThrownBy(() -> models().model("stripes")).hasMessageContaining("has no text 'about'");
        Files.writeString(description, "stripes");
        assertThatThrownBy(() -> models().model("stripes")).hasMessageContaining("is no JSON");
    }

    @Test
    void whatIsTooLargeIsRefusedAndLeavesNothing() throws IOException {
        RunDirectory run = untrained("hidden=1250,1250"); // 2 × 1250² and some more weights, of 2 bytes
        assertThatThrownBy(() -> packed(run))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "the model takes 6\\.\\d MB in half precision, and a shipped one at most 6\\.0 MB; its"
                                + " largest part is \\S+, FLOAT16 \\[1250, 1250\\], 3\\.1 MB\\. Train a smaller one: .*");
        assertThat(models().folder()).isEmptyDirectory();
    }

    @Test
    void noPlaceOfAFileIsShipped() throws IOException {
        RunDirectory begun = untrained("");
        RunDirectory run = begun.reconfigure(begun.config().withData("/home/me/stripes.npz"));
        assertThatThrownBy(() -> packed(run))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds the place of a file of yours, /home/me/stripes.npz")
                .hasMessageContaining("--data reviews");

        Packing.Label named = new Packing.Label(
                "stripes", "Draws stripes.", Optional.of("my stripes"), Optional.of("CC0"), Optional.empty(), "");
        ShippedModel model = new Packing(run, named).into(models().folder());

        assertThat(model.command()).startsWith("./elbo train vae --data 'my stripes'");
        assertThat(models().open("stripes").path().resolve("config.json"))
                .content()
                .doesNotContain("/home/me");
    }

    @Test
    void theLicenceIsSaidWhereItIsNotKnown() throws IOException {
        RunDirectory run = untrained("");
        Packing.Label silent = new Packing.Label(
                "stripes", "Draws stripes.", Optional.empty(), Optional.empty(), Optional.empty(), "");
        assertThatThrownBy(() -> new Packing(run, silent).into(models().folder()))
                .hasMessage(
                        "the licence of the data 'stripes' is not known: say it with --licence, as in --licence 'CC BY 4.0'");
        RunDirectory known = run.reconfigure(run.config().withData("mnist"));
        assertThat(new Packing(known, silent).into(models().folder()).licence()).isEqualTo("CC BY-SA 3.0");
        assertThatThrownBy(() -> new Packing(known, silent).into(models().folder()))
                .hasMessage(models().folder().resolve("stripes")
                        + " is there already. Remove it, or choose another --name.");
        assertThatThrownBy(() -> label("Stripes!")).hasMessageContaining("small letters, digits and hyphens");
    }
}
