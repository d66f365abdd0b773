package dev.elbo.recipe;

import dev.elbo.objective.Capacity;
import dev.elbo.objective.Schedule;

/** A β-VAE whose rate follows a capacity that grows. Burgess et al. (2018). */
public record AnnealedVaeRecipe(Mlp networks, Capacity objective) implements ImageRecipe {
    /** The defaults: up to the paper's 25 nats, over the whole training. */
    public AnnealedVaeRecipe() {
        this(Mlp.standard(), new Capacity(30, Schedule.parse("linear(0, 25)")));
    }

    @Override
    public String name() {
        return "annealed-vae";
    }

    @Override
    public String summary() {
        return "annealed capacity: factors enter the code one after another (Burgess et al. 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISENTANGLEMENT,
                "as beta-vae, where images must end sharp: pressure at first, then room",
                "E_q[−log p(x|z)] + γ |KL(q(z|x) ‖ p(z)) − C|, C growing",
                "Burgess et al. (2018), Understanding disentangling in β-VAE, eq. 8; arXiv:1804.03599");
    }
}
