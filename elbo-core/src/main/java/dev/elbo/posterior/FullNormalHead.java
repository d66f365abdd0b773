package dev.elbo.posterior;

import dev.elbo.distribution.FullNormal;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * [..., D + D (D + 1) / 2] as means of a normal, the logarithms of its Cholesky factor's diagonal, and what is below that.
 *
 * @param dims D
 * @param places which of these numbers stands where in the factor, INT64 [D · D]; one past the last is 0
 */
public record FullNormalHead(int dims, Tensor places) implements Head<FullNormal> {
    /** For D dimensions. */
    public static FullNormalHead of(int dims, Device device) {
        long[] places = new long[dims * dims];
        long next = dims;
        for (int row = 0; row < dims; row++) {
            for (int column = 0; column < row; column++) {
                places[row * dims + column] = next++;
            }
        }
        for (int row = 0; row < dims; row++) {
            places[row * dims + row] = row;
            Arrays.fill(places, row * dims + row + 1, (row + 1) * dims, next);
        }
        return new FullNormalHead(dims, Tensor.of(places, places.length).to(device));
    }

    /** Without the places, which are a part of the architecture. */
    @Override
    public Map<String, Tensor> state() {
        return Map.of();
    }

    @Override
    public FullNormal of(Tensor output) {
        Tensor loc = output.narrow(-1, 0, dims);
        Tensor diagonal = output.narrow(-1, dims, dims).exp();
        Tensor below = output.narrow(-1, 2L * dims, output.size(-1) - 2L * dims);
        Tensor nothing = output.detach().narrow(-1, 0, 1).zerosLike();
        Tensor factor = Tensor.cat(-1, diagonal, below, nothing).select(-1, places);
        return new FullNormal(loc, factor.reshape(loc.shape().append(dims)));
    }

    /** As an option: {@code full}. */
    public record Kind() implements PosteriorKind.WithDensity {
        @Override
        public int parameters(int dims) {
            return dims + dims * (dims + 1) / 2;
        }

        @Override
        public FullNormalHead head(int dims, Initializer initial) {
            return FullNormalHead.of(dims, initial.device());
        }

        @Override
        public String toString() {
            return "full";
        }
    }
}
