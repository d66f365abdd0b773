package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers that all read the first one's input: h₁ = first(x), and then h ← layer(f(h)) + skip(x), with a linear map of x for each. Dieng
 * et al. (2019), section 3: from z the data are reached by a short way, so that z does not fall silent behind many layers.
 *
 * @param first reads x, [..., in]
 * @param layers those after it, to [..., C], or to [..., C, H, W], each place of which is then moved by what is said of its channel
 * @param skips from x to C of each of these
 * @param activation f
 */
public record SkipConnections(Layer first, List<Layer> layers, List<Linear> skips, Activation activation)
        implements Layer {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there are not as many layers as skips
     */
    public SkipConnections {
        layers = List.copyOf(layers);
        skips = List.copyOf(skips);
        if (layers.size() != skips.size()) {
            throw new IllegalArgumentException(
                    "each layer has a skip; got " + layers.size() + " layers and " + skips.size() + " skips");
        }
    }

    /**
     * With new skips.
     *
     * @param in of x
     * @param widths C of each layer
     */
    public static SkipConnections of(
            Layer first, List<Layer> layers, long in, List<Long> widths, Activation activation, Initializer initial) {
        List<Linear> skips = new ArrayList<>();
        widths.forEach(width -> skips.add(Linear.of(in, width, initial)));
        return new SkipConnections(first, layers, skips, activation);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor h = first.forward(x, pass);
        for (int i = 0; i < layers.size(); i++) {
            Tensor y = layers.get(i).forward(activation.forward(h, pass), pass);
            h = y.plus(overPlaces(skips.get(i).forward(x, pass), y.rank() - x.rank()));
        }
        return h;
    }

    /** [..., C] as [..., C, 1, 1] beside maps. */
    private static Tensor overPlaces(Tensor vector, int dims) {
        Tensor wide = vector;
        for (int i = 0; i < dims; i++) {
            wide = wide.unsqueeze(-1);
        }
        return wide;
    }
}
