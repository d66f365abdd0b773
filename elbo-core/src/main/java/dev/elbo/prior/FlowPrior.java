package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Flow;
import dev.elbo.nn.Coupling;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * p(z) = N(f⁻¹(z); 0, I) |det ∂f⁻¹(z)/∂z| with f of affine coupling layers, which move the halves of z in turn: a prior that
 * is fitted to the posteriors. Dinh et al. (2017); as a prior, Chen et al. (2017), section 3.2. It is the same whatever the
 * condition.
 *
 * @param dims D, of z
 * @param device where the base's parameters are made
 * @param layers of f
 */
public record FlowPrior(int dims, Device device, List<Coupling> layers) implements Conditional<Flow> {
    private static final int HIDDEN = 128;

    /** Copies the list. */
    public FlowPrior {
        layers = List.copyOf(layers);
    }

    /**
     * With layers that start as the identity, so that the prior starts as N(0, I).
     *
     * @throws IllegalArgumentException if z has one dimension
     */
    public static FlowPrior of(int dims, int layers, Initializer initial) {
        return new FlowPrior(
                dims,
                initial.device(),
                IntStream.range(0, layers)
                        .mapToObj(i -> Coupling.of(dims, HIDDEN, i % 2 == 0, initial))
                        .toList());
    }

    @Override
    public Flow given(Pass pass, Tensor... parents) {
        return new Flow(DiagonalNormal.standard(dims, device), layers);
    }

    /**
     * As an option: {@code flow(4)}.
     *
     * @param layers of the flow
     */
    public record Kind(int layers) implements PriorKind.Learned {
        /** Validates the number of layers. */
        public Kind {
            if (layers < 1) {
                throw new IllegalArgumentException("a flow has one layer or more; got flow(" + layers + ")");
            }
        }

        @Override
        public FlowPrior prior(Beside model, Initializer initial) {
            return FlowPrior.of(model.latents(), layers, initial);
        }

        @Override
        public String toString() {
            return "flow(" + layers + ")";
        }
    }
}
