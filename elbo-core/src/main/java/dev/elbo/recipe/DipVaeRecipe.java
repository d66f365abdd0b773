package dev.elbo.recipe;

import dev.elbo.objective.Decorrelation;

/** The disentangled inferred prior: codes whose covariance is the identity. Kumar et al. (2018). */
public record DipVaeRecipe(Mlp networks, Decorrelation objective) implements ImageRecipe {
    /** The defaults: λₒ = 10 and λ_d = 100 of the means, the paper's choice for DIP-VAE-I. */
    public DipVaeRecipe() {
        this(Mlp.standard(), new Decorrelation(10, 100, false));
    }

    @Override
    public String name() {
        return "dip-vae";
    }

    @Override
    public String summary() {
        return "DIP-VAE: codes without covariance (Kumar et al. 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISENTANGLEMENT,
                "codes without correlations, at little cost to the images",
                "E_q[−log p(x|z)] + KL(q(z|x) ‖ p(z)) + λₒ Σᵢ≠ⱼ Cᵢⱼ² + λ_d Σᵢ (Cᵢᵢ − 1)², C = Cov(μ) (I) or E[Σ] + Cov(μ) (II, ofSamples)",
                "Kumar et al. (2018), Variational Inference of Disentangled Latent Concepts, eq. 5 to 7; arXiv:1711.00848");
    }
}
