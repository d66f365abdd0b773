package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Data, opened: what they are, and the observations.
 *
 * @param spec what the data hold
 * @param train the observations to learn from
 * @param validation the observations to choose by, if the data set names some
 * @param test the observations to judge by, if the data set names some
 * @param notes what was left out of the data as they were read, in sentences without a full stop
 * @param pixelRange which numbers of arrays were black and white, where not those that their type suggests; to be kept with what
 *     is trained, for other arrays must be brought to the same
 */
public record DataSource(
        DataSpec spec,
        Split train,
        Optional<Split> validation,
        Optional<Split> test,
        List<String> notes,
        PixelRange pixelRange) {
    private static final Set<DType> PRESENCE = EnumSet.of(DType.UINT8, DType.BOOL);

    /** What is looked at at once, in bytes. */
    private static final long PORTION = 16L << 20;

    /**
     * Validates the observations against what they should be.
     *
     * @throws IllegalArgumentException if a split has other fields than {@code spec} or none of its observations;
     *     if a field has another shape or type; if a label is no class, or a token no word; if a ragged field has no
     *     lengths, or a length is not that of a row
     */
    public DataSource {
        notes = List.copyOf(notes);
        validate("train", train, spec);
        validation.ifPresent(split -> validate("validation", split, spec));
        test.ifPresent(split -> validate("test", split, spec));
    }

    /** Data whose pixels are in the range of their type. */
    public DataSource(
            DataSpec spec, Split train, Optional<Split> validation, Optional<Split> test, List<String> notes) {
        this(spec, train, validation, test, notes, PixelRange.AUTO);
    }

    /** Data of which nothing was left out, and none of which were chosen for validation. */
    public DataSource(DataSpec spec, Split train, Optional<Split> test) {
        this(spec, train, Optional.empty(), test, List.of());
    }

    /** The same data, and another note. */
    DataSource noting(String note) {
        List<String> all = new ArrayList<>(notes);
        all.add(note);
        return new DataSource(spec, train, validation, test, all, pixelRange);
    }

    private static void validate(String name, Split split, DataSpec spec) {
        if (!split.fields().keySet().equals(spec.fields().keySet())) {
            throw new IllegalArgumentException(name + " has the fields "
                    + split.fields().keySet() + "; expected " + spec.fields().keySet());
        }
        if (split.size() == 0) {
            throw new IllegalArgumentException(name + " has no observations");
        }
        spec.fields().forEach((field, kind) -> validate(name + " field '" + field + "'", split, field, kind));
    }

    private static void validate(String where, Split split, String name, Field field) {
        RowSource array = split.field(name);
        Shape expected = field.shape().prepend(array.shape().size(0));
        if (!array.shape().equals(expected) || !field.dtypes().contains(array.dtype())) {
            throw new IllegalArgumentException(
                    where + " is " + array + "; expected " + expected + " of " + field.dtypes());
        }
        if (field instanceof Field.Category category) {
            requireNumbers(where, "class", array, 0, category.names().size() - 1);
        }
        if (field instanceof Field.Tokens tokens) {
            requireNumbers(where, "token", array, 0, tokens.vocabulary().size() - 1);
        }
        validateLengths(where, split.lengths(), name, field);
        RowSource present = split.present().get(name);
        if (present != null && !PRESENCE.contains(present.dtype())) {
            throw new IllegalArgumentException(
                    "the presences of " + where + " are " + present.dtype() + "; expected " + PRESENCE);
        }
    }

    private static void validateLengths(String where, Map<String, ? extends RowSource> all, String name, Field field) {
        RowSource lengths = all.get(name);
        if (field instanceof Field.Ragged != (lengths != null)) {
            throw new IllegalArgumentException(
                    where + (lengths == null ? " is ragged and has no lengths" : " has lengths and is not ragged"));
        }
        if (lengths != null && field instanceof Field.Ragged ragged) {
            if (lengths.dtype() != DType.INT64) {
                throw new IllegalArgumentException(
                        "the lengths of " + where + " are " + lengths.dtype() + "; expected INT64");
            }
            requireNumbers(where, "length", lengths, 0, ragged.longest());
        }
    }

    private static void requireNumbers(String where, String what, RowSource array, long least, long most) {
        long size = array.shape().size(0);
        long portion = Math.max(1, PORTION * size / Math.max(1, array.byteCount()));
        for (long from = 0; from < size; from += portion) {
            long[] numbers = array.rows(from, Math.min(size, from + portion)).toLongs();
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] < least || numbers[i] > most) {
                    long row = from + i / (array.shape().elements() / size);
                    throw new IllegalArgumentException(where + " has " + what + " " + numbers[i] + " at " + row
                            + "; expected " + least + " to " + most);
                }
            }
        }
    }
}
