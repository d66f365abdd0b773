package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.likelihood.Likelihood;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.OneHot;
import dev.elbo.nn.Sequential;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An architecture of encoder and decoder. */
interface Networks {
    /** The observed field of all recipes on images. */
    String IMAGE = "image";

    /** The observed field of recipes on rows of numbers. */
    String ROW = "row";

    /**
     * A VAE of this architecture.
     *
     * @param conditions the categories and tables y that prior, posterior and likelihood are given
     */
    Vae vae(DataSpec data, List<String> conditions, Initializer initial);

    /** The likelihood of what is observed. */
    Likelihood likelihood();

    /**
     * The field that a model observes.
     *
     * @param shape of one example
     */
    record Observed(String field, Shape shape) {}

    /** The images of the data; or their rows, if they have no images. */
    static Observed observed(DataSpec data) {
        return !data.fields().containsKey(IMAGE) && data.fields().get(ROW) instanceof Field.Table rows
                ? new Observed(ROW, rows.shape())
                : new Observed(IMAGE, image(data).shape());
    }

    /** Makes sure that what is to be counted was not scaled: a recipe that forgets to name it would learn from other numbers. */
    static void requireCounts(DataSpec data) {
        if (data.fields().get(ROW) instanceof Field.Table rows
                && rows.statistics().filter(statistics -> !statistics.isNone()).isPresent()) {
            throw new IllegalArgumentException(
                    "Bug: rows of counts were brought to one scale; let the recipe's counts() name '" + ROW + "'");
        }
    }

    /** The tables of the data that a model with this likelihood counts. */
    static Set<String> counts(Likelihood likelihood, DataSpec data) {
        return likelihood.isOfCounts() && data.fields().get(ROW) instanceof Field.Table ? Set.of(ROW) : Set.of();
    }

    /** The images of the data. */
    static Field.Image image(DataSpec data) {
        if (data.field(IMAGE) instanceof Field.Image image) {
            return image;
        }
        throw new IllegalArgumentException("field 'image' of data '" + data.name() + "' holds no images");
    }

    /** The width of the conditions' vectors. */
    static int width(DataSpec data, List<String> conditions) {
        return conditions.stream().mapToInt(name -> width(data, name)).sum();
    }

    private static int width(DataSpec data, String condition) {
        return data.field(condition) instanceof Field.Table table ? table.columns() : classes(data, condition);
    }

    /** Stems for a first parent and the conditions after it: a category becomes a one-hot vector, a table is one already. */
    static List<Layer> stems(Layer first, DataSpec data, List<String> conditions) {
        List<Layer> stems = new ArrayList<>(List.of(first));
        conditions.forEach(name -> stems.add(stem(data, name)));
        return stems;
    }

    private static Layer stem(DataSpec data, String condition) {
        return data.field(condition) instanceof Field.Table ? Sequential.of() : new OneHot(classes(data, condition));
    }

    static int classes(DataSpec data, String condition) {
        if (data.field(condition) instanceof Field.Category category) {
            return category.names().size();
        }
        throw new IllegalArgumentException("field '" + condition + "' of data '" + data.name() + "' is no category");
    }
}
