package dev.elbo.recipe;

import dev.elbo.objective.Iwae;

/** The importance-weighted autoencoder: the VAE trained on a tighter bound. Burda et al. (2016). */
public record IwaeRecipe(Mlp networks, Iwae objective) implements ImageRecipe {

    /** The defaults: K = 5. */
    public IwaeRecipe() {
        this(Mlp.standard(), new Iwae(5, false));
    }

    @Override
    public String name() {
        return "iwae";
    }

    @Override
    public String summary() {
        return "importance-weighted autoencoder: a tighter bound from K samples (Burda et al. 2016)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.BOUND,
                "a better log-likelihood and richer codes for K times the work",
                "−E[log 1/K Σₖ p(x, zₖ) / q(zₖ|x)]",
                "Burda et al. (2016), Importance Weighted Autoencoders, eq. 8; arXiv:1509.00519");
    }
}
