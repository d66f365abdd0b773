package dev.elbo.exhibit;

import dev.elbo.data.Batch;
import dev.elbo.data.Field;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.option.NearestName;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Values of a model's conditions, and of classes among its latents, as people name them: a class by its field, as in label 7; a
 * number of a table by its column, as in smile 1, in the data's units; text as it is, as in context "how are you ?".
 */
record Conditions(Showing showing) {
    List<String> names() {
        return showing.signature().onDemand();
    }

    /**
     * Values for {@code count} examples. Those that are given are the same for all; classes that are not take turns, and numbers
     * that are not are the mean of the examples to learn from; texts that are not are those of held-out examples in turn.
     *
     * @throws IllegalArgumentException if the model has no such condition, or the data no such value
     */
    Map<String, HostArray> of(Map<String, String> given, int count) {
        given.keySet().forEach(this::requireKnown);
        Map<String, HostArray> values = new LinkedHashMap<>();
        names().forEach(name -> values.put(name, value(name, given, count)));
        return values;
    }

    private HostArray value(String name, Map<String, String> given, int count) {
        Optional<Field.Table> table = showing.table(name);
        if (table.isPresent()) {
            return numbers(table.get(), name, given, count);
        }
        if (showing.isSound(name)) {
            return heldOut(name, count);
        }
        return showing.text(name)
                .map(text -> given.containsKey(name) ? text(text, given.get(name), count) : heldOut(name, count))
                .orElseGet(() -> classes(name, given.get(name), count));
    }

    /** Why values cannot be made, if that is so: a text is not given, and no example is at hand that says it. */
    Optional<String> obstacle(Map<String, String> given) {
        if (showing.heldOut().isPresent()) {
            return Optional.empty();
        }
        return names().stream()
                .filter(name -> !given.containsKey(name) && (showing.text(name).isPresent() || showing.isSound(name)))
                .findFirst()
                .map(name -> showing.isSound(name)
                        ? "the model makes waves of '" + name
                                + "', and no example is at hand that has it; say with --data" + " where there are some"
                        : "the model writes given '" + name
                                + "', and no example is at hand that says it: give it with --given '" + name
                                + "=…', or talk with the model by ./elbo chat");
    }

    private static HostArray text(Field.Tokens field, String value, int count) {
        long[] tokens = field.vocabulary().encode(value);
        if (tokens.length == 1 || tokens.length > field.longest()) {
            throw new IllegalArgumentException("a text of 1 to " + (field.longest() - 1) + " words was expected; '"
                    + value + "' has " + (tokens.length - 1));
        }
        HostArray row = HostArray.of(tokens, 1, tokens.length);
        return HostArray.concat(Collections.nCopies(count, row));
    }

    private HostArray heldOut(String name, int count) {
        obstacle(Map.of()).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        try (Scope scope = Scope.open("conditions")) {
            int known = showing.atMost(count);
            HostArray rows =
                    showing.heldOut().orElseThrow().first(known).get(name).toHost();
            return HostArray.concat(IntStream.range(0, count)
                    .mapToObj(i -> rows.rows(i % known, i % known + 1))
                    .toList());
        }
    }

    /** What is written from each row of values, as people read it; empty of a model that writes without a text before. */
    List<String> texts(Map<String, HostArray> values) {
        return names().stream()
                .filter(name -> showing.text(name).isPresent())
                .findFirst()
                .map(name -> ((Shown.Text) Generator.show(
                                showing.text(name).orElseThrow(), Objects.requireNonNull(values.get(name))))
                        .lines())
                .orElse(List.of());
    }

    private void requireKnown(String name) {
        if (names().isEmpty()) {
            throw new IllegalArgumentException("this model is unconditional: nothing can be given; train recipe cvae");
        }
        List<String> known = choices();
        if (!known.contains(name) && names().stream().noneMatch(field -> isColumnOf(field, name))) {
            throw new IllegalArgumentException(NearestName.message("condition", name, known));
        }
    }

    /** The conditions that can be given: fields that are classes, and columns of those that are tables. */
    List<String> choices() {
        List<String> choices = new ArrayList<>();
        names().forEach(name ->
                choices.addAll(showing.table(name).map(Field.Table::names).orElse(List.of(name))));
        return choices;
    }

    /** A column may be called by its field too, as in attributes.smile. */
    private boolean isColumnOf(String field, String name) {
        return showing.table(field)
                .filter(table -> table.names().stream().anyMatch(column -> name.equals(field + "." + column)))
                .isPresent();
    }

    /** FLOAT32 [count, columns] of a table, on its common scale. */
    private HostArray numbers(Field.Table table, String field, Map<String, String> given, int count) {
        int columns = table.columns();
        float[] row = new float[columns];
        for (int column = 0; column < columns; column++) {
            String name = table.names().get(column);
            String whole = field + "." + name;
            String value = given.containsKey(whole) || names().contains(name) ? given.get(whole) : given.get(name);
            row[column] = standardised(table, column, value == null ? mean(table, column) : number(name, value));
        }
        float[] all = new float[count * columns];
        for (int i = 0; i < all.length; i++) {
            all[i] = row[i % columns];
        }
        return HostArray.of(all, count, columns);
    }

    private static double mean(Field.Table table, int column) {
        return table.statistics().map(known -> known.mean().get(column)).orElse(0.0);
    }

    private static float standardised(Field.Table table, int column, double value) {
        return (float) table.statistics()
                .map(known -> known.standardised(value, column))
                .orElse(value)
                .doubleValue();
    }

    private static double number(String name, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(expected(name, text), notANumber);
        }
        throw new IllegalArgumentException(expected(name, text));
    }

    private static String expected(String name, String text) {
        return "a number in the data's units was expected as " + name + "; got '" + text + "'";
    }

    /** INT64 [count] of a category. */
    private HostArray classes(String field, @Nullable String value, int count) {
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

    /** The first class of each condition, for all; the mean of numbers. */
    Map<String, HostArray> first(int count) {
        Map<String, String> given = new LinkedHashMap<>();
        names().stream()
                .filter(name -> !showing.classes(name).isEmpty())
                .forEach(name -> given.put(name, showing.classes(name).get(0)));
        return of(given, count);
    }

    /** The values of examples; without a class that the model finds by itself, which they do not say. */
    Map<String, HostArray> of(Batch examples) {
        Map<String, HostArray> values = new LinkedHashMap<>();
        names().stream()
                .filter(name -> !isFound(name))
                .forEach(name -> values.put(name, examples.get(name).toHost()));
        return values;
    }

    private boolean isFound(String name) {
        return !showing.generator().spec().fields().containsKey(name);
    }

    /** The values of one example, repeated. */
    static Map<String, HostArray> repeated(Map<String, HostArray> values, int example, int count) {
        Map<String, HostArray> repeated = new LinkedHashMap<>();
        values.forEach((name, all) ->
                repeated.put(name, HostArray.concat(Collections.nCopies(count, all.rows(example, example + 1)))));
        return repeated;
    }
}
