package dev.elbo.distribution;

import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * A conditional whose parameters a network computes: {@code head(network([stem₁(parent₁), …]))}. Stems
 * turn the parents into vectors, [..., width], which are concatenated.
 *
 * @param stems a layer for each parent; none if there is one parent, which then enters as it is
 */
public record Parameterised<D extends RandomVariable>(List<Layer> stems, Layer network, Head<D> head)
        implements Conditional<D> {

    /** Copies the list. */
    public Parameterised {
        stems = List.copyOf(stems);
    }

    /**
     * The distribution.
     *
     * @throws IllegalArgumentException if there are more or fewer parents than stems, or than the one without stems
     */
    @Override
    public D given(Pass pass, Tensor... parents) {
        if (parents.length != Math.max(1, stems.size())) {
            throw new IllegalArgumentException("a conditional on " + Math.max(1, stems.size()) + " was given "
                    + parents.length + " parents; each of several needs a stem");
        }
        Tensor output =
                stems.isEmpty() ? network.forward(parents[0], pass) : network.forward(pass, vectors(pass, parents));
        // densities are FLOAT32 even where products are not: their sums of a hundred nats need more than 8 bits
        return head.of(output.dtype().bytes() < DType.FLOAT32.bytes() ? output.to(DType.FLOAT32) : output, pass);
    }

    private Tensor[] vectors(Pass pass, Tensor... parents) {
        Tensor[] vectors = new Tensor[parents.length];
        for (int i = 0; i < parents.length; i++) {
            vectors[i] = stems.get(i).forward(parents[i], pass);
        }
        return vectors;
    }
}
