package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.Parameterised;
import dev.elbo.distribution.VariationalMarginal;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Sequential;
import dev.elbo.posterior.NormalHead;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * p(z) as a VAE of codes: p(z) = ∫ p(z|u) N(u; 0, I) du with as many dimensions of u as z has, and one learned variance of each
 * dimension of z. Dai and Wipf (2019), section 4, whose second stage it is.
 *
 * @param encoder q(u|z)
 * @param decoder p(z|u)
 * @param base p(u)
 */
public record TwoStagePrior(
        Conditional<DiagonalNormal> encoder, Conditional<DiagonalNormal> decoder, StandardNormal base)
        implements Conditional<VariationalMarginal>, OfCodes {

    /**
     * With first weights.
     *
     * @param dims D
     * @param hidden the width of two hidden layers of each network
     */
    public static TwoStagePrior of(int dims, int hidden, Initializer initial) {
        return new TwoStagePrior(
                new Parameterised<>(List.of(), network(dims, hidden, 2L * dims, initial), new NormalHead()),
                new Parameterised<>(
                        List.of(), network(dims, hidden, dims, initial), new SharedVariance(initial.constant(0, dims))),
                new StandardNormal(dims, initial.device()));
    }

    private static Sequential network(int in, int hidden, long out, Initializer initial) {
        return Sequential.of(
                Linear.of(in, hidden, initial),
                Activation.RELU,
                Linear.of(hidden, hidden, initial),
                Activation.RELU,
                Linear.of(hidden, out, initial));
    }

    /** [..., D] as means, with a variance for each dimension. */
    private record SharedVariance(Tensor logVar) implements Head<DiagonalNormal> {
        @Override
        public DiagonalNormal of(Tensor output) {
            return new DiagonalNormal(output, logVar, 1);
        }
    }

    @Override
    public VariationalMarginal given(Pass pass, Tensor... parents) {
        return new VariationalMarginal(encoder, decoder, base.given(pass), pass);
    }

    /** The variances of p(z|u) begin as those of the codes. */
    @Override
    public void begin(Tensor codes, Rng rng) {
        if (decoder instanceof Parameterised<DiagonalNormal> network
                && network.head() instanceof SharedVariance variance) {
            Tensor spread = codes.minus(codes.mean(0)).square().mean(0);
            variance.logVar()
                    .detach()
                    .assign(spread.clamp(Float.MIN_NORMAL, Float.MAX_VALUE).log());
        }
    }

    /**
     * As an option: {@code two-stage(256)}.
     *
     * @param hidden width of the hidden layers
     */
    public record Kind(int hidden) implements PriorKind.Learned {
        /** Validates the width. */
        public Kind {
            if (hidden < 1) {
                throw new IllegalArgumentException("widths of layers are positive; got two-stage(" + hidden + ")");
            }
        }

        @Override
        public TwoStagePrior prior(Beside model, Initializer initial) {
            return TwoStagePrior.of(model.latents(), hidden, initial);
        }

        @Override
        public String toString() {
            return "two-stage(" + hidden + ")";
        }
    }
}
