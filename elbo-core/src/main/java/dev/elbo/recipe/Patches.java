package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.likelihood.Likelihood;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.LayerNorm;
import dev.elbo.nn.Linear;
import dev.elbo.nn.MeanOverSequence;
import dev.elbo.nn.MultiHeadAttention;
import dev.elbo.nn.PatchEmbedding;
import dev.elbo.nn.Residual;
import dev.elbo.nn.Sequential;
import dev.elbo.option.About;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A transformer as encoder, over an image's patches, Dosovitskiy et al. (2021), and convolutions as decoder. The mean over patches is
 * read, in the place of a class token.
 */
record Patches(
        @About("side of a patch, in pixels") int patch,

        @About("numbers that a patch is described by") int width,

        @About("blocks of self-attention and fully connected layers")
        int blocks,

        @About("heads of self-attention, which share the width")
        int heads,

        Convolutions decoder)
        implements Networks {
    /** How much wider the hidden layer of a block is. */
    private static final long WIDER = 4;

    Patches {
        if (patch < 1 || width < 1 || blocks < 0 || heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException("patches, widths and heads are positive, and heads share the width; got"
                    + " patch " + patch + ", width " + width + ", blocks " + blocks + " and heads " + heads);
        }
    }

    /** 49 patches of 28 × 28 pixels. */
    static Patches standard() {
        return new Patches(4, 64, 3, 4, Convolutions.standard());
    }

    @Override
    public Likelihood likelihood() {
        return decoder.likelihood();
    }

    @Override
    public Vae vae(DataSpec data, List<String> conditions, Initializer initial) {
        Shape image = Networks.image(data).shape();
        return decoder.vae(data, conditions, encoder(image, initial), width, initial);
    }

    /** [..., C, H, W] → [..., width]. */
    private Layer encoder(Shape image, Initializer initial) {
        List<Layer> layers = new ArrayList<>(List.of(PatchEmbedding.of(image, patch, width, initial)));
        for (int i = 0; i < blocks; i++) {
            layers.add(new Residual(
                    Sequential.of(LayerNorm.of(initial, width), MultiHeadAttention.of(width, heads, initial))));
            layers.add(new Residual(Sequential.of(
                    LayerNorm.of(initial, width),
                    Linear.of(width, WIDER * width, initial),
                    Activation.GELU,
                    Linear.of(WIDER * width, width, initial))));
        }
        layers.add(LayerNorm.of(initial, width));
        layers.add(new MeanOverSequence());
        return new Sequential(layers);
    }
}
