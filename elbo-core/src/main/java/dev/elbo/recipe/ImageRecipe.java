package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Objective;
import dev.elbo.train.Composition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A recipe of a VAE of images or, where its networks can, of rows; an architecture makes it, and it has one objective. */
interface ImageRecipe extends Recipe {
    /** The architecture of encoder and decoder. */
    Networks networks();

    /** What the model is trained on. */
    Objective objective();

    /** The fields of the data that the model is given. */
    default List<String> conditions(DataSpec data) {
        return List.of();
    }

    @Override
    default Composition compose(DataSpec data, Initializer initial) {
        return Composition.of(networks().vae(data, conditions(data), initial), objective());
    }

    @Override
    default Map<String, String> suited(DataSpec data) {
        return Mlp.suited(networks(), data);
    }

    @Override
    default Set<String> counts(DataSpec data) {
        return Networks.counts(networks().likelihood(), data);
    }

    @Override
    default List<Pixels> treatments() {
        return networks().likelihood().treatments();
    }
}
