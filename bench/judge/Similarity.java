import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15.BgeSmallZhV15EmbeddingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The mean cosine of sentences' embeddings, line by line of two files. Empty lines are left out. */
final class Similarity {
    private static final int AT_ONCE = 256;

    private Similarity() {}

    /** Prints the mean, its standard error, and the number of pairs; exits with 2 for wrong usage. */
    public static void main(String[] arguments) throws IOException {
        String language = arguments.length == 3 ? arguments[2] : "en";
        if (arguments.length < 2 || arguments.length > 3 || !List.of("en", "zh").contains(language)) {
            refuse("give two files of lines, and perhaps en or zh");
        }
        List<String> sources = Files.readAllLines(Path.of(arguments[0]));
        List<String> outputs = Files.readAllLines(Path.of(arguments[1]));
        if (sources.size() != outputs.size()) {
            refuse(arguments[0] + " has " + sources.size() + " lines and " + arguments[1] + " " + outputs.size()
                    + "; give a line for each sentence in both");
        }
        int[] pairs = IntStream.range(0, sources.size())
                .filter(i -> !sources.get(i).isBlank() && !outputs.get(i).isBlank())
                .toArray();
        if (pairs.length == 0) {
            refuse("there are no two sentences to compare");
        }
        EmbeddingModel model =
                language.equals("en") ? new AllMiniLmL6V2QuantizedEmbeddingModel() : new BgeSmallZhV15EmbeddingModel();
        double[] cosines = cosines(embedded(model, sources, pairs), embedded(model, outputs, pairs));
        double mean = IntStream.range(0, cosines.length).mapToDouble(i -> cosines[i]).average().orElseThrow();
        double variance = IntStream.range(0, cosines.length)
                .mapToDouble(i -> (cosines[i] - mean) * (cosines[i] - mean))
                .average()
                .orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%.4f ± %.4f, mean cosine of %,d pairs%n",
                mean,
                Math.sqrt(variance / cosines.length),
                cosines.length);
        System.exit(0); // the model's threads would be waited for
    }

    private static void refuse(String sentence) {
        System.err.println("similarity: " + sentence);
        System.exit(2);
    }

    private static List<Embedding> embedded(EmbeddingModel model, List<String> lines, int[] chosen) {
        List<Embedding> all = new ArrayList<>();
        for (int from = 0; from < chosen.length; from += AT_ONCE) {
            List<TextSegment> some = IntStream.range(from, Math.min(chosen.length, from + AT_ONCE))
                    .mapToObj(i -> TextSegment.from(lines.get(chosen[i])))
                    .toList();
            all.addAll(model.embedAll(some).content());
        }
        return all;
    }

    private static double[] cosines(List<Embedding> a, List<Embedding> b) {
        return IntStream.range(0, a.size())
                .mapToDouble(i -> cosine(a.get(i).vector(), b.get(i).vector()))
                .toArray();
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            squaresOfA += a[i] * a[i];
            squaresOfB += b[i] * b[i];
        }
        return product / Math.sqrt(squaresOfA * squaresOfB);
    }
}
