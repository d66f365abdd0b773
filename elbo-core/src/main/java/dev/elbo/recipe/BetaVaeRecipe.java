package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import java.util.List;

/** The β-VAE: a dearer rate, for latents that each mean one thing. Higgins et al. (2017). */
public record BetaVaeRecipe(Mlp networks, Elbo objective) implements Recipe {

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
    public LatentVariableModel model(DataSpec data, Initializer initial) {
        return networks.vae(data, List.of(), initial);
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }
}
