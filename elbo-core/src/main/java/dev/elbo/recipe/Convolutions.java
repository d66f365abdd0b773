package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Parameterised;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Conv2d;
import dev.elbo.nn.ConvTranspose2d;
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
    private static final int KERNEL = 3;
    private static final int STRIDE = 2;
    private static final int PADDING = 1;

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
        List<Shape> shapes = shapes(Networks.image(data));
        int given = Networks.width(data, conditions);
        Shape deepest = shapes.get(channels.size());
        Conditional<? extends Reparameterised> posterior = new Parameterised<>(
                Networks.stems(encoder(shapes, initial), data, conditions),
                Linear.of(deepest.elements() + given, z.parameters(), initial),
                z.head(initial));
        Conditional<? extends Distribution> p = new Parameterised<>(
                Networks.stems(Sequential.of(), data, conditions),
                decoder(shapes, given, initial),
                likelihood.head(initial));
        return z.vae(shapes.get(0), conditions, posterior, p, initial);
    }

    /** The image's shape, and those after each layer: halves, rounded up. */
    private List<Shape> shapes(Field.Image image) {
        List<Shape> shapes = new ArrayList<>(List.of(image.shape()));
        for (int count : channels) {
            Shape last = shapes.get(shapes.size() - 1);
            shapes.add(Shape.of(count, (last.size(1) + 1) / 2, (last.size(2) + 1) / 2));
        }
        return shapes;
    }

    private Layer encoder(List<Shape> shapes, Initializer initial) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            long in = shapes.get(i).size(0);
            layers.add(Conv2d.of(in, channels.get(i), KERNEL, STRIDE, PADDING, initial));
            layers.add(activation);
        }
        layers.add(Reshape.flatten(shapes.get(channels.size())));
        return new Sequential(layers);
    }

    private Layer decoder(List<Shape> shapes, int given, Initializer initial) {
        Shape deepest = shapes.get(channels.size());
        List<Layer> layers = new ArrayList<>();
        layers.add(Linear.of(z.latents() + given, deepest.elements(), initial));
        layers.add(Reshape.unflatten(deepest));
        for (int i = channels.size() - 1; i >= 0; i--) {
            layers.add(activation);
            layers.add(doubling(shapes.get(i + 1), shapes.get(i), i == 0 ? likelihood.parameters() : 1, initial));
        }
        Shape image = shapes.get(0);
        Shape parameters = image.prepend(likelihood.parameters());
        Shape planes = Shape.of(likelihood.parameters() * image.size(0), image.size(1), image.size(2));
        layers.add(new Reshape(planes, parameters));
        return new Sequential(layers);
    }

    /** From one shape to the next larger one: an even size needs one more row or column than an odd one. */
    private static Layer doubling(Shape from, Shape to, int parameters, Initializer initial) {
        int rows = (int) (to.size(1) - (2 * from.size(1) - 1));
        int columns = (int) (to.size(2) - (2 * from.size(2) - 1));
        return ConvTranspose2d.of(
                from.size(0), to.size(0) * parameters, KERNEL, STRIDE, PADDING, rows, columns, initial);
    }
}
