package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Distribution;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Set;

/** The parents of a conditional, and samples of what they give: what all models have in common. */
final class Given {
    private Given() {}

    /** The fields of a batch, in this order. */
    static Tensor[] of(Batch batch, List<String> fields) {
        return fields.stream().map(batch::get).toArray(Tensor[]::new);
    }

    /** A first parent and those after it. */
    static Tensor[] before(Tensor first, Tensor... rest) {
        Tensor[] all = new Tensor[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /** One draw for each of {@code count} examples, [count, event...], of a prior for each of them or for all. */
    static Tensor sample(Distribution prior, Variable latent, int count, double temperature, Rng rng) {
        boolean forEach = prior.centre().rank() > latent.shape().rank();
        return forEach ? prior.sample(1, temperature, rng).squeeze(0) : prior.sample(count, temperature, rng);
    }

    /** Refuses latents that the model does not have. */
    static void requireKnown(Set<String> names, Signature signature) {
        names.forEach(signature::latent);
    }
}
