package dev.elbo.recipe;

import dev.elbo.objective.InfoVae;
import dev.elbo.objective.Kernel;

/** The InfoVAE: codes may say more of an image, as long as all of them together follow the prior. Zhao et al. (2019). */
public record InfoVaeRecipe(Mlp networks, InfoVae objective) implements ImageRecipe {
    /** The defaults: α = 0.5 and λ = 100. */
    public InfoVaeRecipe() {
        this(Mlp.standard(), new InfoVae(0.5, 100, Kernel.IMQ));
    }

    @Override
    public String name() {
        return "info-vae";
    }

    @Override
    public String summary() {
        return "InfoVAE, MMD-VAE: codes say more of an image, all together follow the prior (Zhao et al. 2019)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISENTANGLEMENT,
                "codes that fall silent in a vae, or that shall say more of an image",
                "E_q[−log p(x|z)] + (1 − α) KL(q(z|x) ‖ p(z)) + (α + λ − 1) MMD(q(z), p(z))",
                "Zhao et al. (2019), InfoVAE, eq. 6; arXiv:1706.02262");
    }
}
