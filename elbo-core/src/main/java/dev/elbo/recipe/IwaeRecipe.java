package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Iwae;
import java.util.List;

/** The importance-weighted autoencoder: the VAE trained on a tighter bound. Burda et al. (2016). */
public record IwaeRecipe(Mlp networks, Iwae objective) implements Recipe {

    /** The defaults: K = 5. */
    public IwaeRecipe() {
        this(Mlp.standard(), new Iwae(5, false));
    }

    @Override
    public String name() {
        return "iwae";
    }

    @Override
    public String summary() {
        return "importance-weighted autoencoder: a tighter bound from K samples (Burda et al. 2016)";
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
