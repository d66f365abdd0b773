package dev.elbo.data;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.RowSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Observations for one purpose: training, validation or test.
 *
 * @param fields the observations by field, all [N, ...]: "image" is UINT8 (or FLOAT32 in 0 to 1) [N, C, H, W],
 *     "label" INT64 [N], "row" FLOAT32 [N, D]
 */
public record Split(Map<String, ? extends RowSource> fields) {
    /**
     * Copies and validates.
     *
     * @throws IllegalArgumentException if there are no fields, or they have different numbers of observations
     */
    public Split {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("a split has at least one field");
        }
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        requireOneSize(fields);
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
     * Observations {@code from} (inclusive) to {@code to} (exclusive), not copied.
     *
     * @throws IllegalArgumentException if there are no such observations, of those that lie in memory
     * @throws IndexOutOfBoundsException if there are none, of those on disk
     */
    public Split slice(long from, long to) {
        Map<String, RowSource> slices = new LinkedHashMap<>();
        fields.forEach((name, array) -> slices.put(
                name,
                array.isOnDisk()
                        ? new PickedRows(array, LongStream.range(from, to).toArray())
                        : array.rows(from, to)));
        return new Split(slices);
    }

    /**
     * Some observations in the order given, not copied.
     *
     * @param rows which, from 0
     * @throws IndexOutOfBoundsException if there is no such observation
     */
    public Split select(long[] rows) {
        Map<String, RowSource> selected = new LinkedHashMap<>();
        fields.forEach((name, array) -> selected.put(name, new PickedRows(array, rows)));
        return new Split(selected);
    }
}
