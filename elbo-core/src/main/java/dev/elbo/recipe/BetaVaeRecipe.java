package dev.elbo.recipe;

import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;

/** The β-VAE: a dearer rate, for latents that each mean one thing. Higgins et al. (2017). */
public record BetaVaeRecipe(Mlp networks, Elbo objective) implements ImageRecipe {

    /** The defaults: β = 4. */
    public BetaVaeRecipe() {
        this(Mlp.standard(), new Elbo(Schedule.constant(4), 0));
    }

    @Override
    public String name() {
        return "beta-vae";
    }

    @Override
    public String summary() {
        return "β-VAE: the rate weighs more, latents disentangle (Higgins et al. 2017)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISENTANGLEMENT,
                "the simplest pressure towards dimensions that mean something: one number to turn",
                "E_q[−log p(x|z)] + β KL(q(z|x) ‖ p(z)), β > 1",
                "Higgins et al. (2017), β-VAE, eq. 4; openreview Sy2fzU9gl");
    }
}
