package dev.elbo.recipe;

import dev.elbo.objective.PartiallyImportanceWeighted;

/** The partially importance-weighted autoencoder: encoder and decoder learn from different bounds. Rainforth et al. (2018). */
public record PiwaeRecipe(Mlp networks, PartiallyImportanceWeighted objective) implements ImageRecipe {

    /** The defaults: M = 4 bounds of K = 4 samples for the encoder, one of 16 for the decoder. */
    public PiwaeRecipe() {
        this(Mlp.standard(), new PartiallyImportanceWeighted(4, 4));
    }

    @Override
    public String name() {
        return "piwae";
    }

    @Override
    public String summary() {
        return "PIWAE: the decoder learns from a tight bound, the encoder from M looser ones (Rainforth et al. 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.BOUND,
                "the tight bound for the decoder and a gradient with signal for the encoder, for some more work than miwae",
                "decoder: −E[log 1/(MK) Σₘₖ wₘₖ]; encoder: −E[1/M Σₘ log 1/K Σₖ wₘₖ], w = p(x, z) / q(z|x)",
                "Rainforth et al. (2018), Tighter Variational Bounds are Not Necessarily Better, section 5; arXiv:1802.04537");
    }
}
