package dev.elbo.distribution;

import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * A conditional whose parameters a network computes: {@code head(network([stem₁(parent₁), …]))}. Stems
 * turn the parents into vectors, [..., width], which are concatenated.
 *
 * @param stems a layer for each parent; none if there is one parent, which then enters as it is
 */
public record Parameterised<D extends Distribution>(List<Layer> stems, Layer network, Head<D> head)
        implements Conditional<D> {

    /** Copies the list. */
    public Parameterised {
        stems = List.copyOf(stems);
    }

    @Override
    public D given(Pass pass, Tensor... parents) {
        return head.of(network.forward(stems.isEmpty() ? parents[0] : join(pass, parents), pass));
    }

    private Tensor join(Pass pass, Tensor... parents) {
        if (parents.length != stems.size()) {
            throw new IllegalArgumentException(
                    "a conditional on " + stems.size() + " parents was given " + parents.length);
        }
        Tensor[] vectors = new Tensor[parents.length];
        for (int i = 0; i < parents.length; i++) {
            vectors[i] = stems.get(i).forward(parents[i], pass);
        }
        return Tensor.cat(-1, expanded(vectors));
    }

    /** With the leading dimensions of the one that has most: [B, 10] beside [K, B, 20] → [K, B, 10]. */
    private static Tensor[] expanded(Tensor[] vectors) {
        Shape leading = vectors[0].shape().dropLast(1);
        for (Tensor vector : vectors) {
            if (vector.rank() > leading.rank() + 1) {
                leading = vector.shape().dropLast(1);
            }
        }
        Tensor[] expanded = new Tensor[vectors.length];
        for (int i = 0; i < vectors.length; i++) {
            expanded[i] = vectors[i].expand(leading.append(vectors[i].size(-1)));
        }
        return expanded;
    }
}
