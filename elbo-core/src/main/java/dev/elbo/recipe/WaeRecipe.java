package dev.elbo.recipe;

import dev.elbo.objective.Kernel;
import dev.elbo.objective.Wasserstein;

/** The Wasserstein autoencoder: all codes together are of the prior, whatever each of them says. Tolstikhin et al. (2018). */
public record WaeRecipe(Mlp networks, Wasserstein objective) implements ImageRecipe {
    /** Few, so that a batch's codes fill the prior. */
    private static final int LATENTS = 8;

    /**
     * Makes sure that the prior stays.
     *
     * @throws IllegalArgumentException if it does not
     */
    public WaeRecipe {
        networks.z().requireFixedPrior("wae");
    }

    /** The defaults: codes that are points, of 8 dimensions as in the paper. */
    public WaeRecipe() {
        this(Mlp.standard().with(LatentSpace.matched(LATENTS)), new Wasserstein(100, Kernel.IMQ));
    }

    @Override
    public String name() {
        return "wae";
    }

    @Override
    public String summary() {
        return "Wasserstein autoencoder: all codes together follow the prior (Tolstikhin et al. 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.AUTOENCODER,
                "reconstructions as of an autoencoder, and samples from N(0, I) without a critic",
                "E[−log p(x|z)] + λ MMD(q(z), p(z)), z = encoder(x)",
                "Tolstikhin et al. (2018), Wasserstein Auto-Encoders, eq. 4 and algorithm 2; arXiv:1711.01558");
    }
}
