package dev.elbo.studio;

import dev.elbo.data.Field;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.model.Variable;
import dev.elbo.tensor.HostArray;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What of a model can be moved by hand: its vectors, all side by side as one point, and its classes.
 *
 * @param generator of the model
 */
record Handles(Generator generator) {

    /** The latents that are vectors of any numbers, from the top of the model down. */
    List<Variable> vectors() {
        return generator.model().signature().latents().stream()
                .filter(latent ->
                        latent.kind() == Variable.Kind.VECTOR && latent.shape().rank() == 1)
                .toList();
    }

    /** How many numbers a point has. */
    int dimensions() {
        return (int) vectors().stream()
                .mapToLong(latent -> latent.shape().elements())
                .sum();
    }

    /** The names of the classes that can be asked for, by field. */
    Map<String, List<String>> classes() {
        Map<String, List<String>> classes = new LinkedHashMap<>();
        for (String name : generator.model().signature().onDemand()) {
            names(name).ifPresent(names -> classes.put(name, names));
        }
        return classes;
    }

    private Optional<List<String>> names(String field) {
        if (generator.spec().fields().get(field) instanceof Field.Category category) {
            return Optional.of(category.names());
        }
        return generator.model().signature().latents().stream()
                .filter(latent ->
                        latent.kind() == Variable.Kind.CLASS && latent.name().equals(field))
                .findFirst()
                .map(latent -> IntStream.range(0, (int) latent.codebook())
                        .mapToObj(String::valueOf)
                        .toList());
    }

    /** The field that shows the picture, if the model makes pictures. */
    Optional<String> picture() {
        return generator.fields().stream()
                .filter(field -> generator.spec().field(field) instanceof Field.Image)
                .findFirst();
    }

    /** A field's pictures as they are shown: the first of two channels, the first three of four. */
    Field.Image shown(String field) {
        Field.Image image = (Field.Image) generator.spec().field(field);
        int channels = image.channels() == 2 ? 1 : Math.min(image.channels(), 3);
        return new Field.Image(channels, image.height(), image.width());
    }

    /** Points as latents, by name, with the classes among them. */
    private Map<String, HostArray> latents(float[] points, int count, Map<String, HostArray> classes) {
        Map<String, HostArray> latents = new LinkedHashMap<>();
        int all = dimensions();
        int from = 0;
        for (Variable vector : vectors()) {
            int width = (int) vector.shape().elements();
            float[] own = new float[count * width];
            for (int i = 0; i < count; i++) {
                System.arraycopy(points, i * all + from, own, i * width, width);
            }
            latents.put(vector.name(), HostArray.of(own, count, width));
            from += width;
        }
        generator.model().signature().latents().stream()
                .map(Variable::name)
                .filter(classes::containsKey)
                .forEach(name -> latents.put(name, Objects.requireNonNull(classes.get(name))));
        return latents;
    }

    /** What codes of examples are as points: the vectors of each side by side, [N, D]. */
    float[] points(Map<String, HostArray> codes, int count) {
        int all = dimensions();
        float[] points = new float[count * all];
        int from = 0;
        for (Variable vector : vectors()) {
            float[] own = Objects.requireNonNull(codes.get(vector.name())).toFloats();
            int width = own.length / Math.max(1, count);
            for (int i = 0; i < count; i++) {
                System.arraycopy(own, i * width, points, i * all + from, width);
            }
            from += width;
        }
        return points;
    }

    /** The numbers that the model is given, by field. */
    Map<String, Field.Table> numbers() {
        Map<String, Field.Table> numbers = new LinkedHashMap<>();
        for (String condition : generator.model().signature().conditions()) {
            if (generator.spec().fields().get(condition) instanceof Field.Table table) {
                numbers.put(condition, table);
            }
        }
        return numbers;
    }

    /**
     * Values of all classes and conditions for so many examples.
     *
     * @param chosen the first class of a field, and the mean of each number, where nothing is
     * @throws IllegalArgumentException if a field has no such class or not so many numbers, or a condition is neither class nor number
     */
    Map<String, HostArray> values(Given chosen, int count) {
        Map<String, HostArray> values = new LinkedHashMap<>();
        classes().forEach((field, names) -> {
            int number = names.indexOf(chosen.classes().getOrDefault(field, names.get(0)));
            if (number < 0) {
                throw new IllegalArgumentException("'" + field + "' has no class '"
                        + chosen.classes().get(field) + "'; choose one of " + String.join(", ", names));
            }
            long[] rows = new long[count];
            Arrays.fill(rows, number);
            values.put(field, HostArray.of(rows, count));
        });
        numbers().forEach((field, table) -> values.put(field, rows(field, table, chosen, count)));
        for (String condition : generator.model().signature().conditions()) {
            if (!values.containsKey(condition)) {
                throw new IllegalArgumentException(
                        "the model is given '" + condition + "', which cannot be chosen here; use the command line");
            }
        }
        return values;
    }

    private static HostArray rows(String field, Field.Table table, Given chosen, int count) {
        int columns = table.names().size();
        float[] one = chosen.numbers().getOrDefault(field, new float[columns]);
        if (one.length != columns) {
            throw new IllegalArgumentException("'" + field + "' has " + columns + " numbers; got " + one.length);
        }
        return HostArray.concat(Collections.nCopies(count, HostArray.of(one, 1, columns)));
    }

    /** What the model makes of points, [N, C, H, W] in 0 … 1. */
    HostArray decode(float[] points, int count, Given chosen) {
        Map<String, HostArray> values = values(chosen, count);
        return pictures(generator.decode(latents(points, count, values), conditions(values)));
    }

    Map<String, HostArray> conditions(Map<String, HostArray> values) {
        Map<String, HostArray> conditions = new LinkedHashMap<>(values);
        conditions.keySet().retainAll(generator.model().signature().conditions());
        return conditions;
    }

    /** The pictures among what a model made. */
    HostArray pictures(Map<String, Shown> made) {
        return picture()
                .flatMap(field -> Objects.requireNonNull(made.get(field)).pictures())
                .orElseThrow(() -> Refusal.conflict("the model makes no pictures; its other tabs show what it makes"));
    }
}
