package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Distribution;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A model p(x, z | y) with its approximate posterior q(z | x, y). */
public interface LatentVariableModel extends Module {

    /** The fields y that everything is conditioned on; empty for an unconditional model. */
    List<String> conditions();

    /**
     * Samples the latents of examples from the posterior.
     *
     * @param batch the examples with their conditions, [B, ...]
     * @param samples K, for each example
     */
    Draw draw(Batch batch, int samples, Pass pass);

    /**
     * The latents of examples from the top of the model down, one sample of each, without what they say of the examples.
     *
     * @param batch the examples with their conditions, [B, ...]
     */
    default List<Latent> encode(Batch batch, Pass pass) {
        return draw(batch, 1, pass).latents();
    }

    /**
     * Samples latents from the prior.
     *
     * @param count N
     * @param conditions fields of [N, ...]
     * @param temperature stretches the prior about its mean; 1 is the prior itself
     * @return by latent name, [N, ...]
     */
    Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass);

    /**
     * p(x | z, y).
     *
     * @param latents by name, [..., N, D]
     * @param conditions fields of [N, ...]
     * @return by field, [..., N, event...]
     */
    Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass);
}
