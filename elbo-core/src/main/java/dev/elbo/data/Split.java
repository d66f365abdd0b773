package dev.elbo.data;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * Observations for one purpose: training, validation or test.
 *
 * @param fields the observations by field, all [N, ...]: an image is UINT8 (or FLOAT32 in 0 to 1) [N, C, H, W], a category
 *     INT64 [N], a row of a table FLOAT32 [N, D], a sentence INT64 [N, longest], frames FLOAT32 [N, longest, C]
 * @param lengths of the fields that are ragged, by field: how much of each row is not padding, INT64 [N]
 * @param present of the fields that some observations lack, by field: 1 where it is observed, else 0, UINT8 or BOOL [N]
 * @param names what each observation is called, as the file that it comes from; empty if they have no names
 */
public record Split(
        Map<String, ? extends RowSource> fields,
        Map<String, ? extends RowSource> lengths,
        Map<String, ? extends RowSource> present,
        List<String> names) {
    /**
     * Copies and validates.
     *
     * @throws IllegalArgumentException if there are no fields, or they have different numbers of observations; if there are
     *     lengths or presences of other fields, or not one for each observation; if some have names and others none
     */
    public Split {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("a split has at least one field");
        }
        fields = copy(fields);
        lengths = copy(lengths);
        present = copy(present);
        names = List.copyOf(names);
        requireOneSize(fields);
        requireOnePerRow("lengths", lengths, fields);
        requireOnePerRow("presences", present, fields);
        long size = fields.values().iterator().next().shape().size(0);
        if (!names.isEmpty() && names.size() != size) {
            throw new IllegalArgumentException(size + " observations have " + names.size() + " names");
        }
    }

    /** Observations without names. */
    public Split(
            Map<String, ? extends RowSource> fields,
            Map<String, ? extends RowSource> lengths,
            Map<String, ? extends RowSource> present) {
        this(fields, lengths, present, List.of());
    }

    /** Observations that lack nothing and are all of one length. */
    public Split(Map<String, ? extends RowSource> fields) {
        this(fields, Map.of(), Map.of());
    }

    private static Map<String, RowSource> copy(Map<String, ? extends RowSource> sources) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }

    private static void requireOneSize(Map<String, ? extends RowSource> fields) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        fields.forEach((name, array) -> sizes.put(name, rows(name, array)));
        if (sizes.values().stream().distinct().count() > 1) {
            throw new IllegalArgumentException("all fields have the same number of observations; got " + sizes);
        }
    }

    private static long rows(String name, RowSource array) {
        if (array.shape().rank() == 0) {
            throw new IllegalArgumentException("field '" + name + "' is [N, ...]; got a single number");
        }
        return array.shape().size(0);
    }

    private static void requireOnePerRow(
            String what, Map<String, ? extends RowSource> arrays, Map<String, ? extends RowSource> fields) {
        arrays.forEach((name, array) -> {
            RowSource field = fields.get(name);
            if (field == null) {
                throw new IllegalArgumentException(
                        "there are " + what + " of a field '" + name + "'; the fields are " + fields.keySet());
            }
            if (array.shape().rank() != 1
                    || array.shape().size(0) != field.shape().size(0)) {
                throw new IllegalArgumentException("the " + what + " of field '" + name + "' are " + array
                        + "; expected [" + field.shape().size(0) + "]");
            }
        });
    }

    /**
     * These observations, with names.
     *
     * @throws IllegalArgumentException if there is not one for each
     */
    public Split named(List<String> called) {
        return new Split(fields, lengths, present, called);
    }

    /** The number of observations. */
    public long size() {
        return fields.values().iterator().next().shape().size(0);
    }

    /**
     * Whether the observations are held on a device: unless they are read from disk, and take more than data may. That is a
     * quarter of the machine's memory, or half of what is free on a card, or as many MiB as the environment variable
     * {@code ELBO_DATA_MEMORY} says.
     *
     * @throws IllegalArgumentException if the variable is no number
     */
    public boolean isHeldOn(Device device) {
        long bytes = fields.values().stream().mapToLong(RowSource::byteCount).sum();
        boolean hasRoom = DataMemory.hasRoomFor(bytes, device, System.getenv());
        return hasRoom || fields.values().stream().noneMatch(RowSource::isOnDisk);
    }

    /**
     * The observations of a field, [N, ...].
     *
     * @throws IllegalArgumentException if there is no such field
     */
    public RowSource field(String name) {
        RowSource found = fields.get(name);
        if (found == null) {
            throw new IllegalArgumentException("the split has no field '" + name + "'; it has " + fields.keySet());
        }
        return found;
    }

    /**
     * How much of each row of a ragged field is not padding, [N].
     *
     * @throws IllegalArgumentException if nothing is said of that
     */
    public long[] lengths(String field) {
        RowSource said = lengths.get(field);
        if (said == null) {
            throw new IllegalArgumentException(
                    "the split has no lengths of field '" + field + "'; it has those of " + lengths.keySet());
        }
        return said.toHost().toLongs();
    }

    /**
     * Which observations have a field, [N]; all where nothing is said of that.
     *
     * @throws IllegalArgumentException if there is no such field
     */
    public boolean[] present(String field) {
        boolean[] present = new boolean[Math.toIntExact(field(field).shape().size(0))];
        RowSource said = this.present.get(field);
        long[] flags = said == null ? new long[0] : said.toHost().toLongs();
        for (int i = 0; i < present.length; i++) {
            present[i] = said == null || flags[i] != 0;
        }
        return present;
    }

    /**
     * Observations {@code from} (inclusive) to {@code to} (exclusive), not copied.
     *
     * @throws IllegalArgumentException if there are no such observations, of those that lie in memory
     * @throws IndexOutOfBoundsException if there are none, of those on disk
     */
    public Split slice(long from, long to) {
        Split part = map(array -> array.isOnDisk()
                ? new PickedRows(array, LongStream.range(from, to).toArray())
                : array.rows(from, to));
        return names.isEmpty() ? part : part.named(names.subList((int) from, (int) to));
    }

    /**
     * Some observations in the order given, not copied.
     *
     * @param rows which, from 0
     * @throws IndexOutOfBoundsException if there is no such observation
     */
    public Split select(long[] rows) {
        Split some = map(array -> new PickedRows(array, rows));
        return names.isEmpty()
                ? some
                : some.named(LongStream.of(rows)
                        .mapToObj(row -> names.get((int) row))
                        .toList());
    }

    /**
     * These observations, some of which lack a field. What is hidden cannot be read: it is all 0, and of length 0.
     *
     * @param hidden whether the observation of a number lacks it; one that has lacked it still does
     * @throws IllegalArgumentException if there is no such field
     */
    public Split hide(String field, LongPredicate hidden) {
        boolean[] before = present(field);
        byte[] now = new byte[before.length];
        for (int i = 0; i < now.length; i++) {
            now[i] = (byte) (before[i] && !hidden.test(i) ? 1 : 0);
        }
        UnaryOperator<RowSource> hide = array -> ChangedRows.hiding(array, now);
        Map<String, RowSource> presences = new LinkedHashMap<>(present);
        presences.put(field, HostArray.of(now, now.length));
        return new Split(changed(fields, field, hide), changed(lengths, field, hide), presences, names);
    }

    private static Map<String, RowSource> changed(
            Map<String, ? extends RowSource> arrays, String field, UnaryOperator<RowSource> change) {
        Map<String, RowSource> changed = new LinkedHashMap<>(arrays);
        changed.computeIfPresent(field, (name, array) -> change.apply(array));
        return changed;
    }

    private Split map(UnaryOperator<RowSource> change) {
        return new Split(map(fields, change), map(lengths, change), map(present, change));
    }

    private static Map<String, RowSource> map(
            Map<String, ? extends RowSource> arrays, UnaryOperator<RowSource> change) {
        Map<String, RowSource> changed = new LinkedHashMap<>();
        arrays.forEach((name, array) -> changed.put(name, change.apply(array)));
        return changed;
    }
}
