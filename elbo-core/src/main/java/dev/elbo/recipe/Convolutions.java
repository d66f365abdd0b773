package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Parameterised;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.SelfAttention;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.SkipConnections;
import dev.elbo.option.About;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions that halve the image at each layer, and transposed ones that double it again, back to
 * exactly its sizes, even or odd.
 */
record Convolutions(
        @About("channels of the convolutions, each of which halves the image, or in a decoder doubles it")
        List<Integer> channels,

        LatentSpace z,

        @About("relu, tanh, sigmoid, softplus, leaky-relu, elu, silu or gelu")
        Activation activation,

        @About(
                "of images: bernoulli, continuous-bernoulli, normal, optimal-normal, laplace, logistic-mixture, colour-mixture,"
                        + " categorical(256), beta")
        PixelLikelihood likelihood,

        @About("layers behind which places look at each other, from 1 for the largest map; empty for none")
        List<Integer> attention,

        @About("whether every layer of the decoder reads z, so that it does not fall silent")
        boolean skip,

        @About(
                "kernel of the decoder's transposed convolutions: 3; 4, which leaves no checkerboard; or 0 for 3 below 32 pixels,"
                        + " else 4")
        int decoderKernel)
        implements Networks {
    Convolutions {
        channels = List.copyOf(channels);
        attention = List.copyOf(attention);
        Pyramid.requireKernel("decoderKernel", decoderKernel);
        if (channels.isEmpty() || channels.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("at least one layer and positive widths; got channels " + channels);
        }
        int layers = channels.size();
        if (attention.stream().anyMatch(layer -> layer < 1 || layer > layers)) {
            throw new IllegalArgumentException(
                    "attention is behind layers 1 to " + layers + "; got attention " + attention);
        }
    }

    /** 32-64-128 channels. */
    static Convolutions standard() {
        return new Convolutions(
                List.of(32, 64, 128),
                LatentSpace.normal(32),
                Activation.RELU,
                PixelLikelihood.bernoulli(),
                List.of(),
                false,
                0);
    }

    @Override
    public Vae vae(DataSpec data, List<String> conditions, Initializer initial) {
        Pyramid pyramid = pyramid(data);
        return vae(
                data, conditions, encoder(pyramid, initial), pyramid.deepest().elements(), initial);
    }

    /**
     * With another encoder.
     *
     * @param encoder from an image to a vector
     * @param width of the vector
     */
    Vae vae(DataSpec data, List<String> conditions, Layer encoder, long width, Initializer initial) {
        Pyramid pyramid = pyramid(data);
        int given = Networks.width(data, conditions);
        Conditional<? extends Reparameterised> posterior = new Parameterised<>(
                Networks.stems(encoder, data, conditions),
                Linear.of(width + given, z.parameters(), initial),
                z.head(initial));
        Conditional<? extends Distribution> p = new Parameterised<>(
                Networks.stems(Sequential.of(), data, conditions),
                decoder(pyramid, given, initial),
                likelihood.head(Networks.IMAGE, initial));
        return z.vae(
                new Networks.Observed(Networks.IMAGE, Networks.image(data).shape()), conditions, posterior, p, initial);
    }

    private Pyramid pyramid(DataSpec data) {
        return Pyramid.of(Networks.image(data), channels, activation, decoderKernel);
    }

    private Layer encoder(Pyramid pyramid, Initializer initial) {
        List<Layer> layers = new ArrayList<>(pyramid.down(attention, initial));
        layers.add(Reshape.flatten(pyramid.deepest()));
        return new Sequential(layers);
    }

    private Layer decoder(Pyramid pyramid, int given, Initializer initial) {
        int in = z.latents() + given;
        List<Layer> layers = toDeepest(pyramid, in, initial);
        if (skip) {
            return Sequential.of(
                    SkipConnections.of(
                            new Sequential(layers),
                            pyramid.doublings(likelihood, attention, initial),
                            in,
                            pyramid.widths(likelihood),
                            activation,
                            initial),
                    pyramid.toParameters(likelihood));
        }
        layers.addAll(pyramid.up(likelihood, attention, initial));
        return new Sequential(layers);
    }

    private List<Layer> toDeepest(Pyramid pyramid, long in, Initializer initial) {
        Shape deepest = pyramid.deepest();
        List<Layer> layers = new ArrayList<>();
        layers.add(Linear.of(in, deepest.elements(), initial));
        layers.add(Reshape.unflatten(deepest));
        if (attention.contains(channels.size())) {
            layers.add(SelfAttention.of(deepest.size(0), initial));
        }
        return layers;
    }
}
