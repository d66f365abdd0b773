package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Seams;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss of a contractive autoencoder: codes shall hardly change with x, λ ‖∂z/∂x‖². Rifai et al. (2011), eq. 4 and 5. The paper
 * has one layer with a closed form; here the encoder may be any, and the norm is exact, by a backward pass for each dimension of z,
 * or estimated.
 *
 * @param weight λ
 * @param probes random vectors by which the norm is estimated; 0 for its exact value
 */
public record Contraction(
        @About("weight of the squared norm of the codes' derivatives by the pixels")
        double weight,

        @About(
                "random vectors that estimate the norm; 0 for the exact norm, by a backward pass for each dimension of z")
        int probes)
        implements Objective {

    /**
     * Validates weight and probes.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Contraction {
        if (!(weight >= 0 && probes >= 0)) {
            throw new IllegalArgumentException(
                    "weight and probes are at least 0; got weight " + weight + " and probes " + probes);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        String field = model.signature().observed().get(0);
        try (GradientMode on = GradientMode.on();
                Seams off = Seams.off()) {
            Tensor x = batch.get(field).detach().requireGradient();
            Map<String, Tensor> read = new LinkedHashMap<>(batch.tensors());
            read.put(field, x);
            Draw draw = model.draw(batch.with(read), batch, 1, step.pass());
            Tensor norm = draw.latents().stream()
                    .map(latent -> new Jacobian(latent.value(), x))
                    .map(jacobian -> probes == 0
                            ? jacobian.squaredNorm()
                            : jacobian.squaredNorm(probes, step.pass().rng()))
                    .reduce(Tensor::plus)
                    .orElseThrow();
            return Loss.ofDistortion(draw, Map.of("contraction", norm.times(weight)));
        }
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }
}
