package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Distribution;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A model p(x, z | y) with its approximate posterior q(z | x, y). */
public interface LatentVariableModel extends Module {
    /** What parts of a posterior are called. */
    Set<String> POSTERIOR = Set.of("posterior", "climb", "evidence", "trunk", "classifier", "auxiliary");

    /** What it reads, scores and has. */
    Signature signature();

    /**
     * Samples the latents of examples from the posterior.
     *
     * @param read what the posterior sees of the examples, with their conditions, [B, ...]; fields may be missing that the
     *     model can do without
     * @param scored what the likelihood is asked about, [B, ...]
     * @param samples K, for each example; a model that goes through values makes K times as many, and one whose posteriors are
     *     points makes one
     */
    Draw draw(Batch read, Batch scored, int samples, Pass pass);

    /**
     * Whether a parameter is of q(z|x, y) alone, and not of p(x, z|y): by what the parts of models are called.
     *
     * @param path of the parameter, as in {@code rungs.0.climb.0.weight}
     */
    default boolean isOfPosterior(String path) {
        return Arrays.stream(path.split("\\.", -1)).anyMatch(POSTERIOR::contains);
    }

    /** How it says a text again in another style; empty of a model that does not tell styles apart. */
    default Optional<Restyling> restyling() {
        return Optional.empty();
    }

    /** Samples the latents of examples that are read and scored alike. */
    default Draw draw(Batch batch, int samples, Pass pass) {
        return draw(batch, batch, samples, pass);
    }

    /**
     * The centres of the latents' posteriors, each given those above it.
     *
     * @param read examples with their conditions, [B, ...]
     * @return by latent, [B, event...]
     */
    Map<String, Tensor> encode(Batch read, Pass pass);

    /**
     * Samples latents from the prior.
     *
     * @param count N
     * @param conditions fields of [N, ...]
     * @param temperature of every latent's prior; 1 is the prior itself, 0 its centre
     * @return by latent, [N, event...]
     */
    Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass);

    /**
     * p(x | z, y). A latent that is missing is put at the centre of its prior given those above it.
     *
     * @param latents by name, [..., N, event...]
     * @param conditions fields of [N, ...]
     * @return by field, [..., N, event...]
     */
    Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass);
}
