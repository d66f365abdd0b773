package dev.elbo.nn;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/**
 * The two layers of a masked autoencoder: an output for a dimension is made of a context and of the dimensions before it alone.
 * Germain et al. (2015), eq. 12 and 13, with hidden units spread evenly over the dimensions.
 */
final class Made {
    private Made() {}

    /**
     * From the dimensions and a context to a hidden layer.
     *
     * @param dims D
     * @param contexts the width of the context, which stands behind the dimensions
     * @param fromLast whether the order of dimensions is from the last to the first
     */
    static MaskedLinear hidden(int dims, int contexts, int width, boolean fromLast, Initializer initial) {
        int inputs = dims + contexts;
        float[] mask = new float[width * inputs];
        for (int unit = 0; unit < width; unit++) {
            Arrays.fill(mask, unit * inputs + dims, (unit + 1) * inputs, 1);
            for (int place = 0; place < dims; place++) {
                mask[unit * inputs + dim(place, dims, fromLast)] = sees(unit, place, dims, width) ? 1 : 0;
            }
        }
        return layer(mask, width, inputs, initial);
    }

    /** From the hidden layer to {@code each} numbers for every dimension: all first ones, then all second ones. */
    static MaskedLinear output(int dims, int width, int each, boolean fromLast, Initializer initial) {
        float[] mask = new float[each * dims * width];
        for (int row = 0; row < each * dims; row++) {
            for (int unit = 0; unit < width; unit++) {
                mask[row * width + unit] = sees(unit, dim(row % dims, dims, fromLast), dims, width) ? 0 : 1;
            }
        }
        return layer(mask, each * dims, width, initial);
    }

    /** A unit sees so many dimensions, 0 to D − 1: the first only the context. */
    private static boolean sees(int unit, int place, int dims, int width) {
        return place < unit * dims / width;
    }

    /** The dimension at a place of the order, and as well the place of a dimension. */
    private static int dim(int place, int dims, boolean fromLast) {
        return fromLast ? dims - 1 - place : place;
    }

    private static MaskedLinear layer(float[] mask, int out, int in, Initializer initial) {
        return MaskedLinear.of(Tensor.of(HostArray.of(mask, out, in), initial.device()), initial);
    }
}
