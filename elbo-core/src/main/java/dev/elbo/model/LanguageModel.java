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
 * p(x|y) = Πₜ p(xₜ | x₁ … xₜ₋₁, y) of sequences, without a latent variable: what the decoder of a VAE is by itself, and what a VAE of
 * text is compared with. Its likelihood is given a constant where another is given z. The distortion is −log p(x) exactly, and
 * there is no rate.
 *
 * @param context what sequences are conditioned on, if anything
 * @param likelihood of sequences given [..., 1], and what they are conditioned on
 * @param signature the field x, and the fields that it is conditioned on
 */
public record LanguageModel(
        Context context, Conditional<? extends Distribution> likelihood, Signature signature, Device device)
        implements LatentVariableModel {

    /** A model of one field. */
    public static LanguageModel of(Conditional<? extends Distribution> likelihood, String observed, Device device) {
        return new LanguageModel(
                new Fields(List.of()), likelihood, new Signature(List.of(observed), List.of(), List.of()), device);
    }

    /** With one sample, whatever K: nothing is drawn. */
    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Tensor x = scored.get(observed());
        Distribution p = given(Shape.of(1, x.size(0), 1), read, pass);
        return new Draw(List.of(), Map.of(observed(), new Reconstruction(p, p.logProb(x))));
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        return Map.of();
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        signature.conditions().forEach(conditions::get); // one that is missing is named
        return Map.of();
    }

    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature);
        return Map.of(observed(), given(Shape.of(1), conditions, pass));
    }

    /** The constant in the place of z beside what is known. */
    private Distribution given(Shape constant, Batch conditions, Pass pass) {
        Tensor one = Tensor.zeros(DType.FLOAT32, device, constant).plus(1);
        return likelihood.given(pass, Given.before(one, context.of(conditions, pass)));
    }

    private String observed() {
        return signature.observed().get(0);
    }
}
