package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Categorical;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Variable;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a vector-quantised autoencoder learns from before its prior is known: distortion −log p(x | codes) plus β times what the
 * encoder is away from its codes. Van den Oord et al. (2017), eq. 3, whose second term is the codebook's own moving average.
 *
 * @param commitment β
 */
public record Quantised(
        @About("weight β of the encoder's squared distance from its codes")
        double commitment) implements Objective {

    /**
     * Validates β.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Quantised {
        if (!(commitment > 0)) {
            throw new IllegalArgumentException(
                    "commitment must be positive, or the encoder runs away from its codes;" + " got " + commitment);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Tensor distortion = draw.mean(draw.logLikelihood()).negate();
        Tensor total = draw.penalties().values().stream()
                .map(penalty -> penalty.times(commitment))
                .reduce(distortion, Tensor::plus);
        Map<String, Tensor> terms = new LinkedHashMap<>();
        terms.put("distortion", distortion);
        terms.putAll(draw.penalties());
        draw.latents().stream()
                .map(latent -> perplexity(latent, model.signature().latent(latent.name())))
                .reduce(Tensor::plus)
                .ifPresent(codes -> terms.put("perplexity", codes));
        return new Loss(total, terms);
    }

    /** Among how many codes the batch's are spread, as if equally. */
    private static Tensor perplexity(Latent latent, Variable variable) {
        Tensor counts = latent.value().reshape(-1).oneHot(variable.codebook()).sum(0); // [M]
        return new Categorical(counts.log(), 0).entropy().exp();
    }
}
