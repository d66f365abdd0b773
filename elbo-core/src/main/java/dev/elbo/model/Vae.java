package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The variational autoencoder, Kingma and Welling (2014): one latent z with prior p(z|y), posterior
 * q(z|x, y) and likelihood p(x|z, y). With conditions y it is the conditional one of Sohn et al. (2015).
 *
 * @param observed the field x
 * @param conditions the fields y; none for the plain autoencoder
 */
public record Vae(
        Conditional<? extends Distribution> prior,
        Conditional<? extends Reparameterised> posterior,
        Conditional<? extends Distribution> likelihood,
        String observed,
        List<String> conditions)
        implements LatentVariableModel {
    private static final String Z = "z";

    @Override
    public Draw draw(Batch batch, int samples, Pass pass) {
        Tensor x = batch.get(observed);
        Latent z = latent(batch, samples, pass);
        Distribution p = likelihood.given(pass, before(z.value(), conditions(batch)));
        return new Draw(List.of(z), Map.of(observed, p), p.logProb(x), Map.of());
    }

    private Latent latent(Batch batch, int samples, Pass pass) {
        Tensor[] y = conditions(batch);
        Reparameterised q = posterior.given(pass, before(batch.get(observed), y));
        return new Latent(Z, q.rsample(samples, pass.rng()), q, prior.given(pass, y));
    }

    @Override
    public List<Latent> encode(Batch batch, Pass pass) {
        return List.of(latent(batch, 1, pass));
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        Distribution p = prior.given(pass, conditions(conditions));
        boolean forEach = p.mean().rank() > 1;
        Tensor z = forEach ? p.sample(1, pass.rng()).squeeze(0) : p.sample(count, pass.rng());
        return Map.of(Z, temperature == 1 ? z : p.mean().plus(z.minus(p.mean()).times(temperature)));
    }

    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Tensor z = latents.get(Z);
        if (z == null) {
            throw new IllegalArgumentException("a VAE decodes latent 'z'; got " + latents.keySet());
        }
        return Map.of(observed, likelihood.given(pass, before(z, conditions(conditions))));
    }

    private Tensor[] conditions(Batch batch) {
        return conditions.stream().map(batch::get).toArray(Tensor[]::new);
    }

    private static Tensor[] before(Tensor first, Tensor... rest) {
        Tensor[] all = new Tensor[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
