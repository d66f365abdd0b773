package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Parameterised;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.VqHierarchy;
import dev.elbo.model.VqVae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Conv2d;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Quantiser;
import dev.elbo.nn.Residual;
import dev.elbo.nn.Sequential;
import dev.elbo.option.About;
import dev.elbo.prior.CodePrior;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * An image as a map of codes: convolutions that halve it at each layer and residual blocks behind them, the same mirrored, and
 * a prior over the map. Van den Oord et al. (2017), section 4.1.
 */
record CodeConvolutions(
        @About("channels of the encoder's layers, each of which halves the image")
        List<Integer> channels,

        @About("residual blocks of encoder and decoder, each")
        int residuals,

        @About("relu, tanh, sigmoid, softplus, leaky-relu, elu, silu or gelu")
        Activation activation,

        @About(
                "of images: bernoulli, continuous-bernoulli, normal, optimal-normal, laplace, logistic-mixture, colour-mixture,"
                        + " categorical(256), beta")
        PixelLikelihood likelihood,

        @About("channels of the prior over codes, an even number")
        int priorChannels,

        @About("residual blocks of the prior over codes") int priorBlocks,

        @About(
                "kernel of the decoder's transposed convolutions: 3; 4, which leaves no checkerboard; or 0 for 3 below 32 pixels,"
                        + " else 4")
        int decoderKernel) {
    private static final int KERNEL = 3;

    CodeConvolutions {
        channels = List.copyOf(channels);
        Pyramid.requireKernel("decoderKernel", decoderKernel);
        if (channels.isEmpty() || channels.stream().anyMatch(count -> count < 1) || residuals < 0) {
            throw new IllegalArgumentException(
                    "at least one layer of positive width, and 0 or more residual blocks; got" + " channels " + channels
                            + " and residuals " + residuals);
        }
    }

    /** 28 × 28 pixels to 7 × 7 places. */
    static CodeConvolutions standard() {
        return new CodeConvolutions(List.of(32, 64), 2, Activation.RELU, PixelLikelihood.bernoulli(), 64, 4, 0);
    }

    VqVae model(DataSpec data, Quantiser codebook, Initializer initial) {
        Pyramid pyramid = Pyramid.of(Networks.image(data), channels, activation, decoderKernel);
        Shape places = pyramid.deepest().last(2);
        return new VqVae(
                encoder(pyramid, codebook.dims(), initial),
                codebook,
                prior(VqVae.map(places, codebook), codebook, initial),
                likelihood(pyramid, codebook.dims(), initial),
                Networks.IMAGE,
                places);
    }

    /**
     * With codes of two maps, one of half the sizes of the other.
     *
     * @param top the codebook of the smaller one
     * @param bottom the codebook of the larger one
     */
    VqHierarchy twoLevels(DataSpec data, Quantiser top, Quantiser bottom, Initializer initial) {
        Pyramid pyramid = Pyramid.of(Networks.image(data), channels, activation, decoderKernel);
        Shape large = pyramid.deepest();
        long width = large.size(0);
        Pyramid above = pyramid.over(large, Shape.of(width, (large.size(1) + 1) / 2, (large.size(2) + 1) / 2));
        Shape small = above.deepest();
        List<Layer> climb = new ArrayList<>(List.of(activation, above.halving(0, initial)));
        climb.addAll(toCodes(width, top.dims(), initial));
        return new VqHierarchy(
                new Sequential(features(pyramid, initial)),
                new Sequential(climb),
                top,
                Sequential.of(
                        Conv2d.of(top.dims(), width, KERNEL, 1, 1, initial),
                        activation,
                        above.doubling(0, width, initial)),
                new Sequential(toCodes(2 * width, bottom.dims(), initial)),
                bottom,
                prior(small.last(2), top, initial),
                prior(large.last(2), bottom, initial)
                        .under(Sequential.of(
                                Conv2d.of(top.dims(), priorChannels, KERNEL, 1, 1, initial),
                                activation,
                                pyramid.over(
                                                Shape.of(priorChannels, large.size(1), large.size(2)),
                                                Shape.of(priorChannels, small.size(1), small.size(2)))
                                        .doubling(0, priorChannels, initial))),
                likelihood(pyramid, bottom.dims() + width, initial),
                Networks.IMAGE,
                small.last(2),
                large.last(2));
    }

    private CodePrior prior(Shape map, Quantiser codebook, Initializer initial) {
        return CodePrior.of(map, codebook.codes(), priorChannels, priorBlocks, initial);
    }

    private Conditional<? extends Distribution> likelihood(Pyramid pyramid, long dims, Initializer initial) {
        return new Parameterised<>(
                List.of(), decoder(pyramid, dims, initial), likelihood.head(Networks.IMAGE, initial));
    }

    private Layer encoder(Pyramid pyramid, long dims, Initializer initial) {
        List<Layer> layers = features(pyramid, initial);
        layers.addAll(toCodes(pyramid.deepest().size(0), dims, initial));
        return new Sequential(layers);
    }

    private List<Layer> features(Pyramid pyramid, Initializer initial) {
        List<Layer> layers = new ArrayList<>(pyramid.down(initial));
        layers.addAll(blocks(pyramid.deepest().size(0), initial));
        return layers;
    }

    private List<Layer> toCodes(long width, long dims, Initializer initial) {
        return List.of(activation, Conv2d.of(width, dims, 1, 1, 0, initial));
    }

    private Layer decoder(Pyramid pyramid, long dims, Initializer initial) {
        long width = pyramid.deepest().size(0);
        List<Layer> layers = new ArrayList<>();
        layers.add(Conv2d.of(dims, width, KERNEL, 1, 1, initial));
        layers.addAll(blocks(width, initial));
        layers.addAll(pyramid.up(likelihood, initial));
        return new Sequential(layers);
    }

    /** x + conv(f(conv(f(x)))). */
    private List<Layer> blocks(long width, Initializer initial) {
        long narrow = Math.max(1, width / 2);
        List<Layer> blocks = new ArrayList<>();
        for (int i = 0; i < residuals; i++) {
            blocks.add(new Residual(Sequential.of(
                    activation,
                    Conv2d.of(width, narrow, KERNEL, 1, 1, initial),
                    activation,
                    Conv2d.of(narrow, width, 1, 1, 0, initial))));
        }
        return blocks;
    }
}
