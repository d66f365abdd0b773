package dev.elbo.data;

import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.nio.LongBuffer;
import java.util.Optional;

/**
 * Data, opened: what they are, and the observations.
 *
 * @param spec what the data hold
 * @param train the observations to learn from
 * @param test the observations to judge by, if the data set names some
 */
public record DataSource(DataSpec spec, Split train, Optional<Split> test) {
    /**
     * Validates the observations against what they should be.
     *
     * @throws IllegalArgumentException if a split has other fields than {@code spec} or none of its observations;
     *     if a field has another shape or type; if a label is no class
     */
    public DataSource {
        validate("train", train, spec);
        test.ifPresent(split -> validate("test", split, spec));
    }

    private static void validate(String name, Split split, DataSpec spec) {
        if (!split.fields().keySet().equals(spec.fields().keySet())) {
            throw new IllegalArgumentException(name + " has the fields "
                    + split.fields().keySet() + "; expected " + spec.fields().keySet());
        }
        if (split.size() == 0) {
            throw new IllegalArgumentException(name + " has no observations");
        }
        spec.fields().forEach((field, kind) -> validate(name + " field '" + field + "'", split.field(field), kind));
    }

    private static void validate(String where, RowSource array, Field field) {
        Shape expected = field.shape().prepend(array.shape().size(0));
        if (!array.shape().equals(expected) || !field.dtypes().contains(array.dtype())) {
            throw new IllegalArgumentException(
                    where + " is " + array + "; expected " + expected + " of " + field.dtypes());
        }
        if (field instanceof Field.Category category) {
            requireClasses(
                    where,
                    array.toHost().bytes().asLongBuffer(),
                    category.names().size());
        }
    }

    private static void requireClasses(String where, LongBuffer labels, int classes) {
        for (int i = 0; i < labels.limit(); i++) {
            if (labels.get(i) < 0 || labels.get(i) >= classes) {
                throw new IllegalArgumentException(
                        where + " has class " + labels.get(i) + " at " + i + "; expected 0 to " + (classes - 1));
            }
        }
    }
}
