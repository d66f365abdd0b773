package dev.elbo.recipe;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.model.Vae;
import dev.elbo.model.Variable;
import dev.elbo.nn.Initializer;
import dev.elbo.option.About;
import dev.elbo.posterior.NormalHead;
import dev.elbo.posterior.PointHead;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.prior.FittedNormal;
import dev.elbo.prior.PriorKind;
import dev.elbo.prior.StandardNormal;
import java.util.List;

/** The latent z of a model: how many dimensions it has, what it is before an example is seen, and what after. */
record LatentSpace(
        @About("dimensions of z") int latents,

        @About(
                "p(z): normal, learned, mixture(10), vamp(500), flow(4), maf(4), two-stage(256), laplace, logistic; gamma(1), uniform, beta(2),"
                        + " dirichlet(1), sphere, poincare beside posteriors over the same values; fitted")
        PriorKind prior,

        @About(
                "q(z|x): normal, full, low-rank(3), iaf(2), planar(10), radial(10), sylvester(4), householder(4), laplace, logistic,"
                        + " gamma, beta, kumaraswamy, dirichlet, vmf, poincare; with a least rate batch-normal(0.6), delta(5); point,"
                        + " sigmoid-point")
        PosteriorKind posterior) {

    LatentSpace {
        if (latents < 1) {
            throw new IllegalArgumentException("z has one dimension or more; got latents " + latents);
        }
        boolean stands = prior instanceof StandardNormal.Kind || prior instanceof FittedNormal.Kind;
        if (isOfPoints(posterior) && !stands) {
            throw new IllegalArgumentException(
                    "prior " + prior + " learns from the rate, and codes that are points have"
                            + " none. Set prior=fitted or prior=normal, and fit another to the trained run by 'elbo"
                            + " fit-prior'; or set posterior=normal");
        }
        prior.requireBeside(posterior);
        posterior.requireDimensions(latents);
    }

    /** With a prior and posteriors that are normal. */
    static LatentSpace normal(int latents) {
        return new LatentSpace(latents, new StandardNormal.Kind(), new NormalHead.Kind());
    }

    /** With codes that are points, and for samples a normal with their mean and covariance. */
    static LatentSpace points(int latents) {
        return new LatentSpace(latents, new FittedNormal.Kind(), new PointHead.Kind(false));
    }

    /** With codes that are points, which a loss brings to N(0, I). */
    static LatentSpace matched(int latents) {
        return new LatentSpace(latents, new StandardNormal.Kind(), new PointHead.Kind(false));
    }

    /**
     * Makes sure that the prior stays as it is, so that codes can be brought to it.
     *
     * @throws IllegalArgumentException naming the recipe, if it does not
     */
    void requireFixedPrior(String recipe) {
        if (!(prior instanceof StandardNormal.Kind)) {
            throw new IllegalArgumentException(
                    recipe + " brings codes to a prior that stays as it is; got prior=" + prior + ". Set prior=normal");
        }
    }

    /**
     * Makes sure that the numbers of a code can be independent.
     *
     * @throws IllegalArgumentException naming the recipe, if what one is depends on the others
     */
    void requireFreeNumbers(String recipe) {
        if (!posterior.support().isOfFreeNumbers()) {
            throw new IllegalArgumentException(
                    recipe + " makes the numbers of a code independent, and those of posterior=" + posterior + ", "
                            + posterior.support() + ", cannot be. Set posterior=normal and prior=normal");
        }
    }

    private static boolean isOfPoints(PosteriorKind posterior) {
        return posterior instanceof PointHead.Kind;
    }

    /**
     * Makes sure that codes are points, as in a deterministic autoencoder.
     *
     * @throws IllegalArgumentException naming the recipe, if they are not
     */
    void requirePoints(String recipe) {
        if (!isOfPoints(posterior)) {
            throw new IllegalArgumentException(recipe + " has no rate that would keep posteriors wide; got posterior="
                    + posterior + ". Set posterior=point, or choose vae");
        }
    }

    /** The same with another number of dimensions. */
    LatentSpace latents(int count) {
        return new LatentSpace(count, prior, posterior);
    }

    /** How many numbers an encoder puts out. */
    int parameters() {
        return posterior.parameters(latents);
    }

    /** What these mean. */
    Head<? extends Reparameterised> head(Initializer initial) {
        return posterior.head(latents, initial);
    }

    /** The VAE with this latent. */
    Vae vae(
            Networks.Observed x,
            List<String> conditions,
            Conditional<? extends Reparameterised> q,
            Conditional<? extends Distribution> likelihood,
            Initializer initial) {
        PriorKind.Beside model = new PriorKind.Beside(latents, posterior, q, x.field(), x.shape(), conditions);
        return new Vae(
                prior.prior(model, initial),
                q,
                likelihood,
                x.field(),
                conditions,
                Variable.vector(Vae.Z, latents, posterior.support()));
    }
}
