package dev.elbo.model;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.tensor.Tensor;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Codes and the normal posteriors they were drawn from, in double precision: the parts of the rate, with q(z) the mean of all
 * posteriors, written out as sums.
 *
 * @param z of each example, [N][D]
 * @param loc means of the posteriors, [N][D]
 * @param logVar log-variances of the same, [N][D]
 */
@SuppressWarnings("ArrayRecordComponent") // numbers to be summed, which nobody compares
public record NormalMixture(double[][] z, double[][] loc, double[][] logVar) {
    /** One code of each example, [1, N, D], and the posteriors, [N, D]. */
    public static NormalMixture of(Tensor codes, DiagonalNormal posterior) {
        return new NormalMixture(
                rows(codes.squeeze(0)),
                rows(posterior.loc()),
                rows(posterior.logVar().expand(posterior.loc().shape())));
    }

    private static double[][] rows(Tensor matrix) {
        return IntStream.range(0, (int) matrix.size(0))
                .mapToObj(i -> matrix.get(0, i).toHost().toDoubles())
                .toArray(double[][]::new);
    }

    /** E log q(z|x) − log q(z). */
    public double mutualInformation() {
        return mean(i -> own(i) - joint(i));
    }

    /** E log q(z) − Σⱼ log q(zⱼ). */
    public double totalCorrelation() {
        return mean(i -> joint(i) - marginals(i));
    }

    /** E Σⱼ log q(zⱼ) − log p(z) with p(z) = N(0, I). */
    public double dimensionWise() {
        return mean(i -> marginals(i) - prior(i));
    }

    private double own(int i) {
        return IntStream.range(0, dims()).mapToDouble(j -> logDensity(i, i, j)).sum();
    }

    private double joint(int i) {
        return Math.log(mean(n -> Math.exp(
                IntStream.range(0, dims()).mapToDouble(j -> logDensity(i, n, j)).sum())));
    }

    private double marginals(int i) {
        return IntStream.range(0, dims())
                .mapToDouble(j -> Math.log(mean(n -> Math.exp(logDensity(i, n, j)))))
                .sum();
    }

    private double prior(int i) {
        return IntStream.range(0, dims())
                .mapToDouble(j -> -0.5 * (z[i][j] * z[i][j] + Math.log(2 * Math.PI)))
                .sum();
    }

    /** log q(zᵢⱼ | xₙ). */
    private double logDensity(int i, int n, int j) {
        double distance = z[i][j] - loc[n][j];
        return -0.5 * (distance * distance / Math.exp(logVar[n][j]) + logVar[n][j] + Math.log(2 * Math.PI));
    }

    private int dims() {
        return z[0].length;
    }

    private double mean(IntToDoubleFunction figure) {
        return IntStream.range(0, z.length).mapToDouble(figure).average().orElseThrow();
    }
}
