package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Parameterised;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.likelihood.Likelihood;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.LogCounts;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.SkipConnections;
import dev.elbo.option.About;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Fully connected networks; the decoder mirrors the encoder. */
record Mlp(
        @About("widths of the encoder's hidden layers; the decoder's are the same, reversed")
        List<Integer> hidden,

        LatentSpace z,

        @About("relu, tanh, sigmoid, softplus, leaky-relu, elu, silu or gelu")
        Activation activation,

        @About(
                "of images: bernoulli, continuous-bernoulli, normal, optimal-normal, laplace, logistic-mixture, colour-mixture,"
                        + " categorical(256), beta; of rows: normal, laplace; of rows of counts: poisson, negative-binomial,"
                        + " zero-inflated-negative-binomial")
        Likelihood likelihood,

        @About("whether every layer of the decoder reads z, so that it does not fall silent")
        boolean skip)
        implements Networks {

    Mlp {
        hidden = List.copyOf(hidden);
        if (hidden.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("widths of layers are positive; got hidden " + hidden);
        }
    }

    /** 784-512-256-20 on MNIST. */
    static Mlp standard() {
        return new Mlp(List.of(512, 256), LatentSpace.normal(20), Activation.RELU, PixelLikelihood.bernoulli(), false);
    }

    /** D, the dimensions of z. */
    int latents() {
        return z.latents();
    }

    /** The options that suit data where nothing is said of them: rows are real numbers, and of no image. */
    static Map<String, String> suited(Networks networks, DataSpec data) {
        Networks chosen = networks instanceof Architecture either ? either.chosen() : networks;
        boolean isOfRows = chosen instanceof Mlp
                && !data.fields().containsKey(Networks.IMAGE)
                && data.fields().containsKey(Networks.ROW);
        return isOfRows ? Map.of("likelihood", "normal") : Map.of();
    }

    /** The same with other latents. */
    Mlp with(LatentSpace other) {
        return new Mlp(hidden, other, activation, likelihood, skip);
    }

    /** The same with another number of latents. */
    Mlp latents(int count) {
        return with(z.latents(count));
    }

    @Override
    public Vae vae(DataSpec data, List<String> conditions, Initializer initial) {
        Networks.Observed x = Networks.observed(data);
        if (likelihood.isOfCounts()) {
            Networks.requireCounts(data);
        }
        int given = Networks.width(data, conditions);
        Shape parameters = likelihood.parameters(x.shape());
        List<Integer> encoder = widths((int) x.shape().elements() + given, hidden, z.parameters());
        List<Integer> decoder = widths(z.latents() + given, reversed(hidden), (int) parameters.elements());
        Conditional<? extends Reparameterised> posterior = new Parameterised<>(
                Networks.stems(
                        likelihood.isOfCounts() ? new LogCounts() : Reshape.flatten(x.shape()), data, conditions),
                network(encoder, activation, initial),
                z.head(initial));
        Conditional<? extends Distribution> p = new Parameterised<>(
                Networks.stems(Sequential.of(), data, conditions),
                decoder(decoder, Reshape.unflatten(parameters), initial),
                likelihood.head(x.field(), x.shape(), initial));
        return z.vae(x, conditions, posterior, p, initial);
    }

    private Layer decoder(List<Integer> widths, Layer last, Initializer initial) {
        if (!skip) {
            return network(widths, activation, initial, last);
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i + 1 < widths.size(); i++) {
            layers.add(Linear.of(widths.get(i), widths.get(i + 1), initial));
        }
        Layer first = Linear.of(widths.get(0), widths.get(1), initial);
        List<Long> after =
                widths.subList(2, widths.size()).stream().map(Long::valueOf).toList();
        return Sequential.of(SkipConnections.of(first, layers, widths.get(0), after, activation, initial), last);
    }

    /** Linear layers between these widths, a nonlinearity between any two of them, and what comes last. */
    static Layer network(List<Integer> widths, Activation activation, Initializer initial, Layer... last) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i + 1 < widths.size(); i++) {
            if (i > 0) {
                layers.add(activation);
            }
            layers.add(Linear.of(widths.get(i), widths.get(i + 1), initial));
        }
        layers.addAll(List.of(last));
        return new Sequential(layers);
    }

    /** The widths of a network from one to another, with hidden ones in between. */
    static List<Integer> widths(int in, List<Integer> hidden, int out) {
        List<Integer> widths = new ArrayList<>(List.of(in));
        widths.addAll(hidden);
        widths.add(out);
        return widths;
    }

    static List<Integer> reversed(List<Integer> widths) {
        List<Integer> reversed = new ArrayList<>(widths);
        Collections.reverse(reversed);
        return reversed;
    }
}
