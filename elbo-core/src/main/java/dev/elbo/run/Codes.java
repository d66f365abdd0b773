package dev.elbo.run;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Npy;
import dev.elbo.data.Split;
import dev.elbo.figure.WholeFile;
import dev.elbo.model.Signature;
import dev.elbo.model.Variable;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Examples as the centres of their posteriors, for other programs.
 *
 * @param centres FLOAT32 [N, D], the latents of a model side by side
 * @param names of the D columns, as in z0, or z2_0 of a model with several latents
 * @param about what else is known of each example, N texts by column: its label, its split, the file that it comes from
 * @param labels the number of the class of each example, INT64 [N], if they have classes
 */
public record Codes(
        HostArray centres, List<String> names, Map<String, List<String>> about, Optional<HostArray> labels) {
    private static final String LABEL = "label";
    private static final String SPLIT = "split";
    private static final String FILE = "file";

    /** The endings of the files that can be written. */
    public static final List<String> ENDINGS = List.of(".npy", ".csv");

    /**
     * The codes of parts of a split, one after the other.
     *
     * @param parts by latent, [N', event...]
     * @param split what the split is called
     */
    static Codes of(
            Signature signature, List<Map<String, HostArray>> parts, String split, Split examples, DataSpec spec) {
        List<String> names = new ArrayList<>();
        for (Variable latent : signature.latents()) {
            String prefix = signature.latents().size() == 1 ? latent.name() : latent.name() + "_";
            LongStream.range(0, latent.shape().elements()).forEach(i -> names.add(prefix + i));
        }
        List<HostArray> rows = parts.stream()
                .map(part -> sideBySide(signature, part, names.size()))
                .toList();
        Map<String, List<String>> about = new LinkedHashMap<>();
        Optional<HostArray> labels =
                Optional.ofNullable(examples.fields().get(LABEL)).map(RowSource::toHost);
        if (spec.fields().get(LABEL) instanceof Field.Category category) {
            about.put(LABEL, classes(labels.orElseThrow(), category));
        }
        about.put(SPLIT, Collections.nCopies((int) examples.size(), split));
        if (!examples.names().isEmpty()) {
            about.put(FILE, examples.names());
        }
        return new Codes(HostArray.concat(rows), names, about, labels);
    }

    private static List<String> classes(HostArray labels, Field.Category category) {
        return LongStream.of(labels.toLongs())
                .mapToObj(label -> category.names().get((int) label))
                .toList();
    }

    /** The codes of several splits of one data set, one after the other. */
    static Codes joined(List<Codes> splits) {
        Codes first = splits.get(0);
        Map<String, List<String>> about = new LinkedHashMap<>();
        splits.forEach(split -> split.about.forEach((column, texts) ->
                about.computeIfAbsent(column, name -> new ArrayList<>()).addAll(texts)));
        List<HostArray> labels =
                splits.stream().flatMap(split -> split.labels.stream()).toList();
        return new Codes(
                HostArray.concat(splits.stream().map(Codes::centres).toList()),
                first.names,
                about,
                labels.isEmpty() ? Optional.empty() : Optional.of(HostArray.concat(labels)));
    }

    private static HostArray sideBySide(Signature signature, Map<String, HostArray> part, int columns) {
        int count = (int) part.values().iterator().next().shape().size(0);
        float[] all = new float[count * columns];
        int from = 0;
        for (Variable latent : signature.latents()) {
            double[] values = Objects.requireNonNull(part.get(latent.name())).toDoubles();
            int width = values.length / count;
            for (int i = 0; i < values.length; i++) {
                all[i / width * columns + from + i % width] = (float) values[i];
            }
            from += width;
        }
        return HostArray.of(all, count, columns);
    }

    /**
     * Writes them: as .csv, with label, split and file in columns behind z0, z1, …; or as .npy, with the numbers of the classes in a
     * second file, and the files that the rows come from in a third, a line each, if there are such.
     *
     * @param file that ends in one of {@link #ENDINGS}
     * @return the files that were written
     */
    public List<Path> write(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".csv")) {
            return List.of(WholeFile.write(file, csv().getBytes(StandardCharsets.UTF_8)));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        List<Path> written = new ArrayList<>(List.of(file));
        Npy.write(file, centres);
        String stem = name.replaceFirst("\\.npy$", "");
        if (labels.isPresent()) {
            Path path = file.resolveSibling(stem + "-labels.npy");
            Npy.write(path, labels.get());
            written.add(path);
        }
        if (about.containsKey(FILE)) {
            String lines = String.join("\n", Objects.requireNonNull(about.get(FILE))) + "\n";
            written.add(
                    WholeFile.write(file.resolveSibling(stem + "-files.txt"), lines.getBytes(StandardCharsets.UTF_8)));
        }
        return written;
    }

    private String csv() {
        int dimensions = (int) centres.shape().size(1);
        float[] values = centres.toFloats();
        StringBuilder csv = new StringBuilder(String.join(",", names));
        about.keySet().forEach(column -> csv.append(',').append(column));
        csv.append('\n');
        for (int i = 0; i < centres.shape().size(0); i++) {
            int row = i * dimensions;
            csv.append(IntStream.range(row, row + dimensions)
                    .mapToObj(at -> Float.toString(values[at]))
                    .collect(Collectors.joining(",")));
            for (List<String> column : about.values()) {
                csv.append(',').append(cell(column.get(i)));
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
