package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import java.util.List;

/** The β-VAE: a dearer rate, for latents that each mean one thing. Higgins et al. (2017). */
public record BetaVaeRecipe(
        Mlp networks,

        @About("schedule of the rate's weight, in epochs: 4, linear(0, 4, 10), …")
        Schedule beta) implements Recipe {

    /** The defaults: β = 4. */
    public BetaVaeRecipe() {
        this(Mlp.standard(), Schedule.constant(4));
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
    public LatentVariableModel model(DataSpec data, Initializer initial) {
        return networks.vae(data, List.of(), initial);
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }

    @Override
    public Objective objective() {
        return new Elbo(beta, 0);
    }
}
