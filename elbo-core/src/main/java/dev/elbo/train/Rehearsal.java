package dev.elbo.train;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.objective.Step;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** The losses of a training on a few examples, so that what its first step would refuse is refused before anything is written. */
public final class Rehearsal {
    private Rehearsal() {}

    /**
     * Takes the loss of each stage once, and leaves the model as it was.
     *
     * @param few examples of the training set
     * @throws IllegalArgumentException as the training would throw it
     */
    public static void of(Composition composition, TrainingSettings settings, Examples few, long seed) {
        settings.requireFitting(composition);
        try (Scope scope = Scope.open("rehearsal")) {
            Map<String, Tensor> buffers = buffers(composition.model());
            Map<String, Tensor> before = new LinkedHashMap<>();
            buffers.forEach((name, buffer) -> before.put(name, buffer.copy()));
            Batch batch = few.range(0, few.size(), Rng.seeded(seed, few.device()));
            try {
                for (Stage stage : composition.stages()) {
                    Step step = new Step(seed, settings.epochs(), few.size(), few.device());
                    stage.objective().loss(composition.model(), batch, step);
                }
            } finally {
                restore(buffers, before);
            }
        }
    }

    /** What a pass of training moves by itself. */
    private static Map<String, Tensor> buffers(LatentVariableModel model) {
        Map<String, Tensor> buffers = new LinkedHashMap<>(model.state());
        buffers.keySet().removeAll(model.parameters().keySet());
        return buffers;
    }

    private static void restore(Map<String, Tensor> buffers, Map<String, Tensor> before) {
        try (GradientMode off = GradientMode.off()) {
            before.forEach((name, values) -> {
                Tensor buffer = buffers.get(name);
                if (buffer != null) {
                    buffer.assign(values);
                }
            });
        }
    }
}
