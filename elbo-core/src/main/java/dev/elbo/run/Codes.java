package dev.elbo.run;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Npy;
import dev.elbo.data.Split;
import dev.elbo.figure.WholeFile;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Examples as the posterior's means, for other programs.
 *
 * @param means FLOAT32 [N, D]
 * @param examples whose codes they are, in the same order
 * @param spec what the examples are
 */
public record Codes(HostArray means, Split examples, DataSpec spec) {
    private static final String LABEL = "label";

    /** The endings of the files that can be written. */
    public static final List<String> ENDINGS = List.of(".npy", ".csv");

    /**
     * Writes them: as .npy, with the labels' indices in a second file if there are labels; or as .csv, with
     * the labels' names in a column behind z0, z1, …
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
        Npy.write(file, means);
        if (!isLabelled()) {
            return List.of(file);
        }
        Path labels = file.resolveSibling(name.replaceFirst("\\.npy$", "") + "-labels.npy");
        Npy.write(labels, examples.field(LABEL).toHost());
        return List.of(file, labels);
    }

    private boolean isLabelled() {
        return examples.fields().containsKey(LABEL);
    }

    private String csv() {
        int dimensions = (int) means.shape().size(1);
        float[] values = means.toFloats();
        List<String> labels = labels();
        StringBuilder csv = new StringBuilder(IntStream.range(0, dimensions)
                .mapToObj(d -> "z" + d)
                .collect(Collectors.joining(",", "", isLabelled() ? "," + LABEL + "\n" : "\n")));
        for (int i = 0; i < means.shape().size(0); i++) {
            int row = i * dimensions;
            csv.append(IntStream.range(row, row + dimensions)
                    .mapToObj(at -> Float.toString(values[at]))
                    .collect(Collectors.joining(",")));
            csv.append(isLabelled() ? "," + labels.get(i) : "").append('\n');
        }
        return csv.toString();
    }

    /** The label of each example, as a cell. */
    private List<String> labels() {
        if (!isLabelled() || !(spec.field(LABEL) instanceof Field.Category category)) {
            return List.of();
        }
        return LongStream.of(examples.field(LABEL).toHost().toLongs())
                .mapToObj(label -> cell(category.names().get((int) label)))
                .toList();
    }

    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
