package dev.elbo.recipe;

import dev.elbo.objective.Elbo;

/** The variational autoencoder with fully connected networks. Kingma and Welling (2014). */
public record VaeRecipe(Mlp networks, Elbo objective) implements ImageRecipe {

    /** The defaults. */
    public VaeRecipe() {
        this(Mlp.standard(), Elbo.standard());
    }

    @Override
    public String name() {
        return "vae";
    }

    @Override
    public String summary() {
        return "variational autoencoder with fully connected networks (Kingma & Welling 2014)";
    }
}
