package dev.elbo.bench;

import dev.elbo.objective.Iwae;
import dev.elbo.objective.Objective;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** How many floating-point operations a training step takes for one example: those of matrix products and convolutions. */
final class Arithmetic {
    private Arithmetic() {}

    /**
     * Counts two for each weight and each place where it is used, forward, and twice as many backward; but the first
     * layer passes no gradient on.
     *
     * @param parameters of networks that halve images at each convolution and double them at each transposed one
     * @param side of the images
     */
    static double ofExample(Map<String, Tensor> parameters, Objective objective, int side) {
        double total = 0;
        double first = 0;
        long encoding = side;
        long decoding = deepest(parameters, side);
        for (Map.Entry<String, Tensor> entry : parameters.entrySet()) {
            Tensor weight = entry.getValue();
            if (weight.rank() < 2) {
                continue;
            }
            boolean decoder = entry.getKey().startsWith("likelihood");
            long places = 1;
            if (weight.rank() == 4 && decoder) {
                places = decoding * decoding;
                decoding = next(decoding, side);
            } else if (weight.rank() == 4) {
                encoding = (encoding + 1) / 2;
                places = encoding * encoding;
            }
            int samples = decoder && objective instanceof Iwae iwae ? iwae.samples() : 1;
            double forward = 2.0 * weight.shape().elements() * places * samples;
            first = first == 0 ? forward : first;
            total += forward;
        }
        return 3 * total - first;
    }

    private static long deepest(Map<String, Tensor> parameters, long side) {
        long size = side;
        for (Map.Entry<String, Tensor> entry : parameters.entrySet()) {
            if (entry.getValue().rank() == 4 && !entry.getKey().startsWith("likelihood")) {
                size = (size + 1) / 2;
            }
        }
        return size;
    }

    /** The size that halves, rounded up, to this one, on the way from the side. */
    private static long next(long size, long side) {
        long larger = side;
        while ((larger + 1) / 2 > size) {
            larger = (larger + 1) / 2;
        }
        return larger;
    }
}
