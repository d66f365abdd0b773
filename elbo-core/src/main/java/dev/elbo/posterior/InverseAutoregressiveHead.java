package dev.elbo.posterior;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.InverseAutoregressive;
import dev.elbo.distribution.NormalisingFlow;
import dev.elbo.nn.AutoregressiveStep;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * [..., 2 D + C] as means and log-variances of a normal, and the context of the autoregressive steps that move it. Kingma et
 * al. (2016), algorithm 1.
 *
 * @param dims D
 * @param steps the first applied first
 */
public record InverseAutoregressiveHead(int dims, List<AutoregressiveStep> steps) implements Head<NormalisingFlow> {
    private static final int CONTEXT = 64;
    private static final int HIDDEN = 256;

    /** Copies the list. */
    public InverseAutoregressiveHead {
        steps = List.copyOf(steps);
    }

    /** With first weights; each step sees the dimensions in the order opposite to that of the one before. */
    public static InverseAutoregressiveHead of(int dims, int steps, Initializer initial) {
        return new InverseAutoregressiveHead(
                dims,
                IntStream.range(0, steps)
                        .mapToObj(i -> AutoregressiveStep.of(dims, CONTEXT, HIDDEN, i % 2 == 1, initial))
                        .toList());
    }

    @Override
    public NormalisingFlow of(Tensor output) {
        Tensor normal = output.narrow(-1, 0, 2L * dims);
        Tensor context = output.narrow(-1, 2L * dims, output.size(-1) - 2L * dims);
        return new NormalisingFlow(
                new DiagonalNormal(normal.half(0), normal.half(1), 1),
                steps.stream()
                        .map(step -> new InverseAutoregressive(step, context))
                        .toList());
    }

    /**
     * As an option: {@code iaf(2)}.
     *
     * @param steps of the flow
     */
    public record Kind(int steps) implements PosteriorKind {
        /** Validates the number of steps. */
        public Kind {
            if (steps < 1) {
                throw new IllegalArgumentException("a flow has one step or more; got iaf(" + steps + ")");
            }
        }

        @Override
        public int parameters(int dims) {
            return 2 * dims + CONTEXT;
        }

        @Override
        public InverseAutoregressiveHead head(int dims, Initializer initial) {
            return InverseAutoregressiveHead.of(dims, steps, initial);
        }

        @Override
        public String toString() {
            return "iaf(" + steps + ")";
        }
    }
}
