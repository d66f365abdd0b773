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

/** The variational autoencoder with convolutional networks. */
public record ConvVaeRecipe(
        Convolutions networks,

        @About("schedule of the rate's weight, in epochs: 1, linear(0, 1, 10), …")
        Schedule beta,

        @About("nats that each latent dimension may carry at no cost")
        double freeBits)
        implements Recipe {

    /** The defaults. */
    public ConvVaeRecipe() {
        this(Convolutions.standard(), Schedule.constant(1), 0);
    }

    @Override
    public String name() {
        return "conv-vae";
    }

    @Override
    public String summary() {
        return "variational autoencoder with convolutional networks";
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
