package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.OneHot;
import java.util.ArrayList;
import java.util.List;

/** An architecture of encoder and decoder. */
interface Networks {
    /** The observed field of all recipes on images. */
    String IMAGE = "image";

    /**
     * A VAE of this architecture.
     *
     * @param conditions the categories y that prior, posterior and likelihood are given
     */
    Vae vae(DataSpec data, List<String> conditions, Initializer initial);

    /** The likelihood of pixels. */
    PixelLikelihood likelihood();

    /** The images of the data. */
    static Field.Image image(DataSpec data) {
        if (data.field(IMAGE) instanceof Field.Image image) {
            return image;
        }
        throw new IllegalArgumentException("field 'image' of data '" + data.name() + "' holds no images");
    }

    /** The width of the conditions' vectors. */
    static int width(DataSpec data, List<String> conditions) {
        return conditions.stream().mapToInt(name -> classes(data, name)).sum();
    }

    /** Stems for a first parent and the conditions after it. */
    static List<Layer> stems(Layer first, DataSpec data, List<String> conditions) {
        List<Layer> stems = new ArrayList<>(List.of(first));
        conditions.forEach(name -> stems.add(new OneHot(classes(data, name))));
        return stems;
    }

    static int classes(DataSpec data, String condition) {
        if (data.field(condition) instanceof Field.Category category) {
            return category.names().size();
        }
        throw new IllegalArgumentException("field '" + condition + "' of data '" + data.name() + "' is no category");
    }
}
