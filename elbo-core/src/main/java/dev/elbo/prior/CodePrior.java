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

/**
 * p(codes): maps of codes, row by row, by masked convolutions, as a PixelCNN models pixels. Van den Oord et al. (2016), "Pixel
 * Recurrent Neural Networks", table 1. Codes enter as learned vectors, since they have no order; and every place has a learned
 * vector of its own, since a map of codes is small, and its middle is not its border.
 *
 * @param embedding of codes, M to [E]
 * @param first sees the places before, E → C channels
 * @param places what is added at each place, [C, H, W]
 * @param network C channels → M logits; sees a place and those before it
 */
public record CodePrior(Embedding embedding, MaskedConv2d first, Tensor places, Layer network)
        implements Conditional<Autoregressive> {
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
                new Sequential(layers));
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

    @Override
    public Autoregressive given(Pass pass, Tensor... parents) {
        return new Autoregressive(new RowByRow(pass), Shape.of(), map(), places.device());
    }

    /** [H, W]. */
    private Shape map() {
        return places.shape().last(2);
    }

    /**
     * The logits of maps, or of their first rows: places see none after them, so that rows below need not be there.
     *
     * @param codes INT64 [..., rows, W]
     * @return [..., M, rows, W]
     */
    private Tensor logits(Tensor codes, Pass pass) {
        Tensor channels = embedding.forward(codes, pass).moveDim(-1, -3); // [..., E, rows, W]
        Tensor before = first.forward(channels, pass).plus(places.narrow(-2, 0, codes.size(-2)));
        return network.forward(before, pass).to(DType.FLOAT32);
    }

    private final class RowByRow implements Successor {
        private final Pass pass;

        RowByRow(Pass pass) {
            this.pass = pass;
        }

        @Override
        public Tensor logits(Tensor values) {
            Shape leading = values.shape().dropLast(1);
            long columns = map().size(1);
            Tensor maps = values.reshape(leading.append(values.size(-1) / columns, columns));
            Tensor logits = CodePrior.this.logits(maps, pass).moveDim(-3, -1); // [..., rows, W, M]
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
