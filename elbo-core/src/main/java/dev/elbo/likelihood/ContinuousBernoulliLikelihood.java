package dev.elbo.likelihood;

import dev.elbo.distribution.ContinuousBernoulli;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;

/** {@code continuous-bernoulli}, for grey pixels. */
record ContinuousBernoulliLikelihood() implements PixelLikelihood {
    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public Head<ContinuousBernoulli> head(String field, Initializer initial) {
        return new GreyLogits();
    }

    @Override
    public String toString() {
        return "continuous-bernoulli";
    }

    private record GreyLogits() implements Head<ContinuousBernoulli> {
        @Override
        public ContinuousBernoulli of(Tensor output) {
            return new ContinuousBernoulli(PixelLikelihood.only(output), EVENT_RANK);
        }
    }
}
