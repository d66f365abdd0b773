package dev.elbo.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a data set holds, before any of it is read.
 *
 * @param name what it is called on the command line and in a run's files
 * @param fields what each observation consists of, by name: "image", "label", "row", "text"; in the order given
 * @param attribution whom to credit wherever the data are shown, and under which licence; empty for data of
 *     the user's own
 */
public record DataSpec(String name, Map<String, Field> fields, String attribution) {
    /**
     * Copies and validates.
     *
     * @throws IllegalArgumentException if the name is blank or there are no fields
     */
    public DataSpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a data set has a name");
        }
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("data '" + name + "' has at least one field");
        }
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    private static String remedy(String field) {
        return switch (field) {
            case "image" -> ". Give images, [N, height, width], as array.reshape(-1, 28, 28) makes them of rows";
            case "label" -> ". Give labels: a sub-folder for each class, or y_train beside x_train in an .npz file";
            case "text" -> ". Give a text file, NAME.txt, with a sentence on each line";
            default -> "";
        };
    }

    /**
     * The field of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Field field(String field) {
        Field found = fields.get(field);
        if (found == null) {
            throw new IllegalArgumentException(
                    "data '" + name + "' has no field '" + field + "'; it has " + fields.keySet() + remedy(field));
        }
        return found;
    }
}
