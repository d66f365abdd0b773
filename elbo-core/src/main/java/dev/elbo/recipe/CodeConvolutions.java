package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.distribution.Parameterised;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.VqVae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Codebook;
import dev.elbo.nn.Conv2d;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
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

        @About("size of the codebook") int codes,

        @About("dimensions of a code's vector") int codeDims,

        @About("decay of the codebook's moving averages, by step")
        double codeDecay,

        @About("relu, tanh, sigmoid, softplus, leaky-relu, elu, silu or gelu")
        Activation activation,

        @About("bernoulli, continuous-bernoulli, normal, laplace or logistic-mixture")
        PixelLikelihood likelihood,

        @About("channels of the prior over codes, an even number")
        int priorChannels,

        @About("residual blocks of the prior over codes") int priorBlocks) {
    /** A code that stands for less than this part of an equal share is moved. */
    private static final double LEAST_SHARE = 0.05;

    private static final int KERNEL = 3;

    CodeConvolutions {
        channels = List.copyOf(channels);
        if (channels.isEmpty() || channels.stream().anyMatch(count -> count < 1) || residuals < 0) {
            throw new IllegalArgumentException(
                    "at least one layer of positive width, and 0 or more residual blocks; got" + " channels " + channels
                            + " and residuals " + residuals);
        }
        if (codes < 2 || codeDims < 1) {
            throw new IllegalArgumentException("a codebook has 2 or more codes of 1 or more dimensions; got codes "
                    + codes + " and codeDims " + codeDims);
        }
    }

    /** 28 × 28 pixels to 7 × 7 of 64 codes. */
    static CodeConvolutions standard() {
        return new CodeConvolutions(
                List.of(32, 64), 2, 64, 16, 0.99, Activation.RELU, PixelLikelihood.BERNOULLI, 64, 4);
    }

    VqVae model(DataSpec data, Initializer initial) {
        Pyramid pyramid = Pyramid.of(Networks.image(data), channels, activation);
        Shape map = pyramid.deepest().last(2);
        return new VqVae(
                encoder(pyramid, initial),
                Codebook.of(codes, codeDims, codeDecay, LEAST_SHARE, initial),
                CodePrior.of(map, codes, priorChannels, priorBlocks, initial),
                new Parameterised<>(List.of(), decoder(pyramid, initial), likelihood.head(Networks.IMAGE, initial)),
                Networks.IMAGE,
                map);
    }

    private Layer encoder(Pyramid pyramid, Initializer initial) {
        long width = pyramid.deepest().size(0);
        List<Layer> layers = new ArrayList<>(pyramid.down(initial));
        layers.addAll(blocks(width, initial));
        layers.add(activation);
        layers.add(Conv2d.of(width, codeDims, 1, 1, 0, initial));
        return new Sequential(layers);
    }

    private Layer decoder(Pyramid pyramid, Initializer initial) {
        long width = pyramid.deepest().size(0);
        List<Layer> layers = new ArrayList<>();
        layers.add(Conv2d.of(codeDims, width, KERNEL, 1, 1, initial));
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
