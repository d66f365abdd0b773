package dev.elbo.exhibit;

import dev.elbo.model.Variable;
import dev.elbo.tensor.HostArray;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Where the prior of a vector lies, dimension by dimension. Codes with a rate are paid for by a prior near N(0, I), which is taken
 * for it; points lie where they like, and their prior is measured.
 *
 * @param means of each dimension
 * @param deviations of each dimension
 */
record PriorSpread(List<Double> means, List<Double> deviations) {
    /** Draws by which a prior is measured: its deviations are then known to some percent. */
    private static final int DRAWS = 1000;

    static PriorSpread of(Showing showing, Variable latent) {
        int dims = (int) latent.shape().elements();
        boolean isOfPoints = showing.rates().get().stream()
                .anyMatch(known -> known.name().equals(latent.name()) && Double.isNaN(known.rate()));
        return isOfPoints
                ? measured(showing, latent, dims)
                : new PriorSpread(Collections.nCopies(dims, 0.0), Collections.nCopies(dims, 1.0));
    }

    private static PriorSpread measured(Showing showing, Variable latent, int dims) {
        Map<String, HostArray> conditions = new Conditions(showing).first(DRAWS);
        double[] draws = Objects.requireNonNull(
                        showing.generator().latents(DRAWS, conditions, 1, 0).get(latent.name()))
                .toDoubles();
        List<Double> means = IntStream.range(0, dims)
                .mapToObj(j -> mean(draws, dims, j, 0, 1))
                .toList();
        List<Double> deviations = IntStream.range(0, dims)
                .mapToObj(j -> Math.sqrt(mean(draws, dims, j, means.get(j), 2)))
                .toList();
        return new PriorSpread(means, deviations);
    }

    /** The mean of (z − centre)^power over draws. */
    private static double mean(double[] draws, int dims, int dim, double centre, int power) {
        return IntStream.range(0, draws.length / dims)
                .mapToDouble(i -> Math.pow(draws[i * dims + dim] - centre, power))
                .average()
                .orElseThrow();
    }

    /** The value so many deviations from the mean. */
    double at(int dim, double standard) {
        return means.get(dim) + standard * deviations.get(dim);
    }
}
