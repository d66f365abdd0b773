package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * Σₘ πₘ pₘ with π = softmax(logits): one mixture over M components of one family.
 *
 * @param logits [M]
 * @param components their distributions, a batch of [M], over events of rank {@code eventRank}
 * @param eventRank the number of dimensions of an event
 */
public record Mixture(Tensor logits, Distribution components, int eventRank) implements Distribution {
    /** log Σₘ πₘ pₘ(value), [...]. */
    @Override
    public Tensor logProb(Tensor value) {
        Tensor each = components.logProbUnderEach(value, eventRank); // [..., M]
        return each.plus(logits.logSoftmax(-1)).logSumExp(-1);
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return sample(samples, 1, rng);
    }

    /** Stretches every component about its own centre, so that colder samples still come from all of them. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            Tensor component = new Categorical(logits, 0).sample(samples, rng); // [N]
            Tensor all = components.sample(samples, temperature, rng); // [N, M, event...]
            return chosen(all, component);
        }
    }

    /** Element n of dimension 0 at index n of dimension 1. */
    private static Tensor chosen(Tensor all, Tensor component) {
        long draws = all.size(0);
        long count = all.size(1);
        Tensor rows = Tensor.arange(draws, all.device()).times((double) count).plus(component);
        return all.reshape(all.shape().slice(2, all.rank()).prepend(draws * count))
                .select(0, rows);
    }

    /** The mean, Σₘ πₘ E[pₘ], [event...]. */
    @Override
    public Tensor centre() {
        Tensor weights = logits.softmax(-1);
        for (int i = 0; i < eventRank; i++) {
            weights = weights.unsqueeze(-1);
        }
        return components.centre().times(weights).sum(0);
    }
}
