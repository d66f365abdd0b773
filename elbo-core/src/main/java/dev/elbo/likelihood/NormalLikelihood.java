package dev.elbo.likelihood;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * {@code normal}. Grey pixels have one learned variance, the data's at first: Rybkin et al. (2021), section 3. Rows have one for each
 * column, which begins as that of columns that were brought to one scale, 1.
 */
record NormalLikelihood() implements PixelLikelihood {
    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public Head<DiagonalNormal> head(String field, Initializer initial) {
        return new SharedVariance(initial.constant(2 * Spread.log(field, initial, Tensor::square, 2)));
    }

    @Override
    public Shape parameters(Shape example) {
        return example.rank() == 1 ? example : PixelLikelihood.super.parameters(example);
    }

    @Override
    public Head<? extends Distribution> head(String field, Shape example, Initializer initial) {
        return example.rank() == 1
                ? new OfColumns(initial.constant(0, example.elements()))
                : PixelLikelihood.super.head(field, example, initial);
    }

    @Override
    public String toString() {
        return "normal";
    }

    private record SharedVariance(Tensor logVar) implements Head<DiagonalNormal> {
        @Override
        public DiagonalNormal of(Tensor output) {
            return new DiagonalNormal(PixelLikelihood.only(output), logVar, EVENT_RANK);
        }
    }

    /** One variance for each column. */
    private record OfColumns(Tensor logVar) implements Head<DiagonalNormal> {
        @Override
        public DiagonalNormal of(Tensor output) {
            return new DiagonalNormal(output, logVar, 1);
        }
    }
}
