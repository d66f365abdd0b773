package dev.elbo.recipe;

import dev.elbo.objective.MultiplyImportanceWeighted;

/** The multiply importance-weighted autoencoder: the mean of M bounds. Rainforth et al. (2018). */
public record MiwaeRecipe(Mlp networks, MultiplyImportanceWeighted objective) implements ImageRecipe {

    /** The defaults: M = 4 bounds of K = 4 samples. */
    public MiwaeRecipe() {
        this(Mlp.standard(), new MultiplyImportanceWeighted(4, 4));
    }

    @Override
    public String name() {
        return "miwae";
    }

    @Override
    public String summary() {
        return "MIWAE: the mean of M importance-weighted bounds (Rainforth et al. 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.BOUND,
                "as iwae, where the encoder learns too slowly: less noise in its gradient for a bound a little less tight",
                "−E[1/M Σₘ log 1/K Σₖ p(x, zₘₖ) / q(zₘₖ|x)]",
                "Rainforth et al. (2018), Tighter Variational Bounds are Not Necessarily Better, section 5; arXiv:1802.04537");
    }
}
