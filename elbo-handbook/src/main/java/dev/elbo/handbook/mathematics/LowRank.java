package dev.elbo.handbook.mathematics;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.LinearAlgebra;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Rows of a normal of low rank, x = A z + noise, and what principal component analysis makes of them.
 *
 * @param rows [N, D]
 * @param mean of the rows, FLOAT64 [D]
 * @param eigenvalues of their covariance, the largest first
 * @param axes its eigenvectors in the same order, FLOAT64, a column each, [D, D]
 */
record LowRank(Tensor rows, Tensor mean, List<Double> eigenvalues, Tensor axes) {
    static final int COLUMNS = 8;
    static final int RANK = 3;
    private static final double[] LENGTHS = {2.5, 1.6, 1};
    private static final double NOISE = 0.5;

    /** N rows in 8 columns that vary along 3 directions, 2.5, 1.6 and 1 far, and 0.5 in all. */
    static LowRank of(int count, long seed) {
        Random random = new Random(seed);
        double[][] directions = new double[RANK][COLUMNS];
        for (double[] direction : directions) {
            for (int i = 0; i < COLUMNS; i++) {
                direction[i] = random.nextGaussian() / Math.sqrt(COLUMNS);
            }
        }
        float[] rows = new float[count * COLUMNS];
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < COLUMNS; i++) {
                rows[n * COLUMNS + i] = (float) (NOISE * random.nextGaussian());
            }
            for (int j = 0; j < RANK; j++) {
                double z = LENGTHS[j] * random.nextGaussian();
                for (int i = 0; i < COLUMNS; i++) {
                    rows[n * COLUMNS + i] += (float) (z * directions[j][i]);
                }
            }
        }
        return analysed(Tensor.of(rows, count, COLUMNS));
    }

    /** Principal component analysis: the eigenvectors of the covariance, and how far rows vary along each. */
    private static LowRank analysed(Tensor rows) {
        Tensor x = rows.to(DType.FLOAT64);
        Tensor mean = x.mean(0);
        Tensor centred = x.minus(mean);
        Tensor covariance = centred.transpose(0, 1).matmul(centred).over((double) x.size(0));
        LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(covariance);
        double[] values = eigen.values().flip(0).toHost().toDoubles();
        return new LowRank(
                rows,
                mean,
                Arrays.stream(values).boxed().toList(),
                eigen.vectors().flip(1));
    }

    /** σ² of the likeliest model with so many latents: the mean of the eigenvalues that it discards. */
    double discarded(int latents) {
        double sum = 0;
        for (int j = latents; j < COLUMNS; j++) {
            sum += eigenvalues.get(j);
        }
        return sum / (COLUMNS - latents);
    }

    /**
     * The highest mean of log p(x) that any model x|z ~ N(W z + b, σ² I) with so many latents has, in nats:
     * −½ (Σ log λⱼ + (D − q) log σ² + D log 2π + D). Tipping and Bishop (1999).
     */
    double highestLogEvidence(int latents) {
        double logs = (COLUMNS - latents) * Math.log(discarded(latents));
        for (int j = 0; j < latents; j++) {
            logs += Math.log(eigenvalues.get(j));
        }
        return -0.5 * (logs + COLUMNS * Math.log(2 * Math.PI) + COLUMNS);
    }
}
