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

/** The variational autoencoder with fully connected networks. Kingma and Welling (2014). */
public record VaeRecipe(
        Mlp networks,

        @About("schedule of the rate's weight, in epochs: 1, linear(0, 1, 10), …")
        Schedule beta,

        @About("nats that each latent dimension may carry at no cost")
        double freeBits)
        implements Recipe {

    /** The defaults. */
    public VaeRecipe() {
        this(Mlp.standard(), Schedule.constant(1), 0);
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
    public LatentVariableModel model(DataSpec data, Initializer initial) {
        return networks.vae(data, List.of(), initial);
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }

    @Override
    public Objective objective() {
        return new Elbo(beta, freeBits);
    }
}
