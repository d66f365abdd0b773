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
 * The loss of a regularised autoencoder: codes stay near 0, and the decoder is kept smooth, which is what the noise of a VAE's codes
 * does: distortion + β ½ ‖z‖² + λ R. Ghosh et al. (2020), eq. 9 to 12.
 *
 * @param codeWeight β
 * @param weight λ
 * @param regulariser R
 */
public record RegularisedDecoder(
        @About("weight β of half the squared norm of codes") double codeWeight,

        @About("weight λ of the decoder's regulariser; without effect on spectral-norm")
        double weight,

        @About("l2, gradient-penalty or spectral-norm: what keeps the decoder smooth")
        Regulariser regulariser)
        implements Objective {
    private static final String DECODER = "likelihood.";

    /** What keeps a decoder smooth. */
    public enum Regulariser {
        /** R is the sum of the decoder's squared weights, without shifts. */
        L2,
        /**
         * R = ‖∂x̂/∂z‖², all elements of the Jacobian squared and summed, x̂ the mean of p(x|z); estimated without bias by one
         * vector of signs for each example.
         */
        GRADIENT_PENALTY,
        /** No R: the decoder's layers are divided by their largest singular value, Miyato et al. (2018). */
        SPECTRAL_NORM
    }

    /**
     * Validates the weights.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public RegularisedDecoder {
        if (!(codeWeight >= 0 && weight >= 0)) {
            throw new IllegalArgumentException(
                    "weights are at least 0; got codeWeight " + codeWeight + " and weight " + weight);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        if (regulariser != Regulariser.GRADIENT_PENALTY) {
            return loss(model, model.draw(batch, 1, step.pass()), step);
        }
        try (GradientMode on = GradientMode.on();
                Seams off = Seams.off()) {
            return loss(model, model.draw(batch, 1, step.pass()), step);
        }
    }

    private Loss loss(LatentVariableModel model, Draw draw, Step step) {
        Map<String, Tensor> penalties = new LinkedHashMap<>();
        penalties.put("codes", norms(draw).times(0.5 * codeWeight));
        if (regulariser == Regulariser.L2) {
            penalties.put("decoder", squaredWeights(model).times(weight));
        }
        if (regulariser == Regulariser.GRADIENT_PENALTY) {
            penalties.put("decoder", slope(draw, step).times(weight));
        }
        return Loss.ofDistortion(draw, penalties);
    }

    /** The mean of ‖z‖² over examples. */
    private static Tensor norms(Draw draw) {
        return draw.latents().stream()
                .map(latent ->
                        draw.expectation(latent.value(), 1).square().sum(-1).mean())
                .reduce(Tensor::plus)
                .orElseThrow();
    }

    private static Tensor squaredWeights(LatentVariableModel model) {
        return model.parameters().entrySet().stream()
                .filter(parameter -> parameter.getKey().startsWith(DECODER)
                        && parameter.getValue().rank() >= 2)
                .map(parameter -> parameter.getValue().square().sum())
                .reduce(Tensor::plus)
                .orElseThrow();
    }

    private static Tensor slope(Draw draw, Step step) {
        Tensor z = draw.latents().get(0).value();
        return draw.reconstructions().values().stream()
                .map(said -> new Jacobian(said.likelihood().centre(), z)
                        .squaredNorm(1, step.pass().rng()))
                .reduce(Tensor::plus)
                .orElseThrow();
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }
}
