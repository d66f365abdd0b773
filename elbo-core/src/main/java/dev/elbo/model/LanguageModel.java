package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * p(x) = Πₜ p(xₜ | x₁ … xₜ₋₁) of sequences, without a latent variable: what the decoder of a VAE is by itself, and what a VAE of
 * text is compared with. Its likelihood is given a constant where another is given z. The distortion is −log p(x) exactly, and
 * there is no rate.
 *
 * @param likelihood of sequences given [..., 1]
 * @param signature the field x
 */
public record LanguageModel(Conditional<? extends Distribution> likelihood, Signature signature, Device device)
        implements LatentVariableModel {

    /** A model of one field. */
    public static LanguageModel of(Conditional<? extends Distribution> likelihood, String observed, Device device) {
        return new LanguageModel(likelihood, new Signature(List.of(observed), List.of(), List.of()), device);
    }

    /** With one sample, whatever K: nothing is drawn. */
    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Tensor x = scored.get(observed());
        Distribution p = likelihood.given(pass, constant(Shape.of(1, x.size(0), 1)));
        return new Draw(List.of(), Map.of(observed(), new Reconstruction(p, p.logProb(x))));
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        return Map.of();
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        return Map.of();
    }

    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature);
        return Map.of(observed(), likelihood.given(pass, constant(Shape.of(1))));
    }

    private String observed() {
        return signature.observed().get(0);
    }

    private Tensor constant(Shape shape) {
        return Tensor.zeros(DType.FLOAT32, device, shape).plus(1);
    }
}
