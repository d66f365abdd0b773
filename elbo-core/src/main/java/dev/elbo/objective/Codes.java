package dev.elbo.objective;

import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.function.Function;

/** All latents of an example as one vector, [B, D]. */
final class Codes {
    private Codes() {}

    /** One sample of the posterior of each example. */
    static Tensor of(Draw draw) {
        return joined(draw, latent -> latent.value().get(0, 0));
    }

    /** A draw of the prior for each example. */
    static Tensor ofPrior(Draw draw, Rng rng) {
        return joined(draw, latent -> latent.samplePrior(rng));
    }

    private static Tensor joined(Draw draw, Function<Latent, Tensor> each) {
        Tensor[] flat = draw.latents().stream().map(each).map(Codes::flat).toArray(Tensor[]::new);
        return flat.length == 1 ? flat[0] : Tensor.cat(-1, flat);
    }

    private static Tensor flat(Tensor codes) {
        Shape shape = codes.shape();
        return codes.reshape(shape.size(0), shape.slice(1, shape.rank()).elements());
    }
}
