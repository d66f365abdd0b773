package dev.elbo.handbook.practice;

import dev.elbo.handbook.draw.Numbers;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What each latent dimension tells of each factor of the data, in nats: I(zⱼ; vₖ) under p(x) q(z|x), with x any image of the
 * set. The posteriors are normal, so that q(zⱼ) and q(zⱼ|vₖ) are mixtures of normals in one dimension, whose entropies are
 * integrated numerically.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Information(double[][] nats, double[] entropies) {
    private static final int POINTS = 400;
    private static final double BEYOND = 5;

    /**
     * Measures it.
     *
     * @param means of q(zⱼ|x), [dimension][image]
     * @param deviations of the same
     * @param factors places from 0, [factor][image]
     */
    static Information of(double[][] means, double[][] deviations, int[][] factors) {
        double[][] nats = new double[means.length][factors.length];
        double[] entropies = new double[factors.length];
        for (int k = 0; k < factors.length; k++) {
            int values = Arrays.stream(factors[k]).max().orElseThrow() + 1;
            entropies[k] = Math.log(values); // H(vₖ): all values occur equally often
            for (int j = 0; j < means.length; j++) {
                nats[j][k] = mutualInformation(means[j], deviations[j], factors[k], values);
            }
        }
        return new Information(nats, entropies);
    }

    /** I(zⱼ; vₖ) = H(zⱼ) − H(zⱼ | vₖ). */
    private static double mutualInformation(double[] mean, double[] deviation, int[] factor, int values) {
        double information = entropy(mean, deviation, i -> true);
        for (int value = 0; value < values; value++) {
            int chosen = value;
            information -= entropy(mean, deviation, i -> factor[i] == chosen) / values;
        }
        return information;
    }

    /** The entropy of the mixture of N(meanᵢ, deviationᵢ²) over some images, by the sum over a grid. */
    private static double entropy(double[] mean, double[] deviation, IntPredicate isMeant) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < mean.length; i++) {
            low = Math.min(low, mean[i] - BEYOND * deviation[i]);
            high = Math.max(high, mean[i] + BEYOND * deviation[i]);
        }
        double[] grid = Numbers.range(low, high, POINTS);
        double entropy = 0;
        for (double z : grid) {
            double density = density(z, mean, deviation, isMeant);
            entropy -= density > 0 ? density * Math.log(density) * (grid[1] - grid[0]) : 0;
        }
        return entropy;
    }

    private static double density(double z, double[] mean, double[] deviation, IntPredicate isMeant) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < mean.length; i++) {
            if (isMeant.test(i)) {
                double e = (z - mean[i]) / deviation[i];
                sum += Math.exp(-0.5 * e * e) / (deviation[i] * Math.sqrt(2 * Math.PI));
                count++;
            }
        }
        return sum / count;
    }

    /**
     * The mutual information gap: of each factor, how much more the dimension that tells most of it tells than the second, as a
     * part of the factor's entropy; the mean over factors. Chen et al. (2018), section 4.
     */
    double gap() {
        double sum = 0;
        for (int k = 0; k < entropies.length; k++) {
            double[] sorted = of(k);
            Arrays.sort(sorted);
            sum += (sorted[sorted.length - 1] - sorted[sorted.length - 2]) / entropies[k];
        }
        return sum / entropies.length;
    }

    /** What each dimension tells of a factor. */
    double[] of(int factor) {
        return Arrays.stream(nats).mapToDouble(row -> row[factor]).toArray();
    }
}
