package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A recipe of images or, where its networks can, of rows, with an architecture of encoder and decoder. */
interface NetworkedRecipe extends Recipe {
    /** The architecture of encoder and decoder. */
    Networks networks();

    @Override
    default Map<String, String> suited(DataSpec data, long examples, Map<String, String> given) {
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
