package dev.elbo.recipe;

import dev.elbo.objective.Elbo;

/** The variational autoencoder with convolutional networks. */
public record ConvVaeRecipe(Convolutions networks, Elbo objective) implements ImageRecipe {

    /** The defaults. */
    public ConvVaeRecipe() {
        this(Convolutions.standard(), Elbo.standard());
    }

    @Override
    public String name() {
        return "conv-vae";
    }

    @Override
    public String summary() {
        return "variational autoencoder with convolutional networks";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.VAE,
                "images of 28 to 128 pixels, where neighbouring pixels belong together",
                "E_q[−log p(x|z)] + β KL(q(z|x) ‖ p(z)), β = 1, with convolutions",
                "Kingma and Welling (2014), eq. 3; arXiv:1312.6114. Convolutions as in Radford et al. (2016); arXiv:1511.06434");
    }
}
