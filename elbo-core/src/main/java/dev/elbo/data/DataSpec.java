package dev.elbo.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.tensor.RowSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /**
     * This spec with the statistics of its tables and frames, where it has none yet. They are to be kept with what is trained:
     * other observations must be brought to the same scale.
     *
     * @param train the observations to learn from; what they lack and what is padding does not count
     */
    public DataSpec fitted(Split train) {
        Map<String, Field> known = new LinkedHashMap<>(fields);
        known.replaceAll((field, kind) -> fitted(train, field, kind));
        return new DataSpec(name, known, attribution);
    }

    private static Field fitted(Split train, String name, Field field) {
        if (!(field instanceof Field.Measured measured) || measured.statistics().isPresent()) {
            return field;
        }
        boolean[] present = train.present(name);
        long[] lengths = field instanceof Field.Ragged ? train.lengths(name) : new long[0];
        long[] counts = IntStream.range(0, present.length)
                .mapToLong(row -> !present[row] ? 0 : lengths.length == 0 ? 1 : lengths[row])
                .toArray();
        return measured.with(Statistics.of(train.field(name), counts));
    }

    /**
     * This spec with a table's columns as counts, which are neither scaled nor shifted.
     *
     * @param field of the table
     * @param split observations of it
     * @throws IllegalArgumentException if one of them is negative or no whole number, saying where
     */
    public DataSpec counted(String field, Split split) {
        if (!(field(field) instanceof Field.Table table)) {
            throw new IllegalArgumentException("field '" + field + "' of data '" + name + "' is no table");
        }
        boolean[] present = split.present(field);
        RowSource values = split.field(field);
        int portion = Statistics.portion(values);
        for (int from = 0; from < present.length; from += portion) {
            float[] read =
                    values.rows(from, Math.min(present.length, from + portion)).toFloats();
            for (int i = 0; i < read.length; i++) {
                if (present[from + i / table.columns()] && !isCount(read[i])) {
                    throw noCount(table, from + i / table.columns(), i % table.columns(), read[i]);
                }
            }
        }
        Map<String, Field> known = new LinkedHashMap<>(fields);
        known.put(field, table.with(Statistics.none(table.columns())));
        return new DataSpec(name, known, attribution);
    }

    private static boolean isCount(float value) {
        return value >= 0 && value == Math.rint(value) && value < Float.POSITIVE_INFINITY;
    }

    private IllegalArgumentException noCount(Field.Table table, int row, int column, float value) {
        return new IllegalArgumentException("counts are whole numbers from 0; data '" + name + "' have "
                + value + " in column '"
                + table.names().get(column) + "' of row " + (row + 1)
                + ". Choose a likelihood of real numbers, such as likelihood=normal, or other data");
    }

    /**
     * What another spec has otherwise, in sentences without a full stop; none if a model of these data can read those. Names
     * of data, attributions, counts of words and statistics may differ.
     *
     * @param now the spec of the data as they are now, when this is the one that a run was trained with
     */
    public List<String> differences(DataSpec now) {
        List<String> differences = new ArrayList<>();
        fields.forEach((name, then) -> {
            Field found = now.fields.get(name);
            if (found == null) {
                differences.add("there is no field '" + name + "' that the run was trained with");
            } else {
                addDifferences(differences, name, then, found);
            }
        });
        now.fields.keySet().stream()
                .filter(name -> !fields.containsKey(name))
                .forEach(name -> differences.add("there is a field '" + name + "' that the run was trained without"));
        return differences;
    }

    private static void addDifferences(List<String> differences, String name, Field then, Field now) {
        String field = "field '" + name + "' ";
        if (!now.kind().equals(then.kind())) {
            differences.add(field + "is of the kind " + now.kind() + " where the run was trained with " + then.kind());
            return;
        }
        sentences(field + "has %s where the run was trained with %s", then.traits(), now.traits())
                .forEach(differences::add);
        if (then.names().size() == now.names().size()) {
            sentences(field + "has '%s' where the run was trained with '%s'", then.names(), now.names())
                    .limit(1) // there may be ten thousand
                    .forEach(differences::add);
        }
    }

    private static Stream<String> sentences(String sentence, List<String> then, List<String> now) {
        return IntStream.range(0, then.size())
                .filter(i -> !then.get(i).equals(now.get(i)))
                .mapToObj(i -> String.format(sentence, now.get(i), then.get(i)));
    }

    /** All of it, to be kept with a run that is opened when its data are gone. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        json.put("attribution", attribution);
        ObjectNode all = json.putObject("fields");
        fields.forEach((field, kind) -> all.set(field, kind.toJson()));
        return json;
    }

    /**
     * The spec that {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException naming what is missing, or of another kind than expected
     */
    public static DataSpec of(JsonNode json) {
        Map<String, Field> fields = new LinkedHashMap<>();
        JsonNode all = FieldJson.required(json, "fields", "an object", JsonNode::isObject);
        all.fieldNames().forEachRemaining(name -> fields.put(name, FieldJson.read(name, all.path(name))));
        return new DataSpec(FieldJson.text(json, "name"), fields, FieldJson.text(json, "attribution"));
    }

    /** Whether there are images among the fields. */
    public boolean hasImages() {
        return fields.values().stream().anyMatch(Field.Image.class::isInstance);
    }

    private static String remedy(String field) {
        return switch (field) {
            case "image" -> ". Give images, [N, height, width], as array.reshape(-1, 28, 28) makes them of rows";
            case "label" ->
                ". Give labels: a sub-folder for each class, y_train beside x_train in an .npz file, or a column called"
                        + " label in a table";
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
