package dev.elbo.prior;

import dev.elbo.distribution.Autoregressive;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Successor;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Conv2d;
import dev.elbo.nn.Embedding;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.MaskedConv2d;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Residual;
import dev.elbo.nn.Sequential;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * p(codes): maps of codes, row by row, by masked convolutions, as a PixelCNN models pixels. Van den Oord et al. (2016), "Pixel
 * Recurrent Neural Networks", table 1. Codes enter as learned vectors, since they have no order; and every place has a learned
 * vector of its own, since a map of codes is small, and its middle is not its border.
 *
 * @param embedding of codes, M to [E]
 * @param first sees the places before, E → C channels
 * @param places what is added at each place, [C, H, W]
 * @param network C channels → M logits; sees a place and those before it
 * @param above what a parent adds at each place, of [..., D, H', W'] to [..., C, H, W]; empty if there is none
 */
public record CodePrior(Embedding embedding, MaskedConv2d first, Tensor places, Layer network, Optional<Layer> above)
        implements Conditional<Autoregressive> {
    /** C, H and W. */
    private static final int MAP_RANK = 3;

    private static final int FIRST_KERNEL = 7;
    private static final int KERNEL = 3;

    /**
     * With first weights.
     *
     * @param map [H, W]
     * @param codes M
     * @param channels C, an even number
     * @param blocks how many residual blocks the network has
     */
    public static CodePrior of(Shape map, long codes, int channels, int blocks, Initializer initial) {
        if (channels < 2 || channels % 2 != 0 || blocks < 0) {
            throw new IllegalArgumentException(
                    "a prior over codes has an even number of channels, 2 or more, and 0 or more"
                            + " residual blocks; got " + channels + " and " + blocks);
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            layers.add(block(channels, initial));
        }
        layers.add(Activation.RELU);
        layers.add(Conv2d.of(channels, channels, 1, 1, 0, initial));
        layers.add(Activation.RELU);
        layers.add(Conv2d.of(channels, codes, 1, 1, 0, initial));
        int width = Math.max(1, channels / 4);
        return new CodePrior(
                Embedding.of(codes, width, initial),
                MaskedConv2d.of(width, channels, FIRST_KERNEL, false, initial),
                initial.constant(0, channels, map.size(0), map.size(1)),
                new Sequential(layers),
                Optional.empty());
    }

    /**
     * The same, of maps that are made under another one: all places see all of it.
     *
     * @param network of the other map, [..., D, H', W'] → [..., C, H, W]
     */
    public CodePrior under(Layer network) {
        return new CodePrior(embedding, first, places, this.network, Optional.of(network));
    }

    private static Layer block(int channels, Initializer initial) {
        int half = channels / 2;
        return new Residual(Sequential.of(
                Activation.RELU,
                Conv2d.of(channels, half, 1, 1, 0, initial),
                Activation.RELU,
                MaskedConv2d.of(half, half, KERNEL, true, initial),
                Activation.RELU,
                Conv2d.of(half, channels, 1, 1, 0, initial)));
    }

    /**
     * The distribution.
     *
     * @param parents none; or the map above, as vectors, [batch..., D, H', W']
     */
    @Override
    public Autoregressive given(Pass pass, Tensor... parents) {
        if (parents.length != (above.isPresent() ? 1 : 0)) {
            throw new IllegalArgumentException("a prior over codes with "
                    + (above.isPresent() ? "one parent" : "no parent") + " was given " + parents.length);
        }
        Tensor added =
                above.map(layer -> places.plus(layer.forward(parents[0], pass))).orElse(places);
        return new Autoregressive(new RowByRow(added, pass), added.shape().dropLast(MAP_RANK), map(), places.device());
    }

    /** [H, W]. */
    private Shape map() {
        return places.shape().last(2);
    }

    /**
     * The logits of maps, or of their first rows: places see none after them, so that rows below need not be there.
     *
     * @param codes INT64 [..., rows, W]
     * @param added at each place, [..., C, H, W]
     * @return [..., M, rows, W]
     */
    private Tensor logits(Tensor codes, Tensor added, Pass pass) {
        Tensor channels = embedding.forward(codes, pass).moveDim(-1, -3); // [..., E, rows, W]
        Tensor before = first.forward(channels, pass).plus(added.narrow(-2, 0, codes.size(-2)));
        return network.forward(before, pass).to(DType.FLOAT32);
    }

    private final class RowByRow implements Successor {
        private final Tensor added;
        private final Pass pass;

        RowByRow(Tensor added, Pass pass) {
            this.added = added;
            this.pass = pass;
        }

        @Override
        public Tensor logits(Tensor values) {
            Shape leading = values.shape().dropLast(1);
            long columns = map().size(1);
            Tensor maps = values.reshape(leading.append(values.size(-1) / columns, columns));
            Tensor logits = CodePrior.this.logits(maps, added, pass).moveDim(-3, -1); // [..., rows, W, M]
            return logits.reshape(leading.append(values.size(-1), logits.size(-1)));
        }

        /** Looks at the rows that there are. */
        @Override
        public Tensor next(Tensor beginning) {
            long columns = map().size(1);
            long place = beginning.size(-1);
            long missing = columns - place % columns;
            Shape rest = beginning.shape().dropLast(1).append(missing);
            Tensor unknown = Tensor.zeros(DType.INT64, beginning.device(), rest);
            return logits(Tensor.cat(-1, beginning, unknown)).get(-2, place);
        }
    }
}
