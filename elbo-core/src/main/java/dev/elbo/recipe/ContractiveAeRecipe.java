package dev.elbo.recipe;

import dev.elbo.objective.Contraction;

/** The contractive autoencoder: codes that hardly change with single pixels. Rifai et al. (2011). */
public record ContractiveAeRecipe(Mlp networks, Contraction objective) implements ImageRecipe {
    /**
     * Makes sure that codes are points.
     *
     * @throws IllegalArgumentException if they are not
     */
    public ContractiveAeRecipe {
        networks.z().requirePoints("contractive-ae");
    }

    /** The defaults: λ = 0.1, the norm estimated by one vector. */
    public ContractiveAeRecipe() {
        this(Mlp.standard().with(LatentSpace.points(20)), new Contraction(0.1, 1));
    }

    @Override
    public String name() {
        return "contractive-ae";
    }

    @Override
    public String summary() {
        return "contractive autoencoder: codes hardly change with single pixels (Rifai et al. 2011)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.AUTOENCODER,
                "codes that change only along the ways in which images do",
                "−log p(x|z) + λ ‖∂z/∂x‖², z = encoder(x)",
                "Rifai et al. (2011), Contractive Auto-Encoders, eq. 4 and 5; icml.cc/2011/papers/455_icmlpaper.pdf");
    }
}
