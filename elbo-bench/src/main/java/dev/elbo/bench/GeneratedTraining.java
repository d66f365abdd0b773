package dev.elbo.bench;

import dev.elbo.data.Examples;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Objective;
import dev.elbo.run.RunConfig;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import dev.elbo.train.Trainer;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The trainer at work on generated images, and its weights before and after. */
final class GeneratedTraining {
    private final RunConfig config;
    private final Device device;
    private final Composition composition;
    private final List<HostArray> before;

    /** With first weights; tensors live in the current scope. */
    GeneratedTraining(RunConfig config, Device device) {
        this.config = config;
        this.device = device;
        this.composition =
                config.recipe().compose(Patterns.spec(), new Initializer(Rng.seeded(config.seed(), device), device));
        this.before = state();
    }

    void run(Consumer<TrainingEvent> listener) throws IOException {
        new Trainer(
                        composition,
                        new Examples(
                                Patterns.images(),
                                Patterns.spec(),
                                config.pixels().orElseThrow(),
                                config.seed(),
                                device),
                        Optional.empty(),
                        config.training(),
                        config.seed(),
                        Optional.empty(),
                        listener)
                .run(() -> false);
    }

    LatentVariableModel model() {
        return composition.model();
    }

    Objective objective() {
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
