package dev.elbo.recipe;

import dev.elbo.objective.Sparsity;
import dev.elbo.posterior.PointHead;
import dev.elbo.prior.FittedNormal;

/** The sparse autoencoder: many units, few of which are on. Ng (2011). */
public record SparseAeRecipe(Mlp networks, Sparsity objective) implements ImageRecipe {
    private static final int LATENTS = 64;

    /**
     * Makes sure that codes are points, and from 0 to 1 where it is counted how often they are on.
     *
     * @throws IllegalArgumentException if they are not
     */
    public SparseAeRecipe {
        networks.z().requirePoints("sparse-ae");
        if (objective.sparsity() == Sparsity.Kind.KL
                && !networks.z().posterior().equals(new PointHead.Kind(true))) {
            throw new IllegalArgumentException("sparsity=kl compares how often units are on, which are from 0 to 1; got"
                    + " posterior=" + networks.z().posterior() + ". Set posterior=sigmoid-point, or sparsity=l1");
        }
    }

    /** The defaults: 64 units from 0 to 1, each on for 5 % of examples. */
    public SparseAeRecipe() {
        this(
                Mlp.standard().with(new LatentSpace(LATENTS, new FittedNormal.Kind(), new PointHead.Kind(true))),
                new Sparsity(1, 0.05, Sparsity.Kind.KL));
    }

    @Override
    public String name() {
        return "sparse-ae";
    }

    @Override
    public String summary() {
        return "sparse autoencoder: many units, few of them on at a time (Ng 2011)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.AUTOENCODER,
                "codes of which each unit stands for a part that some images have",
                "−log p(x|z) + λ Σⱼ KL(ρ ‖ ρ̂ⱼ), ρ̂ⱼ = mean of zⱼ; or + λ Σⱼ |zⱼ|",
                "Ng (2011), Sparse Autoencoder, CS294A lecture notes, section 3; after Lee et al. (2008), Sparse Deep Belief Net Model for Visual Area V2");
    }
}
