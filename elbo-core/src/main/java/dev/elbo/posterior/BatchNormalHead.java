package dev.elbo.posterior;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Head;
import dev.elbo.nn.BatchNorm;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.option.Options;
import dev.elbo.tensor.Tensor;

/**
 * [..., 2 D] as a diagonal normal whose means are batch-normalised with a scale γ that is not learned. Over a batch the means of a
 * dimension then vary by γ², so that the rate beside N(0, I) is at least D γ² / 2 nats. Zhu et al. (2020), eq. 7 and 8.
 *
 * <p>In use the statistics are running means of training's batches: the bound holds for examples like those.
 *
 * @param norm of the means, whose weight is a buffer of γ
 */
public record BatchNormalHead(BatchNorm norm) implements Head<DiagonalNormal> {
    /** With scale γ. */
    static BatchNormalHead of(int dims, double scale, Initializer initial) {
        BatchNorm learned = BatchNorm.ofVectors(dims, initial);
        return new BatchNormalHead(new BatchNorm(
                initial.buffer(scale, dims),
                learned.bias(),
                learned.running_mean(),
                learned.running_var(),
                learned.eventRank()));
    }

    @Override
    public DiagonalNormal of(Tensor output) {
        return of(output, Pass.deterministic());
    }

    @Override
    public DiagonalNormal of(Tensor output, Pass pass) {
        DiagonalNormal free = new NormalHead().of(output);
        return new DiagonalNormal(norm.forward(free.loc(), pass), free.logVar(), 1);
    }

    /**
     * As an option: {@code batch-normal(0.6)}.
     *
     * @param scale γ
     */
    public record Kind(double scale) implements PosteriorKind {
        /** Validates γ. */
        public Kind {
            if (!(scale > 0 && scale < Float.MAX_VALUE)) {
                throw new IllegalArgumentException("the scale γ of means is positive; got batch-normal("
                        + Options.number(scale) + "); write batch-normal(0.6)");
            }
        }

        @Override
        public int parameters(int dims) {
            return 2 * dims;
        }

        @Override
        public BatchNormalHead head(int dims, Initializer initial) {
            return BatchNormalHead.of(dims, scale, initial);
        }

        @Override
        public boolean isBoundBesideStandardNormal() {
            return true;
        }

        @Override
        public String toString() {
            return "batch-normal(" + Options.number(scale) + ")";
        }
    }
}
