package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import java.util.List;

/** The variational autoencoder with fully connected networks. Kingma and Welling (2014). */
public record VaeRecipe(Mlp networks, Elbo objective) implements Recipe {

    /** The defaults. */
    public VaeRecipe() {
        this(Mlp.standard(), Elbo.standard());
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
}
