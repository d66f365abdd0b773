package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Flow;
import dev.elbo.nn.AutoregressiveLayer;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * p(z) = N(f⁻¹(z); 0, I) |det ∂f⁻¹(z)/∂z| with f of autoregressive layers: a density in one pass of each layer, and a draw in D of
 * them. Papamakarios et al. (2017); as a prior, Kingma et al. (2016), section 5. It is the same whatever the condition.
 *
 * @param dims D, of z
 * @param device where the base's parameters are made
 * @param layers of f
 */
public record AutoregressiveFlowPrior(int dims, Device device, List<AutoregressiveLayer> layers)
        implements Conditional<Flow> {
    private static final int HIDDEN = 128;

    /** Copies the list. */
    public AutoregressiveFlowPrior {
        layers = List.copyOf(layers);
    }

    /** With layers that start as the identity; each sees the dimensions in the order opposite to that of the one before. */
    public static AutoregressiveFlowPrior of(int dims, int layers, Initializer initial) {
        return new AutoregressiveFlowPrior(
                dims,
                initial.device(),
                IntStream.range(0, layers)
                        .mapToObj(i -> AutoregressiveLayer.of(dims, HIDDEN, i % 2 == 1, initial))
                        .toList());
    }

    @Override
    public Flow given(Pass pass, Tensor... parents) {
        return new Flow(DiagonalNormal.standard(dims, device), layers);
    }

    /**
     * As an option: {@code maf(4)}.
     *
     * @param layers of the flow
     */
    public record Kind(int layers) implements PriorKind.Learned {
        /** Validates the number of layers. */
        public Kind {
            if (layers < 1) {
                throw new IllegalArgumentException("a flow has one layer or more; got maf(" + layers + ")");
            }
        }

        @Override
        public AutoregressiveFlowPrior prior(Beside model, Initializer initial) {
            return AutoregressiveFlowPrior.of(model.latents(), layers, initial);
        }

        @Override
        public String toString() {
            return "maf(" + layers + ")";
        }
    }
}
