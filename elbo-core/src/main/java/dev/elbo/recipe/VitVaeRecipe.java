package dev.elbo.recipe;

import dev.elbo.objective.Elbo;

/** The variational autoencoder whose encoder is a transformer over patches. */
public record VitVaeRecipe(Patches networks, Elbo objective) implements ImageRecipe {

    /** The defaults. */
    public VitVaeRecipe() {
        this(Patches.standard(), Elbo.standard());
    }

    @Override
    public String name() {
        return "vit-vae";
    }

    @Override
    public String summary() {
        return "variational autoencoder that reads an image as patches which look at each other";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.VAE,
                "images whose distant parts belong together, and many of them: with few, convolutions learn more from each",
                "E_q[−log p(x|z)] + β KL(q(z|x) ‖ p(z)), β = 1, with a transformer over patches as encoder",
                "Kingma and Welling (2014), eq. 3; arXiv:1312.6114. Encoder as in Dosovitskiy et al. (2021), eq. 1–4; arXiv:2010.11929");
    }
}
