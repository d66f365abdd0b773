package dev.elbo.likelihood;

import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.Laplace;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * {@code laplace}. Grey pixels have one learned scale, the data's at first; rows have one for each column, which begins as that of
 * columns that were brought to one scale, 1.
 */
record LaplaceLikelihood() implements PixelLikelihood {
    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public Head<Laplace> head(String field, Initializer initial) {
        return new SharedScale(initial.constant(Spread.log(field, initial, Tensor::abs, 1)));
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
        return "laplace";
    }

    private record SharedScale(Tensor logScale) implements Head<Laplace> {
        @Override
        public Laplace of(Tensor output) {
            return new Laplace(PixelLikelihood.only(output), logScale, EVENT_RANK);
        }
    }

    /** One scale for each column. */
    private record OfColumns(Tensor logScale) implements Head<Laplace> {
        @Override
        public Laplace of(Tensor output) {
            return new Laplace(output, logScale, 1);
        }
    }
}
