package dev.elbo.recipe;

import dev.elbo.objective.Renyi;

/** The variational Rényi autoencoder: a bound of another divergence. Li and Turner (2016). */
public record RenyiVaeRecipe(Mlp networks, Renyi objective) implements ImageRecipe {

    /** The defaults: K = 5 and α = 0.5. */
    public RenyiVaeRecipe() {
        this(Mlp.standard(), new Renyi(5, 0.5));
    }

    @Override
    public String name() {
        return "renyi-vae";
    }

    @Override
    public String summary() {
        return "variational Rényi bound of order α, between the ELBO and beyond iwae (Li & Turner 2016)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.BOUND,
                "to choose between posteriors that cover (small α) and posteriors that are sure (large α)",
                "−1/(1 − α) E[log 1/K Σₖ (p(x, zₖ) / q(zₖ|x))^(1 − α)]",
                "Li and Turner (2016), Rényi Divergence Variational Inference, section 4.1; arXiv:1602.02311");
    }
}
