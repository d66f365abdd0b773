package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Aided;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.distribution.Scored;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variational autoencoder, Kingma and Welling (2014): one latent z with prior p(z|y), posterior
 * q(z|x, y) and likelihood p(x|z, y). With conditions y it is the conditional one of Sohn et al. (2015).
 *
 * @param context y, as the conditionals see it
 * @param signature one field x, the fields y, and the latent z
 */
public record Vae(
        Context context,
        Conditional<? extends Distribution> prior,
        Conditional<? extends Reparameterised> posterior,
        Conditional<? extends Distribution> likelihood,
        Signature signature)
        implements LatentVariableModel {
    /** What the latent is called. */
    public static final String Z = "z";

    /**
     * With a latent z of so many dimensions.
     *
     * @param observed the field x
     * @param conditions the fields y; none for the plain autoencoder
     */
    public Vae(
            Conditional<? extends Distribution> prior,
            Conditional<? extends Reparameterised> posterior,
            Conditional<? extends Distribution> likelihood,
            String observed,
            List<String> conditions,
            long latents) {
        this(prior, posterior, likelihood, observed, conditions, Variable.vector(Z, latents));
    }

    /** With such a latent. */
    public Vae(
            Conditional<? extends Distribution> prior,
            Conditional<? extends Reparameterised> posterior,
            Conditional<? extends Distribution> likelihood,
            String observed,
            List<String> conditions,
            Variable z) {
        this(
                new Fields(conditions),
                prior,
                posterior,
                likelihood,
                new Signature(List.of(observed), conditions, List.of(z)));
    }

    /** The same with another prior. */
    public Vae withPrior(Conditional<? extends Distribution> other) {
        return new Vae(context, other, posterior, likelihood, signature);
    }

    /** The same with another posterior. */
    public Vae withPosterior(Conditional<? extends Reparameterised> other) {
        return new Vae(context, prior, other, likelihood, signature);
    }

    /** The same with another likelihood. */
    public Vae withLikelihood(Conditional<? extends Distribution> other) {
        return new Vae(context, prior, posterior, other, signature);
    }

    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Tensor[] y = context.of(read, pass);
        Reparameterised q = posterior(read, y, pass);
        Scored sample = q.rsample(samples, pass.rng());
        if (pass.training()) {
            prior.observe(sample.value());
        }
        Latent z = new Latent(Z, sample, q, prior.given(pass, y));
        Distribution p = likelihood.given(pass, Given.before(z.value(), y));
        Tensor x = scored.get(observed());
        return new Draw(List.of(z), Map.of(observed(), new Reconstruction(p, p.logProb(x))), aids(p, x, pass));
    }

    private static Map<String, Tensor> aids(Distribution p, Tensor x, Pass pass) {
        return pass.training() && p instanceof Aided aided ? aided.aids(x) : Map.of();
    }

    private String observed() {
        return signature.observed().get(0);
    }

    private Reparameterised posterior(Batch read, Tensor[] y, Pass pass) {
        return posterior.given(pass, Given.before(read.get(observed()), y));
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        return Map.of(Z, posterior(read, context.of(read, pass), pass).centre());
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        Distribution p = prior.given(pass, context.of(conditions, pass));
        return Map.of(Z, Given.sample(p, signature.latent(Z), count, temperature, pass.rng()));
    }

    /** z is that of the prior given what is left of the text, and the style to be written. */
    @Override
    public Optional<Restyling> restyling() {
        return context.takesStyle()
                ? Optional.of((said, temperature, pass) ->
                        latents(Math.toIntExact(said.get(observed()).size(0)), said, temperature, pass))
                : Optional.empty();
    }

    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Tensor[] y = context.of(conditions, pass);
        Given.requireKnown(latents.keySet(), signature);
        Tensor z = latents.get(Z);
        Tensor value = z == null ? prior.given(pass, y).centre() : z;
        return Map.of(observed(), likelihood.given(pass, Given.before(value, y)));
    }
}
