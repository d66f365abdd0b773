package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import java.util.List;

/** The variational autoencoder with convolutional networks. */
public record ConvVaeRecipe(Convolutions networks, Elbo objective) implements Recipe {

    /** The defaults. */
    public ConvVaeRecipe() {
        this(Convolutions.standard(), Elbo.standard());
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
}
