package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.RandomVariable;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.distribution.Scored;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.prior.MixturePrior;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An autoencoder whose prior is a mixture of normals, so that examples fall into clusters: the variational deep embedding of Jiang et
 * al. (2017), p(c) p(z|c) p(x|z) with q(z|x) normal. The posterior of the cluster is Bayes' rule at a sample of z, q(c|x) = p(c|z),
 * eq. 16; the bound goes through all clusters, eq. 9:
 *
 * <pre>
 * E_q[−log p(x|z)] + E_q(z|x)[Σ_c p(c|z) KL(q(z|x) ‖ p(z|c)) + KL(p(c|z) ‖ p(c))]
 * </pre>
 *
 * The likelihood by importance sampling is that of the mixture itself, log p(z) − log q(z|x): the cluster of a sample cancels out.
 *
 * @param prior p(c) and p(z|c)
 * @param view what becomes of an image before the posterior reads it; what is scored is the image itself. Images that are moved by
 *     chance in training have codes that say little of where they are, as in Guo et al. (2018)
 * @param posterior q(z|x), of {@link DiagonalNormal}s
 * @param likelihood p(x|z)
 * @param signature one field x, and the latents c and z
 */
public record MixtureVae(
        MixturePrior prior,
        Layer view,
        Conditional<? extends Reparameterised> posterior,
        Conditional<? extends Distribution> likelihood,
        Signature signature)
        implements LatentVariableModel {
    /** What the latent class is called. */
    public static final String CLUSTER = "cluster";

    /**
     * With a latent z of as many dimensions as the prior has.
     *
     * @param observed the field x
     */
    public MixtureVae(
            MixturePrior prior,
            Layer view,
            Conditional<? extends Reparameterised> posterior,
            Conditional<? extends Distribution> likelihood,
            String observed) {
        this(
                prior,
                view,
                posterior,
                likelihood,
                new Signature(
                        List.of(observed),
                        List.of(),
                        List.of(
                                Variable.oneOf(CLUSTER, prior.components()),
                                Variable.vector(Vae.Z, prior.loc().size(1)))));
    }

    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        DiagonalNormal q = posterior(read, pass);
        Scored z = q.rsample(samples, pass.rng()); // [K, B, D]
        Categorical guess = prior.cluster(z.value()); // a batch of [K, B]
        Tensor c = guess.sample(1, pass.rng()).squeeze(0); // [K, B]
        List<Latent> latents = List.of(
                new Latent(CLUSTER, new Scored(c, () -> guess.logProb(c)), guess, prior.clusters()),
                new Latent(Vae.Z, z, new AllClusters(q, guess, prior), prior.of(c)));
        Distribution p = likelihood.given(pass, z.value());
        return new Draw(latents, Map.of(observed(), new Reconstruction(p, p.logProb(scored.get(observed())))));
    }

    /**
     * q(z|x), whose divergence from the prior of a sample's cluster is the expectation over all clusters, Σ_c p(c|z) KL(q(z|x) ‖
     * p(z|c)).
     */
    private record AllClusters(DiagonalNormal q, Categorical guess, MixturePrior prior) implements RandomVariable {
        @Override
        public Tensor centre() {
            return q.centre();
        }

        @Override
        public Optional<Tensor> klTo(Distribution ofCluster) {
            return klPerElementTo(ofCluster).map(kl -> kl.sumLast(1));
        }

        /** [K, B, D]. */
        @Override
        public Optional<Tensor> klPerElementTo(Distribution ofCluster) {
            Tensor each = Functional.normalDivergence(
                    q.loc().unsqueeze(1), q.logVar().unsqueeze(1), prior.loc(), prior.logVar()); // [B, C, D]
            return Optional.of(Tensor.einsum("kbc,bcd->kbd", guess.probabilities(), each));
        }
    }

    private DiagonalNormal posterior(Batch read, Pass pass) {
        if (posterior.given(pass, view.forward(read.get(observed()), pass)) instanceof DiagonalNormal q) {
            return q;
        }
        throw new IllegalArgumentException("a mixture of normals needs a normal posterior; set posterior=normal");
    }

    private String observed() {
        return signature.observed().get(0);
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        Tensor z = posterior(read, pass).centre();
        Map<String, Tensor> centres = new LinkedHashMap<>();
        centres.put(CLUSTER, prior.cluster(z).centre());
        centres.put(Vae.Z, z);
        return centres;
    }

    /** Clusters are those of the conditions, if these have them, else of their prior. */
    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        Tensor given = conditions.fields().get(CLUSTER);
        Tensor c = given == null ? prior.clusters().sample(count, temperature, pass.rng()) : given;
        Map<String, Tensor> latents = new LinkedHashMap<>();
        latents.put(CLUSTER, c);
        latents.put(Vae.Z, prior.of(c).sample(1, temperature, pass.rng()).squeeze(0));
        return latents;
    }

    /** A cluster that is missing is that of the conditions, or else the likeliest. */
    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature);
        Tensor z = latents.get(Vae.Z);
        return Map.of(observed(), likelihood.given(pass, z == null ? centre(latents, conditions) : z));
    }

    private Tensor centre(Map<String, Tensor> latents, Batch conditions) {
        Tensor chosen = latents.getOrDefault(CLUSTER, conditions.fields().get(CLUSTER));
        return prior.of(chosen == null ? prior.clusters().centre() : chosen).centre();
    }
}
