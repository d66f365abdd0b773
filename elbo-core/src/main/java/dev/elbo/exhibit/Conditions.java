package dev.elbo.exhibit;

import dev.elbo.option.NearestName;
import dev.elbo.tensor.HostArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Values of a model's conditions, and of classes among its latents, as people name them. */
record Conditions(Showing showing) {
    List<String> names() {
        return showing.signature().onDemand();
    }

    /**
     * Values for {@code count} examples: those that are given, for all; those that are not take turns.
     *
     * @throws IllegalArgumentException if the model has no such condition, or the data no such value
     */
    Map<String, HostArray> of(Map<String, String> given, int count) {
        given.keySet().forEach(this::requireKnown);
        Map<String, HostArray> values = new LinkedHashMap<>();
        names().forEach(name -> values.put(name, values(name, given.get(name), count)));
        return values;
    }

    private void requireKnown(String name) {
        if (names().isEmpty()) {
            throw new IllegalArgumentException("this model is unconditional: nothing can be given; train recipe cvae");
        }
        if (!names().contains(name)) {
            throw new IllegalArgumentException(NearestName.message("condition", name, names()));
        }
    }

    /** INT64 [count] of a category. */
    private HostArray values(String field, @Nullable String value, int count) {
        List<String> classes = showing.classes(field);
        int index = value == null ? -1 : classes.indexOf(value);
        if (value != null && index < 0) {
            throw new IllegalArgumentException(NearestName.message(field, value, classes));
        }
        return HostArray.of(
                IntStream.range(0, count)
                        .mapToLong(i -> index < 0 ? i % classes.size() : index)
                        .toArray(),
                count);
    }

    /** The first value of each condition, for all. */
    Map<String, HostArray> first(int count) {
        Map<String, String> given = new LinkedHashMap<>();
        names().forEach(name -> given.put(name, showing.classes(name).get(0)));
        return of(given, count);
    }

    /** The values of one example, repeated. */
    Map<String, HostArray> repeated(Map<String, HostArray> values, int example, int count) {
        Map<String, HostArray> repeated = new LinkedHashMap<>();
        names().forEach(name -> {
            HostArray one = Objects.requireNonNull(values.get(name)).rows(example, example + 1);
            repeated.put(name, HostArray.concat(Collections.nCopies(count, one)));
        });
        return repeated;
    }
}
