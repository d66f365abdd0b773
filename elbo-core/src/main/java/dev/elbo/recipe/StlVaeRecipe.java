package dev.elbo.recipe;

import dev.elbo.objective.StickingTheLanding;

/** The VAE with the gradient that sticks to the landing. Roeder et al. (2017). */
public record StlVaeRecipe(Mlp networks, StickingTheLanding objective) implements ImageRecipe {

    /** The defaults: K = 1. */
    public StlVaeRecipe() {
        this(Mlp.standard(), new StickingTheLanding(1));
    }

    @Override
    public String name() {
        return "stl-vae";
    }

    @Override
    public String summary() {
        return "VAE whose gradient has no noise where the posterior is exact (Roeder et al. 2017)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.BOUND,
                "as vae with posteriors that may become exact; late in training the gradient is calmer",
                "−E[log p(x, z) − log q(z|x)], whose gradient leaves out the score ∇ log q(z|x) at fixed z",
                "Roeder et al. (2017), Sticking the Landing, section 3; arXiv:1703.09194");
    }
}
