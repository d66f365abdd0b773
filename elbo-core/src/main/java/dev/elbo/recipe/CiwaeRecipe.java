package dev.elbo.recipe;

import dev.elbo.objective.CombinedBound;

/** The combination importance-weighted autoencoder: between the ELBO and the importance-weighted bound. Rainforth et al. (2018). */
public record CiwaeRecipe(Mlp networks, CombinedBound objective) implements ImageRecipe {

    /** The defaults: K = 5 and β = 0.5. */
    public CiwaeRecipe() {
        this(Mlp.standard(), new CombinedBound(5, 0.5));
    }

    @Override
    public String name() {
        return "ciwae";
    }

    @Override
    public String summary() {
        return "CIWAE: a mixture of the ELBO and the importance-weighted bound (Rainforth et al. 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.BOUND,
                "between vae and iwae by one number, at the price of iwae",
                "−β ELBO − (1 − β) E[log 1/K Σₖ p(x, zₖ) / q(zₖ|x)]",
                "Rainforth et al. (2018), Tighter Variational Bounds are Not Necessarily Better, section 5; arXiv:1802.04537");
    }
}
