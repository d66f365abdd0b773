package dev.elbo.run;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Npy;
import dev.elbo.data.Split;
import dev.elbo.figure.WholeFile;
import dev.elbo.model.Signature;
import dev.elbo.model.Variable;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Examples as the centres of their posteriors, for other programs.
 *
 * @param centres FLOAT32 [N, D], the latents of a model side by side
 * @param names of the D columns, as in z0, or z2_0 of a model with several latents
 * @param examples whose codes they are, in the same order
 * @param spec what the examples are
 */
public record Codes(HostArray centres, List<String> names, Split examples, DataSpec spec) {
    private static final String LABEL = "label";

    /** The endings of the files that can be written. */
    public static final List<String> ENDINGS = List.of(".npy", ".csv");

    /**
     * The codes of parts of a split, one after the other.
     *
     * @param parts by latent, [N', event...]
     */
    static Codes of(Signature signature, List<Map<String, HostArray>> parts, Split examples, DataSpec spec) {
        List<String> names = new ArrayList<>();
        for (Variable latent : signature.latents()) {
            String prefix = signature.latents().size() == 1 ? latent.name() : latent.name() + "_";
            LongStream.range(0, latent.shape().elements()).forEach(i -> names.add(prefix + i));
        }
        List<HostArray> rows = parts.stream()
                .map(part -> sideBySide(signature, part, names.size()))
                .toList();
        return new Codes(HostArray.concat(rows), names, examples, spec);
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
        Npy.write(file, centres);
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
        int dimensions = (int) centres.shape().size(1);
        float[] values = centres.toFloats();
        List<String> labels = labels();
        StringBuilder csv = new StringBuilder(String.join(",", names)).append(isLabelled() ? "," + LABEL + "\n" : "\n");
        for (int i = 0; i < centres.shape().size(0); i++) {
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
