package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Examples side by side.
 *
 * @param fields by name, each [B, ...]; an image is FLOAT32 [B, C, H, W] in 0 … 1, a category INT64 [B], a row of a table
 *     FLOAT32 [B, D], sentences INT64 [B, T], frames FLOAT32 [B, T, C], with T no longer than the longest of them needs
 * @param lengths of the fields that are ragged, by name: how much of each row is not padding, INT64 [B]
 * @param present of the fields that some examples may lack, by name: 1 where it is observed, else 0, FLOAT32 [B]
 */
public record Batch(Map<String, Tensor> fields, Map<String, Tensor> lengths, Map<String, Tensor> present) {

    private static final String LENGTHS = ".lengths";
    private static final String PRESENT = ".present";

    /** Copies the maps. */
    public Batch {
        fields = Map.copyOf(fields);
        lengths = Map.copyOf(lengths);
        present = Map.copyOf(present);
    }

    /** Examples that lack nothing and are all of one length. */
    public Batch(Map<String, Tensor> fields) {
        this(fields, Map.of(), Map.of());
    }

    /** Arrays, copied to a device as they are; none for models without conditions. */
    public static Batch of(Map<String, HostArray> arrays, Device device) {
        Map<String, Tensor> fields = new LinkedHashMap<>();
        arrays.forEach((name, array) -> fields.put(name, Tensor.of(array, device)));
        return new Batch(fields);
    }

    /** All tensors by name: fields by their own, and {@code text.lengths} and {@code label.present} beside them. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(fields);
        lengths.forEach((name, tensor) -> tensors.put(name + LENGTHS, tensor));
        present.forEach((name, tensor) -> tensors.put(name + PRESENT, tensor));
        return tensors;
    }

    /**
     * The same fields, lengths and presences with other tensors.
     *
     * @param tensors by the names of {@link #tensors}
     */
    public Batch with(Map<String, Tensor> tensors) {
        return new Batch(with(tensors, fields, ""), with(tensors, lengths, LENGTHS), with(tensors, present, PRESENT));
    }

    private static Map<String, Tensor> with(Map<String, Tensor> tensors, Map<String, Tensor> in, String ending) {
        Map<String, Tensor> changed = new LinkedHashMap<>();
        in.keySet().forEach(name -> changed.put(name, Objects.requireNonNull(tensors.get(name + ending))));
        return changed;
    }

    /**
     * A field.
     *
     * @throws IllegalArgumentException naming the fields there are, if it is none of them
     */
    public Tensor get(String field) {
        Tensor tensor = fields.get(field);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "batch has no field '" + field + "'; it has " + new TreeSet<>(fields.keySet()));
        }
        return tensor;
    }

    /**
     * How long each sequence of a field is, INT64 [B]. Where nothing is said of lengths, all rows are as long as they are stored.
     *
     * @throws IllegalArgumentException if there is no such field, or it has no sequences
     */
    public Tensor lengths(String field) {
        Tensor said = lengths.get(field);
        if (said != null) {
            return said;
        }
        Tensor values = sequences(field);
        return Tensor.zeros(DType.INT64, values.device(), values.shape().slice(0, 1))
                .fill((double) values.size(1));
    }

    /**
     * Which positions of a field's sequences are not padding: 1 there, else 0, FLOAT32 [B, T].
     *
     * @throws IllegalArgumentException if there is no such field, or it has no sequences
     */
    public Tensor mask(String field) {
        Tensor values = sequences(field);
        Tensor positions = Tensor.arange(values.size(1), values.device()); // [T]
        return positions.lessThan(lengths(field).unsqueeze(1)).to(DType.FLOAT32); // [B, T]
    }

    private Tensor sequences(String field) {
        Tensor values = get(field);
        if (values.rank() < 2) {
            throw new IllegalArgumentException("field '" + field + "' is " + values.shape()
                    + ", a single number for each example, and has no length");
        }
        return values;
    }

    /**
     * Which examples have a field: 1 where it is observed, else 0, FLOAT32 [B]; ones where nothing is said of it.
     *
     * @throws IllegalArgumentException if there is no such field
     */
    public Tensor present(String field) {
        Tensor values = get(field);
        Tensor said = present.get(field);
        return said != null
                ? said
                : Tensor.zeros(values.device(), values.size(0)).fill(1);
    }
}
