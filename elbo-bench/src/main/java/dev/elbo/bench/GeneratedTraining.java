package dev.elbo.bench;

import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Order;
import dev.elbo.data.Pixels;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Step;
import dev.elbo.recipe.Card;
import dev.elbo.recipe.Recipe;
import dev.elbo.run.RunConfig;
import dev.elbo.tensor.Arithmetic;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Batches;
import dev.elbo.train.Composition;
import dev.elbo.train.Trainer;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** The trainer at work on generated images, or on sentences or speech where a recipe learns from these; and its weights before and after. */
final class GeneratedTraining {
    private final RunConfig config;
    private final Device device;
    private final DataSource data;
    private final Composition composition;
    private final List<HostArray> before;

    /** With first weights; tensors live in the current scope. */
    GeneratedTraining(RunConfig config, Device device) {
        this.config = config;
        this.device = device;
        this.data = data(config.recipe());
        this.composition =
                config.recipe().compose(data.spec(), new Initializer(Rng.seeded(config.seed(), device), device));
        this.before = state();
    }

    /** The generated data that a recipe is trained on. */
    static DataSource data(Recipe recipe) {
        return switch (recipe.card().group()) {
            case TEXT -> Babble.source();
            case SPEECH -> Mumble.source();
            default -> Patterns.source();
        };
    }

    /** Whether batches are of different lengths. */
    static boolean isRagged(Recipe recipe) {
        return isOfSentences(recipe) || recipe.card().group() == Card.Group.SPEECH;
    }

    static boolean isOfSentences(Recipe recipe) {
        return recipe.card().group() == Card.Group.TEXT;
    }

    void run(Consumer<TrainingEvent> listener) throws IOException {
        new Trainer(
                        composition,
                        examples(),
                        Optional.empty(),
                        config.training(),
                        config.seed(),
                        Optional.empty(),
                        listener)
                .run(() -> false);
    }

    private Examples examples() {
        return examples(config, data, device);
    }

    static Examples examples(RunConfig config, DataSource data, Device device) {
        Pixels pixels = config.pixels().orElse(Pixels.PROBABILITIES); // of data without images nothing is treated
        return new Examples(data.train(), data.spec(), pixels, config.seed(), device);
    }

    /** Floating-point operations of a step: of matrix products and convolutions, the mean over the batches of an epoch. */
    double operations() {
        try (Scope scope = Scope.open("operations")) {
            Examples examples = examples();
            int size = config.training().batch();
            Batches batches = new Batches(examples, Order.of(examples.split(), config.seed(), size, 1));
            Step step = new Step(config.seed(), config.training().epochs(), examples.size(), device);
            return LongStream.range(0, examples.isRagged() ? batches.perEpoch() : 1)
                    .mapToDouble(n -> operations(batches, step, n))
                    .average()
                    .orElseThrow();
        }
    }

    private double operations(Batches batches, Step step, long number) {
        try (Scope scope = Scope.open("step");
                Arithmetic count = Arithmetic.begin()) {
            step.advance(number, 0);
            objective().loss(model(), batches.at(number, step.pass().rng()), step);
            return count.operations();
        }
    }

    /** How many numbers the model learns. */
    long parameters() {
        return model().parameters().values().stream()
                .mapToLong(parameter -> parameter.shape().elements())
                .sum();
    }

    private LatentVariableModel model() {
        return composition.model();
    }

    private Objective objective() {
        return composition.stages().get(0).objective();
    }

    List<HostArray> before() {
        return before;
    }

    /** Weights and statistics as they are now. */
    List<HostArray> state() {
        try (Scope scope = Scope.open("state")) {
            return model().state().values().stream().map(Tensor::toHost).toList();
        }
    }

    /** The largest difference between two numbers of one place. */
    static double largestDifference(List<HostArray> some, List<HostArray> others) {
        List<Double> differences = new ArrayList<>();
        try (Scope scope = Scope.open("compare")) {
            for (int i = 0; i < some.size(); i++) {
                Tensor a = Tensor.of(some.get(i), Device.CPU);
                Tensor b = Tensor.of(others.get(i), Device.CPU);
                differences.add(a.minus(b).abs().max().item());
            }
        }
        return differences.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
