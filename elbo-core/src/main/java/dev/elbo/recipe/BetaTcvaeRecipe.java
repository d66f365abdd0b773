package dev.elbo.recipe;

import dev.elbo.objective.Schedule;
import dev.elbo.objective.TotalCorrelation;
import dev.elbo.objective.TotalCorrelation.Estimator;

/** The β-TCVAE: of the rate, only what ties the dimensions of z to each other is dearer. Chen et al. (2018). */
public record BetaTcvaeRecipe(Mlp networks, TotalCorrelation objective) implements ImageRecipe {

    /** The defaults: β = 6, and the networks of {@code beta-vae}. */
    public BetaTcvaeRecipe() {
        this(Mlp.standard(), new TotalCorrelation(1, Schedule.constant(6), 1, Estimator.STRATIFIED));
    }

    @Override
    public String name() {
        return "beta-tcvae";
    }

    @Override
    public String summary() {
        return "β-TCVAE: total correlation weighs more, latents become independent (Chen et al. 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISENTANGLEMENT,
                "as beta-vae, but images shall stay sharp: only dependence between dimensions is dearer",
                "E_q[−log p(x|z)] + α I(x; z) + β KL(q(z) ‖ Πⱼ q(zⱼ)) + γ Σⱼ KL(q(zⱼ) ‖ p(zⱼ))",
                "Chen et al. (2018), Isolating Sources of Disentanglement in VAEs, eq. 4; arXiv:1802.04942");
    }
}
