package dev.elbo.exhibit;

import dev.elbo.tensor.HostArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A row of samples for each class of a model's condition, or of its latent.
 *
 * @param columns samples in a row, if so many fit on a page
 */
public record OnDemand(int columns, long seed) implements Exhibit {
    @Override
    public String name() {
        return "conditional";
    }

    @Override
    public Optional<String> obstacle(Showing showing) {
        return showing.signature().onDemand().size() == 1
                        && !showing.classes(showing.signature().onDemand().get(0))
                                .isEmpty()
                ? Optional.empty()
                : Optional.of("a row for each class needs a model with one condition that is a class; this one has "
                        + showing.signature().onDemand());
    }

    @Override
    public Piece of(Showing showing) {
        String field = showing.signature().onDemand().get(0);
        List<String> classes = showing.classes(field);
        int row = showing.columns(columns);
        long[] labels =
                IntStream.range(0, classes.size() * row).mapToLong(i -> i / row).toArray();
        Map<String, HostArray> values = Map.of(field, HostArray.of(labels, labels.length));
        return new Sheet(
                        showing.shown(showing.generator().samples(labels.length, values, 1, seed)),
                        row,
                        "A row for each " + field + ", seed " + seed)
                .rows(classes)
                .piece();
    }
}
