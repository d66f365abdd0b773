package dev.elbo.evaluate;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Variable;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
}
