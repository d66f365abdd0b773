package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.data.Vocabulary;
import dev.elbo.nn.Markers;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * A sentence with an unknown word in the place of each that tells its style, c = delete(x, y): what is left to say when the style
 * changes. Li et al. (2018), "Delete, Retrieve, Generate", section 3.1.
 *
 * <p>Fields: {@code text}, {@code label}, the style that is written, and {@code source}, the style that the sentence was said in, if
 * that is another. Without a text nothing is said again, and c is one unknown word.
 *
 * @param markers the words that tell a style
 */
public record WithoutMarkers(Markers markers, Device device) implements WrittenFrom.Source {
    /** The field of sentences. */
    public static final String TEXT = "text";

    @Override
    public boolean takesStyle() {
        return true;
    }

    @Override
    public Tensor of(Batch given, Pass pass) {
        if (!given.fields().containsKey(TEXT)) {
            Tensor y = given.get(WrittenFrom.LABEL);
            return Tensor.zeros(DType.INT64, device, Shape.of(y.size(0), 1)).fill((double) Vocabulary.UNKNOWN);
        }
        Tensor x = given.get(TEXT);
        Tensor said = given.get(given.fields().containsKey(Restyling.SOURCE) ? Restyling.SOURCE : WrittenFrom.LABEL);
        return x.maskedFill(markers.in(x, x.greaterThan((double) Vocabulary.END), said), (double) Vocabulary.UNKNOWN);
    }
}
