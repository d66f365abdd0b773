package dev.elbo.model;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.distribution.Parameterised;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.nn.Codebook;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.prior.CodePrior;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A vector-quantised model that can be followed by eye: each pixel is its own code, by whether it is black, grey or white. */
public final class PixelCodes {
    private static final Shape IMAGE = Shape.of(1, 2, 4);

    private PixelCodes() {}

    /** Codes 0, 1 and 2 at the values 0, ½ and 1; a fourth is far from all pixels. */
    public static VqVae model() {
        Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
        Codebook codebook = new Codebook(
                Tensor.of(new float[] {0, 0.5f, 1, 50}, 4, 1),
                initial.buffer(9, 4),
                initial.buffer(0, 4, 1),
                0.9,
                0.05);
        return new VqVae(
                Sequential.of(),
                codebook,
                CodePrior.of(IMAGE.last(2), 4, 4, 1, initial),
                new Parameterised<>(
                        List.of(),
                        new Reshape(IMAGE, IMAGE.prepend(1)),
                        PixelLikelihood.bernoulli().head("image", initial)),
                "image",
                IMAGE.last(2));
    }

    /** Pictures of which half of the pixels are black, a quarter grey and a quarter white. */
    public static DataSource data(int count) {
        byte[] pixels = new byte[(int) IMAGE.elements() * count];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 4 < 2 ? 0 : i % 4 == 2 ? 127 : 255);
        }
        DataSpec spec = new DataSpec("pixels", Map.of("image", new Field.Image(1, 2, 4)), "");
        return new DataSource(spec, new Split(Map.of("image", HostArray.of(pixels, count, 1, 2, 4))), Optional.empty());
    }
}
