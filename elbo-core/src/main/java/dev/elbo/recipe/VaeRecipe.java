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

    @Override
    public Card card() {
        return new Card(
                Card.Group.VAE,
                "to begin with: small images or rows of numbers; the model that all others are compared with",
                "E_q[−log p(x|z)] + β KL(q(z|x) ‖ p(z)), β = 1",
                "Kingma and Welling (2014), Auto-Encoding Variational Bayes, eq. 3; arXiv:1312.6114");
    }
}
