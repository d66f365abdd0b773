package dev.elbo.data;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Examples side by side.
 *
 * @param fields by name, each [B, ...]; an image is FLOAT32 [B, C, H, W] in 0 … 1, a label INT64 [B]
 */
public record Batch(Map<String, Tensor> fields) {

    /** Copies the map. */
    public Batch {
        fields = Map.copyOf(fields);
    }

    /** Arrays, copied to a device as they are; none for models without conditions. */
    public static Batch of(Map<String, HostArray> arrays, Device device) {
        Map<String, Tensor> fields = new LinkedHashMap<>();
        arrays.forEach((name, array) -> fields.put(name, Tensor.of(array, device)));
        return new Batch(fields);
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
}
