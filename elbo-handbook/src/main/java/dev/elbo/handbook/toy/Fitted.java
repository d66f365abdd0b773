package dev.elbo.handbook.toy;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Options;
import dev.elbo.recipe.Recipe;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.train.Composition;
import dev.elbo.train.Trainer;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A recipe's model, fitted to data in memory: what {@code ./elbo train} does, without a folder for the run. Close it to free
 * the model.
 *
 * @param model with its last weights
 * @param data that it was fitted to
 * @param pixels how images were treated
 * @param events what happened while it was trained
 */
public record Fitted(Scope scope, LatentVariableModel model, DataSource data, Pixels pixels, List<TrainingEvent> events)
        implements AutoCloseable {
    private static final Device CPU = Device.CPU;
    private static final int WEIGHTS = 1;
    private static final int TRAINING = 2;
    private static final int LOOKING = 3;

    /** Copies the list. */
    public Fitted {
        events = List.copyOf(events);
    }

    /**
     * Trains a recipe on data.
     *
     * @param pixels how images are treated
     * @param settings of the training, as after {@code --set}
     */
    public static Fitted of(Recipe recipe, DataSource data, Pixels pixels, Map<String, String> settings, long seed) {
        Scope scope = Scope.open(recipe.name());
        Initializer initial = new Initializer(Rng.seeded(Rng.seedOf(seed, WEIGHTS), CPU), CPU);
        Composition composition = recipe.compose(data.spec(), initial);
        List<TrainingEvent> events = new ArrayList<>();
        try (Scope training = Scope.open("training")) {
            Trainer trainer = new Trainer(
                    composition,
                    new Examples(data.train(), data.spec(), pixels, seed, CPU),
                    data.test().map(test -> new Examples(test, data.spec(), pixels, seed, CPU)),
                    Options.of(recipe.training()).with(settings),
                    Rng.seedOf(seed, TRAINING),
                    Optional.empty(),
                    events::add);
            trainer.run(() -> false);
        } catch (IOException e) {
            throw new UncheckedIOException("Bug: there are no checkpoints to be written", e);
        }
        return new Fitted(scope, composition.model(), data, pixels, events);
    }

    /** What data hold. */
    public DataSpec spec() {
        return data.spec();
    }

    /** The examples that it was not trained on. */
    public Split test() {
        return data.test().orElseThrow();
    }

    /** What makes pictures with the model. */
    public Generator generator() {
        return new Generator(model, data.spec(), CPU);
    }

    /** The bound and its parts on the examples that it was not trained on. */
    public BoundEstimate bound() {
        try (Scope work = Scope.open("bound")) {
            return BoundEstimate.of(model, new Examples(test(), spec(), pixels, 0, CPU), Rng.seedOf(0, LOOKING));
        }
    }

    /** The pictures that codes z become, given conditions, [N, C, H, W]. */
    public HostArray pictures(HostArray codes, Map<String, HostArray> conditions) {
        Shown shown = generator().decode(Map.of("z", codes), conditions).get("image");
        return ((Shown.Images) Objects.requireNonNull(shown)).pixels();
    }

    /** The pictures that samples of the prior become, given conditions, [N, C, H, W]. */
    public HostArray samples(int count, Map<String, HostArray> conditions, long seed) {
        return pictures(
                Objects.requireNonNull(
                        generator().latents(count, conditions, 1, seed).get("z")),
                conditions);
    }

    /** Centres of the posteriors of a split's examples, seen in grey, [N, D]. */
    public HostArray codes(Split split) {
        try (Scope work = Scope.open("codes")) {
            Examples examples = new Examples(split, spec(), pixels.encoded(), 0, CPU);
            Batch all = examples.range(0, examples.size(), Rng.seeded(0, CPU));
            return generator().code(all);
        }
    }

    /** The figures of a term by the number of the step, each the mean since the one before: {steps, figures}. */
    public double[][] curve(String term) {
        return curve(
                term,
                events.stream()
                        .filter(TrainingEvent.Progressed.class::isInstance)
                        .map(TrainingEvent.Progressed.class::cast)
                        .toList());
    }

    private static double[][] curve(String term, List<TrainingEvent.Progressed> events) {
        return new double[][] {
            events.stream().mapToDouble(TrainingEvent.Progressed::step).toArray(),
            events.stream()
                    .mapToDouble(event -> Objects.requireNonNull(event.terms().get(term)))
                    .toArray()
        };
    }

    /** The figures of a term on the examples that it was not trained on, by the number of the step: {steps, figures}. */
    public double[][] heldOutCurve(String term) {
        List<TrainingEvent.Evaluated> evaluations = events.stream()
                .filter(TrainingEvent.Evaluated.class::isInstance)
                .map(TrainingEvent.Evaluated.class::cast)
                .toList();
        return new double[][] {
            evaluations.stream().mapToDouble(TrainingEvent.Evaluated::step).toArray(),
            evaluations.stream()
                    .mapToDouble(event -> Objects.requireNonNull(event.terms().get(term)))
                    .toArray()
        };
    }

    @Override
    public void close() {
        scope.close();
    }
}
