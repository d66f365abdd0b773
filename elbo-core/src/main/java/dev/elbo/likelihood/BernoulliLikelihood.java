package dev.elbo.likelihood;

import dev.elbo.data.Pixels;
import dev.elbo.distribution.Bernoulli;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;
import java.util.List;

/** {@code bernoulli}, for binary pixels, or grey ones taken as probabilities. */
record BernoulliLikelihood() implements PixelLikelihood {
    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public Head<Bernoulli> head(String field, Initializer initial) {
        return new Logits();
    }

    @Override
    public List<Pixels> treatments() {
        return List.of(Pixels.DYNAMIC, Pixels.STATIC, Pixels.PROBABILITIES);
    }

    @Override
    public boolean isProbability(Pixels treatment) {
        return treatment == Pixels.DYNAMIC || treatment == Pixels.STATIC;
    }

    @Override
    public String toString() {
        return "bernoulli";
    }

    private record Logits() implements Head<Bernoulli> {
        @Override
        public Bernoulli of(Tensor output) {
            return new Bernoulli(PixelLikelihood.only(output), EVENT_RANK);
        }
    }
}
