package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Objective;
import dev.elbo.train.Composition;
import java.util.List;

/** A recipe of a VAE of images, which an architecture makes, and one objective. */
interface ImageRecipe extends Recipe {
    /** The architecture of encoder and decoder. */
    Networks networks();

    /** What the model is trained on. */
    Objective objective();

    /** The fields that the model is given. */
    default List<String> conditions() {
        return List.of();
    }

    @Override
    default Composition compose(DataSpec data, Initializer initial) {
        return Composition.of(networks().vae(data, conditions(), initial), objective());
    }

    @Override
    default List<Pixels> treatments() {
        return networks().likelihood().treatments();
    }
}
