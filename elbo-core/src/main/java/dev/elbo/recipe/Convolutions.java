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
import dev.elbo.nn.Sequential;
import dev.elbo.option.About;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions that halve the image at each layer, and transposed ones that double it again, back to
 * exactly its sizes, even or odd.
 */
record Convolutions(
        @About("channels of the encoder's layers, each of which halves the image")
        List<Integer> channels,

        LatentSpace z,

        @About("relu, tanh, sigmoid, softplus, leaky-relu, elu, silu or gelu")
        Activation activation,

        @About("bernoulli, continuous-bernoulli, normal, laplace or logistic-mixture")
        PixelLikelihood likelihood)
        implements Networks {
    Convolutions {
        channels = List.copyOf(channels);
        if (channels.isEmpty() || channels.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("at least one layer and positive widths; got channels " + channels);
        }
    }

    /** 32-64-128 channels. */
    static Convolutions standard() {
        return new Convolutions(
                List.of(32, 64, 128), LatentSpace.normal(32), Activation.RELU, PixelLikelihood.BERNOULLI);
    }

    @Override
    public Vae vae(DataSpec data, List<String> conditions, Initializer initial) {
        Pyramid pyramid = Pyramid.of(Networks.image(data), channels, activation);
        int given = Networks.width(data, conditions);
        Conditional<? extends Reparameterised> posterior = new Parameterised<>(
                Networks.stems(encoder(pyramid, initial), data, conditions),
                Linear.of(pyramid.deepest().elements() + given, z.parameters(), initial),
                z.head(initial));
        Conditional<? extends Distribution> p = new Parameterised<>(
                Networks.stems(Sequential.of(), data, conditions),
                decoder(pyramid, given, initial),
                likelihood.head(Networks.IMAGE, initial));
        return z.vae(
                new Networks.Observed(Networks.IMAGE, Networks.image(data).shape()), conditions, posterior, p, initial);
    }

    private static Layer encoder(Pyramid pyramid, Initializer initial) {
        List<Layer> layers = new ArrayList<>(pyramid.down(initial));
        layers.add(Reshape.flatten(pyramid.deepest()));
        return new Sequential(layers);
    }

    private Layer decoder(Pyramid pyramid, int given, Initializer initial) {
        Shape deepest = pyramid.deepest();
        List<Layer> layers = new ArrayList<>();
        layers.add(Linear.of(z.latents() + given, deepest.elements(), initial));
        layers.add(Reshape.unflatten(deepest));
        layers.addAll(pyramid.up(likelihood, initial));
        return new Sequential(layers);
    }
}
