package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Mixture;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.stream.LongStream;

/**
 * p(z) = Σₘ πₘ N(locₘ, diag(exp(logVarₘ))), whose weights, means and variances are learned, whatever the condition. Tomczak and
 * Welling (2018), section 2, with weights of their own. Means begin spread as N(0, I) is.
 *
 * @param logits of the weights π, [M]
 * @param loc [M, D]
 * @param logVar [M, D]
 */
public record MixturePrior(Tensor logits, Tensor loc, Tensor logVar) implements Conditional<Mixture>, OfCodes {
    /** A dimension that codes do not use has no width. */
    private static final double LEAST = 1e-6;

    @Override
    public Mixture given(Pass pass, Tensor... parents) {
        return new Mixture(logits, new DiagonalNormal(loc, logVar, 1), 1);
    }

    /**
     * Means are put onto codes, spread evenly over those there are; variances are those of all codes over M^(2/D). Where there are
     * fewer codes than components, those that share one are moved by what they were at random: alike, they would stay alike.
     */
    @Override
    public void begin(Tensor codes) {
        long count = logits.size(0);
        long all = codes.size(0);
        long[] rows = LongStream.range(0, count)
                .map(m -> count <= all ? m * all / count : m % all)
                .toArray();
        Tensor variance = codes.minus(codes.mean(0)).square().mean(0).clamp(LEAST, Float.MAX_VALUE);
        double share = 2.0 / loc.size(1) * Math.log((double) count); // M balls that fill the room of one
        Tensor width = variance.log().minus(share);
        Tensor repeated =
                Tensor.arange(count, codes.device()).atLeast((double) all).unsqueeze(-1);
        Tensor aside = loc.detach().times(width.times(0.5).exp());
        Tensor chosen = codes.select(0, Tensor.of(rows, count).to(codes.device()));
        loc.detach().assign(repeated.where(chosen.plus(aside), chosen));
        logVar.detach().assign(width.expand(logVar.shape()));
    }

    /**
     * As an option: {@code mixture(10)}.
     *
     * @param components M
     */
    public record Kind(int components) implements PriorKind {
        /** Validates M. */
        public Kind {
            if (components < 1) {
                throw new IllegalArgumentException(
                        "a mixture has one component or more; got mixture(" + components + ")");
            }
        }

        @Override
        public MixturePrior prior(Beside model, Initializer initial) {
            return new MixturePrior(
                    initial.constant(0, components),
                    initial.normal(1, components, model.latents()),
                    initial.constant(0, components, model.latents()));
        }

        @Override
        public String toString() {
            return "mixture(" + components + ")";
        }
    }
}
