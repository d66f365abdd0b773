package dev.elbo.likelihood;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.Laplace;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;

/**
 * The families for rows of real numbers whose columns were brought to one scale. Each reads a location for each column, [..., D],
 * and has a learned scale for each, which begins as that of the data, 1.
 */
public final class RowLikelihood {
    private RowLikelihood() {}

    /**
     * The head that turns locations into a distribution over rows.
     *
     * @param family {@link PixelLikelihood#NORMAL} or {@link PixelLikelihood#LAPLACE}
     * @param columns D
     * @throws IllegalArgumentException for any other family: rows are real numbers
     */
    public static Head<? extends Distribution> head(PixelLikelihood family, int columns, Initializer initial) {
        return switch (family) {
            case NORMAL -> new Normal(initial.constant(0, columns));
            case LAPLACE -> new Laplacian(initial.constant(0, columns));
            case BERNOULLI, CONTINUOUS_BERNOULLI, LOGISTIC_MIXTURE ->
                throw new IllegalArgumentException(
                        "rows are real numbers of any size, and this likelihood is of numbers from 0 to 1; set"
                                + " likelihood=normal or likelihood=laplace");
        };
    }

    /** One variance for each column. */
    private record Normal(Tensor logVar) implements Head<DiagonalNormal> {
        @Override
        public DiagonalNormal of(Tensor output) {
            return new DiagonalNormal(output, logVar, 1);
        }
    }

    /** One scale for each column. */
    private record Laplacian(Tensor logScale) implements Head<Laplace> {
        @Override
        public Laplace of(Tensor output) {
            return new Laplace(output, logScale, 1);
        }
    }
}
