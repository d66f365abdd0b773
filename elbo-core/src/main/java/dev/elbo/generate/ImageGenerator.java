package dev.elbo.generate;

import dev.elbo.data.Batch;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Images from a trained model. What is shown is the mean of the likelihood; arrays are FLOAT32
 * [N, C, H, W]. Each call frees all that it computes with, and several threads may call at once.
 *
 * @param model with one latent, z
 * @param field the field of images
 * @param device where the model is
 */
public record ImageGenerator(LatentVariableModel model, String field, Device device) {
    private static final String Z = "z";

    /** Images of latents sampled from the prior. */
    public HostArray samples(int count, Map<String, HostArray> conditions, double temperature, long seed) {
        return inScope(() -> {
            Batch y = Batch.of(conditions, device);
            Pass pass = Pass.evaluation(Rng.seeded(seed, device));
            return images(model.latents(count, y, temperature, pass), y);
        });
    }

    /** Images of means of the posterior: what the model makes of the examples. */
    public HostArray reconstructions(Batch batch) {
        return inScope(() -> images(Map.of(Z, code(batch)), batch));
    }

    /** Means of the posterior, [N, D]. */
    public HostArray codes(Batch batch) {
        return inScope(() -> code(batch));
    }

    /** Images of given latents, [N, D]. */
    public HostArray decode(HostArray latents, Map<String, HostArray> conditions) {
        return inScope(() -> images(Map.of(Z, Tensor.of(latents, device)), Batch.of(conditions, device)));
    }

    private Tensor code(Batch batch) {
        Pass pass = Pass.evaluation(Rng.seeded(0, device));
        return Objects.requireNonNull(model.encode(batch, pass).get(Z));
    }

    private Tensor images(Map<String, Tensor> latents, Batch conditions) {
        return Objects.requireNonNull(
                        model.decode(latents, conditions, Pass.deterministic()).get(field))
                .centre();
    }

    private static HostArray inScope(Supplier<Tensor> work) {
        try (Scope scope = Scope.open("generation");
                Inference use = Inference.begin()) {
            return work.get().toHost();
        }
    }
}
