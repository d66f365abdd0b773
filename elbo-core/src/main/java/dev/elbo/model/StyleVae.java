package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.data.Vocabulary;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Parameterised;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.distribution.Scored;
import dev.elbo.likelihood.RewritingLikelihood;
import dev.elbo.nn.Embedding;
import dev.elbo.nn.Markers;
import dev.elbo.nn.Pass;
import dev.elbo.nn.SentenceEncoder;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A sentence x without the words that tell its style, c = delete(x, y), and a VAE of what stood there: z is drawn from p(z | c, y),
 * and x from p(x | z, c, y). Deleting is that of Li et al. (2018), "Delete, Retrieve, Generate", section 3.1; the VAE given c and y is
 * that of Sohn et al. (2015). To change the style, the words of the old style are deleted, and the sentence is written in the new.
 *
 * <p>Fields: {@code text}, {@code label}, the style that it is written in, and {@code source}, the style that it was said in, if that
 * is another.
 *
 * @param markers the words that tell a style
 * @param style a vector for each style, for the prior
 * @param prior p(z | c, y), from what is largest over the words of c, and the style
 * @param posterior q(z | x)
 */
public record StyleVae(
        Markers markers,
        Embedding style,
        Parameterised<? extends Distribution> prior,
        Parameterised<? extends Reparameterised> posterior,
        RewritingLikelihood likelihood,
        Signature signature,
        Device device)
        implements LatentVariableModel {
    /** The field of sentences. */
    public static final String TEXT = "text";

    /** The field of the style that is written. */
    public static final String LABEL = "label";

    /** The style of the sentence that is given, where another one is written. */
    public static final String SOURCE = "source";

    /** What it reads, scores and has, with so many latents. */
    public static Signature signature(long latents) {
        return new Signature(List.of(TEXT), List.of(LABEL), List.of(Variable.vector(Vae.Z, latents)));
    }

    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Tensor y = read.get(LABEL);
        Tensor c = content(read);
        Reparameterised q = posterior.given(pass, read.get(TEXT));
        Scored sample = q.rsample(samples, pass.rng());
        Latent z = new Latent(Vae.Z, sample, q, prior(c, y, pass));
        Distribution p = likelihood.given(pass, z.value(), c, y);
        return new Draw(List.of(z), Map.of(TEXT, new Reconstruction(p, p.logProb(scored.get(TEXT)))));
    }

    private Distribution prior(Tensor c, Tensor y, Pass pass) {
        Tensor largest = SentenceEncoder.largest(likelihood.read(c, pass), c.greaterThan(0));
        return prior.given(pass, largest, style.forward(y, pass));
    }

    /** The words of sentences, with an unknown word in the place of each that tells its style; INT64 [B, T]. */
    private Tensor content(Batch given) {
        if (!given.fields().containsKey(TEXT)) { // nothing is to be said again
            Tensor y = given.get(LABEL);
            return Tensor.zeros(DType.INT64, device, Shape.of(y.size(0), 1)).fill((double) Vocabulary.UNKNOWN);
        }
        Tensor x = given.get(TEXT);
        Tensor said = given.fields().containsKey(SOURCE) ? given.get(SOURCE) : given.get(LABEL);
        return x.maskedFill(markers.in(x, x.greaterThan((double) Vocabulary.END), said), (double) Vocabulary.UNKNOWN);
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        return Map.of(Vae.Z, posterior.given(pass, read.get(TEXT)).centre());
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        Distribution p = prior(content(conditions), conditions.get(LABEL), pass);
        return Map.of(Vae.Z, Given.sample(p, signature.latent(Vae.Z), count, temperature, pass.rng()));
    }

    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature);
        Tensor y = conditions.get(LABEL);
        Tensor c = content(conditions);
        Tensor z = latents.get(Vae.Z);
        Tensor value = z == null ? prior(c, y, pass).centre() : z;
        return Map.of(TEXT, likelihood.given(pass, value, c, y));
    }
}
