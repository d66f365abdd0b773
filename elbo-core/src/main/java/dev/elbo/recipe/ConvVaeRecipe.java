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
}
