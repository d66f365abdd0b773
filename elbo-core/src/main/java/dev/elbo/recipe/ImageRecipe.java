package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Objective;
import dev.elbo.train.Composition;
import java.util.List;

/** A recipe of a VAE of images or, where its networks can, of rows; an architecture makes it, and it has one objective. */
interface ImageRecipe extends NetworkedRecipe {
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
}
