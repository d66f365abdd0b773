package dev.elbo.posterior;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Options;
import dev.elbo.tensor.Tensor;

/**
 * [..., 2 D] as a diagonal normal whose variances stay below a bound v, so that its rate beside N(0, I) is at least δ nats whatever the
 * means are. Razavi et al. (2019), section 2, where the least rate over a family of posteriors is kept above δ.
 *
 * <p>Each dimension has δ / D of it: the rate of mean 0 and variance v is ½ (v − 1 − log v), which grows as v falls below 1, and v is
 * where it is δ / D. The paper's own prior is autoregressive over a sequence, and its variances have a lower bound too, for decoders that
 * are autoregressive; here z is one vector.
 *
 * @param mostLogVar log v
 */
public record DeltaHead(double mostLogVar) implements Head<DiagonalNormal> {
    private static final int STEPS = 60;

    /** For a least rate of a dimension in nats. */
    static DeltaHead of(double nats) {
        return new DeltaHead(logVar(nats));
    }

    /** The negative root l of ½ (exp(l) − 1 − l) = nats, by Newton's steps, which fall short of it from below. */
    private static double logVar(double nats) {
        double l = -1 - 2 * nats;
        for (int i = 0; i < STEPS; i++) {
            l -= (Math.expm1(l) - l - 2 * nats) / Math.expm1(l);
        }
        return l;
    }

    /** log σ² = log v − softplus(what the encoder says). */
    @Override
    public DiagonalNormal of(Tensor output) {
        DiagonalNormal free = new NormalHead().of(output);
        return new DiagonalNormal(free.loc(), free.logVar().softplus().negate().plus(mostLogVar), 1);
    }

    /**
     * As an option: {@code delta(5)}.
     *
     * @param nats δ, of all dimensions together
     */
    public record Kind(double nats) implements PosteriorKind {
        /** Validates δ. */
        public Kind {
            if (!(nats > 0 && nats < Float.MAX_VALUE)) {
                throw new IllegalArgumentException("the least rate δ is a positive number of nats; got delta("
                        + Options.number(nats) + "); without one it is posterior=normal");
            }
        }

        @Override
        public int parameters(int dims) {
            return 2 * dims;
        }

        @Override
        public DeltaHead head(int dims, Initializer initial) {
            return DeltaHead.of(nats / dims);
        }

        @Override
        public boolean isBoundBesideStandardNormal() {
            return true;
        }

        @Override
        public String toString() {
            return "delta(" + Options.number(nats) + ")";
        }
    }
}
