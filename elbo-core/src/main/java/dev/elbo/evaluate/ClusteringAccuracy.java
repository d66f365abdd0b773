package dev.elbo.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Variable;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How well the clusters that a model finds by itself are the classes of a field that it was not shown.
 *
 * @param latent the class that the model infers
 * @param field what it is compared with
 * @param accuracy how many examples are in the cluster of their class, 0 to 1, where each cluster stands for one class at most and
 *     each class for one cluster at most, paired as is best; Yang et al. (2010), eq. 14
 * @param mutualInformation 2 I(c; y) / (H(c) + H(y)), 0 to 1: how much clusters and classes tell of each other
 * @param points how many have a label to compare with
 */
public record ClusteringAccuracy(String latent, String field, double accuracy, double mutualInformation, long points) {
    /** Of each latent that is a class and no field of the examples, beside each field that is one. */
    public static List<ClusteringAccuracy> of(LatentVariableModel model, Examples examples, long seed) {
        return model.signature().latents().stream()
                .filter(latent -> latent.kind() == Variable.Kind.CLASS
                        && !examples.split().fields().containsKey(latent.name()))
                .flatMap(latent -> classes(examples).map(field -> of(model, latent, field, examples, seed)))
                .toList();
    }

    private static Stream<String> classes(Examples examples) {
        return examples.split().fields().keySet().stream()
                .filter(name -> examples.spec().field(name) instanceof Field.Category);
    }

    private static ClusteringAccuracy of(
            LatentVariableModel model, Variable latent, String field, Examples examples, long seed) {
        long classes = ((Field.Category) examples.spec().field(field)).names().size();
        double[] flat = new double[Math.toIntExact(latent.codebook() * classes)];
        Chunks.of(model, examples, seed)
                .map((batch, rng) -> counts(model, latent, field, classes, batch, Pass.evaluation(rng)))
                .forEach(some -> Arrays.setAll(flat, i -> flat[i] + some[i]));
        return of(latent.name(), field, table(flat, (int) classes));
    }

    /** How many of each cluster are of each class, [clusters · classes]. */
    private static double[] counts(
            LatentVariableModel model, Variable latent, String field, long classes, Batch batch, Pass pass) {
        Tensor clusters = Objects.requireNonNull(model.encode(batch, pass).get(latent.name()))
                .oneHot(latent.codebook()); // [B, clusters]
        Tensor labels =
                batch.get(field).oneHot(classes).times(batch.present(field).unsqueeze(-1)); // [B, classes]
        return clusters.transpose(0, 1).matmul(labels).toHost().toDoubles();
    }

    private static double[][] table(double[] flat, int columns) {
        double[][] table = new double[flat.length / columns][columns];
        for (int i = 0; i < flat.length; i++) {
            table[i / columns][i % columns] = flat[i];
        }
        return table;
    }

    /**
     * Of a table of counts.
     *
     * @param table examples by cluster and by class
     */
    static ClusteringAccuracy of(String latent, String field, double[][] table) {
        double points =
                Stream.of(table).mapToDouble(row -> Arrays.stream(row).sum()).sum();
        double[][] wide = table.length <= table[0].length ? table : transposed(table);
        int[] chosen = Assignment.best(wide);
        double right = 0;
        for (int row = 0; row < chosen.length; row++) {
            right += wide[row][chosen[row]];
        }
        double ofClusters = entropy(sums(transposed(table)), points);
        double ofClasses = entropy(sums(table), points);
        double joint =
                entropy(Arrays.stream(table).flatMapToDouble(Arrays::stream).toArray(), points);
        double information = ofClusters + ofClasses - joint;
        double most = ofClusters + ofClasses;
        return new ClusteringAccuracy(
                latent, field, right / points, most == 0 ? 1 : 2 * information / most, Math.round(points));
    }

    private static double[][] transposed(double[][] table) {
        double[][] transposed = new double[table[0].length][table.length];
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table[0].length; j++) {
                transposed[j][i] = table[i][j];
            }
        }
        return transposed;
    }

    /** Of the columns. */
    private static double[] sums(double[][] table) {
        double[] sums = new double[table[0].length];
        for (double[] row : table) {
            for (int i = 0; i < row.length; i++) {
                sums[i] += row[i];
            }
        }
        return sums;
    }

    /** −Σ p log p in nats of counts. */
    private static double entropy(double[] counts, double all) {
        return Arrays.stream(counts)
                .filter(count -> count > 0)
                .map(count -> -count / all * Math.log(count / all))
                .sum();
    }

    /**
     * As a measure: an array of {@code name}, the field that it is {@code of}, {@code accuracy}, {@code mutualInformation} and the
     * number of {@code points} for each class that the model finds by itself.
     */
    record Kind() implements Measure {
        @Override
        public String name() {
            return "clusters";
        }

        @Override
        public Optional<JsonNode> of(LatentVariableModel model, Examples examples, long seed) {
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            ClusteringAccuracy.of(model, examples, seed)
                    .forEach(found -> json.addObject()
                            .put("name", found.latent())
                            .put("of", found.field())
                            .put("accuracy", found.accuracy())
                            .put("mutualInformation", found.mutualInformation())
                            .put("points", found.points()));
            return Optional.<JsonNode>of(json).filter(found -> !found.isEmpty());
        }

        @Override
        public List<Finding> read(JsonNode measured) {
            List<Finding> findings = new ArrayList<>();
            measured.forEach(found -> findings.add(read(
                    found.path("name").asText(),
                    found.path("of").asText(),
                    100 * found.path("accuracy").asDouble(),
                    found.path("mutualInformation").asDouble(),
                    found.path("points").asLong())));
            return findings;
        }

        private static Finding read(String latent, String field, double accuracy, double information, long points) {
            return new Finding(
                    latent,
                    String.format(
                            Locale.ROOT,
                            "%8.2f %% of %,d are in the cluster of their %s; mutual information %.3f of 1",
                            accuracy,
                            points,
                            field,
                            information),
                    List.of(
                            new Card(
                                    "Clustering accuracy",
                                    String.format(Locale.ROOT, "%.2f", accuracy),
                                    " %",
                                    String.format(Locale.ROOT, "%s, of %,d with their %s", latent, points, field)),
                            new Card(
                                    "Mutual information",
                                    String.format(Locale.ROOT, "%.3f", information),
                                    " of 1",
                                    latent + " and " + field)));
        }
    }
}
