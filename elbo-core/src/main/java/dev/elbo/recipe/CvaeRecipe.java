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

/** The conditional VAE: images given their label, so that a label can be asked for. Sohn et al. (2015). */
public record CvaeRecipe(
        Mlp networks,

        @About("schedule of the rate's weight, in epochs: 1, linear(0, 1, 10), …")
        Schedule beta,

        @About("nats that each latent dimension may carry at no cost")
        double freeBits)
        implements Recipe {

    /** The defaults. */
    public CvaeRecipe() {
        this(Mlp.standard(), Schedule.constant(1), 0);
    }

    @Override
    public String name() {
        return "cvae";
    }

    @Override
    public String summary() {
        return "conditional VAE: digits on demand (Sohn et al. 2015)";
    }

    @Override
    public LatentVariableModel model(DataSpec data, Initializer initial) {
        return networks.vae(data, List.of("label"), initial);
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
