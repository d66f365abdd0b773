package dev.elbo.recipe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Stripes;
import dev.elbo.exhibit.Samples;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.option.Options;
import dev.elbo.run.Course;
import dev.elbo.run.RunConfig;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import dev.elbo.run.TrainedModel;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.train.Composition;
import dev.elbo.train.Trainer;
import dev.elbo.train.TrainingEvent;
import dev.elbo.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every recipe promises. */
@ParameterizedClass
@MethodSource("recipes")
class RecipeContractTest {
    private final Recipe recipe;
    private Scope scope;

    RecipeContractTest(Recipe recipe) {
        this.recipe = recipe;
    }

    static List<Recipe> recipes() {
        return Recipes.all();
    }

    @BeforeEach
    void open() {
        scope = Scope.open("test");
    }

    @AfterEach
    void free() {
        scope.close();
    }

    private static Initializer initial() {
        return new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
    }

    private Composition composed(DataSpec spec) {
        return recipe.compose(spec, initial());
    }

    private LatentVariableModel model(DataSpec spec) {
        return composed(spec).model();
    }

    @Test
    void itIsFoundByItsName() {
        assertThat(Recipes.named(recipe.name())).isEqualTo(recipe);
        assertThat(recipe.name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(recipe.summary()).isNotBlank().doesNotEndWith(".");
    }

    @Test
    void everyOptionIsExplained() {
        assertThat(Recipes.options(recipe).entries())
                .isNotEmpty()
                .allSatisfy(
                        option -> assertThat(option.about()).as(option.name()).isNotBlank());
    }

    /** The first option that is a positive whole number. */
    private String firstWhole() {
        return Recipes.options(recipe).entries().stream()
                .filter(option -> option.value().matches("[1-9]\\d*"))
                .findFirst()
                .orElseThrow()
                .name();
    }

    @Test
    void itsOptionsSurviveJson() {
        Recipe changed = Recipes.with(recipe, Map.of(firstWhole(), "7"));
        for (Recipe written : List.of(recipe, changed)) {
            Map<String, String> read = Options.texts(Recipes.options(written).toJson());
            assertThat(Recipes.with(recipe, read)).isEqualTo(written);
        }
        assertThat(changed).isNotEqualTo(recipe);
    }

    @Test
    void reconstructionsHaveExactlyTheSizeOfTheImagesWhateverItIs() {
        assumeFalse(recipe.treatments().isEmpty());
        int[][] sizes = {{1, 28, 28}, {1, 9, 7}, {3, 32, 32}, {3, 5, 12}, {1, 1, 1}};
        for (int[] size : sizes) {
            DataSource data = Stripes.of(size[0], size[1], size[2], 2);
            Rng rng = Rng.seeded(1, Device.CPU);
            Batch batch =
                    new Examples(data.train(), data.spec(), recipe.treatments().get(0), 1, Device.CPU).range(0, 2, rng);
            Draw draw = model(data.spec()).draw(batch, 2, Pass.evaluation(rng));
            assertThat(draw.reconstructions()).hasSize(1);
            assertThat(requireNonNull(draw.reconstructions().get("image"))
                            .likelihood()
                            .centre()
                            .shape())
                    .isEqualTo(data.spec().field("image").shape().prepend(draw.isCertain() ? 1 : 2, 2));
        }
    }

    /** What is minimised, if it is logged, or the bound, or of a first stage that has no prior yet the distortion. */
    private static double loss(Map<String, Double> terms) {
        return Stream.of("loss", "negElbo", "distortion")
                .filter(terms::containsKey)
                .findFirst()
                .map(terms::get)
                .orElseThrow();
    }

    /**
     * The recipe with what fifty steps are too few for taken out: a capacity that grows to its end in them, and a game, in which what the
     * critic learns raises the loss of whom it judges: here it stands still.
     */
    private Recipe inFiftySteps() {
        return switch (recipe.name()) {
            case "annealed-vae" -> Recipes.with(recipe, Map.of("capacity", "linear(0, 25, 1000)"));
            case "vae-gan" -> Recipes.with(recipe, Map.of("criticRate", "0", "gamma", "10"));
            default -> recipe;
        };
    }

    @Test
    void fiftyStepsLowerTheLoss() throws IOException {
        DataSource data = SuitedData.of(recipe, 64);
        List<Double> losses = new ArrayList<>();
        Trainer trainer = new Trainer(
                inFiftySteps().compose(data.spec(), initial()),
                new Examples(recipe.seen(data.train(), 1), data.spec(), SuitedData.pixels(recipe), 1, Device.CPU),
                Optional.empty(),
                Options.of(recipe.training())
                        .with(Map.of("epochs", "12.5", "batch", "16", "logEvery", "5", "evaluateEvery", "999")),
                1,
                Optional.empty(),
                event -> {
                    if (event instanceof TrainingEvent.Progressed at) {
                        losses.add(loss(at.terms()));
                    }
                });
        trainer.run(
                () -> losses.size() == 10); // a recipe's later stages learn something else; a last report may follow
        assertThat(losses).hasSizeBetween(10, 11);
        assertThat(losses.get(9)).isLessThan(losses.get(0) - 2); // of some 44 nats; batches differ by about one
    }

    @Test
    void aFieldThatTheDataLackIsNamed() {
        assumeFalse(recipe.treatments().isEmpty());
        DataSpec spec = Stripes.of(1, 5, 5, 3).spec();
        List<String> needed = new ArrayList<>(model(spec).signature().onDemand());
        needed.removeIf(name -> !spec.fields().containsKey(name)); // a class that the model finds by itself is no field
        needed.add("image");
        for (String missing : needed) {
            Map<String, Field> fields = new LinkedHashMap<>(spec.fields());
            fields.remove(missing);
            assertThatThrownBy(() -> model(new DataSpec("faces", fields, "")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "data 'faces' has no field '" + missing + "'; it has " + fields.keySet() + ". Give ");
            fields.put(missing, new Field.Table(7));
            String problem = missing.equals("image") ? "holds no images" : "is no category";
            assertThatThrownBy(() -> model(new DataSpec("faces", fields, "")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("field '" + missing + "' of data 'faces' " + problem);
        }
    }

    @Test
    void itTrainsByDefaultInSettingsThatAreValid() {
        TrainingSettings defaults = recipe.training();
        Map<String, String> written = Options.texts(Options.of(defaults).toJson());
        assertThat(Options.of(defaults).with(written)).isEqualTo(defaults);
        assertThat(recipe.treatments()).doesNotHaveDuplicates();
    }

    /** What a user does: train, evaluate, show, report; then open the run without its data. */
    @Test
    void itGoesThroughARunToItsReport(@TempDir Path directory) throws IOException {
        scope.close();
        DataSource data = SuitedData.of(recipe, 40);
        RunConfig config =
                RunConfig.of(recipe, data.spec().name(), 1, Map.of("epochs", "1", "batch", "8", "validation", "0.2"));
        RunDirectory run = new RunDirectory(directory.resolve("run"), config);
        run.begin(Device.CPU, data.spec());
        List<String> notShown = new ArrayList<>();
        try (Session session = new Session(run, data, Device.CPU)) {
            Map<String, HostArray> before = weights(session.model());
            session.rehearse();
            assertThat(weights(session.model())).isEqualTo(before);
            Course course = new Course(session, 2);
            Course.Conclusion conclusion =
                    course.run(event -> {}, () -> false, new Quiet(notShown)).orElseThrow();
            assertThat(notShown).isEmpty();
            boolean hasLatents =
                    !session.generator().model().signature().latents().isEmpty();
            assertThat(conclusion.report()).content().contains("Samples").contains(hasLatents ? "Reconstructions" : "");
            if (hasLatents) {
                assertThat(session.codes("test").write(directory.resolve("codes.csv")))
                        .hasSize(1);
            }
        }
        try (TrainedModel alone = TrainedModel.open(RunDirectory.open(run.path()), Device.CPU)) {
            Samples samples = Samples.of(3, 1);
            if (samples.obstacle(alone.showing()).isEmpty()) { // answers need something that they answer
                assertThat(samples.of(alone.showing())).isNotNull();
            }
        }
        scope = Scope.open("test");
    }

    private static Map<String, HostArray> weights(LatentVariableModel model) {
        Map<String, HostArray> weights = new LinkedHashMap<>();
        model.state().forEach((name, tensor) -> weights.put(name, tensor.toHost()));
        return weights;
    }

    /** Notes what could not be shown. */
    private record Quiet(List<String> notShown) implements Course.Watcher {
        @Override
        public void notShown(String exhibit, String reason) {
            notShown.add(exhibit + ": " + reason);
        }
    }
}
