package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.distribution.Parameterised;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.DeepVae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Conv2d;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Residual;
import dev.elbo.nn.SelfAttention;
import dev.elbo.nn.Sequential;
import dev.elbo.option.About;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Convolutions of a deep hierarchy: maps that are halved scale by scale, the last of which becomes a vector, and groups of latents
 * at each scale. Scales are counted from the largest map, which has half the image's sizes.
 */
record DeepConvolutions(
        @About("channels of the maps, each of half the sizes of the one before; the first is half the image")
        List<Integer> channels,

        @About(
                "groups of latents by scale, the last number that of the smallest map; scales without a number have none")
        List<Integer> groups,

        @About("latent channels of a group at each place of its map")
        int latentChannels,

        @About("dimensions of the top latent, a vector that sees the whole image")
        int latents,

        @About("residual blocks at each scale of the network that climbs from the image")
        int depth,

        @About("scales with self-attention, from 1 for the largest map; empty for none")
        List<Integer> attention,

        @About("relu, tanh, sigmoid, softplus, leaky-relu, elu, silu or gelu")
        Activation activation,

        @About(
                "of images: bernoulli, continuous-bernoulli, normal, optimal-normal, laplace, logistic-mixture, colour-mixture,"
                        + " categorical(256), beta")
        PixelLikelihood likelihood,

        @About(
                "kernel of the decoder's transposed convolutions: 3; 4, which leaves no checkerboard; or 0 for 3 below 32 pixels,"
                        + " else 4")
        int decoderKernel) {
    /** How much smaller the weights are at first that priors and posteriors are read by: the hierarchy begins near N(0, I). */
    private static final double QUIET = 0.1;

    private static final int KERNEL = 3;
    private static final int PADDING = 1;

    DeepConvolutions {
        channels = List.copyOf(channels);
        groups = List.copyOf(groups);
        attention = List.copyOf(attention);
        Pyramid.requireKernel("decoderKernel", decoderKernel);
        if (channels.isEmpty() || channels.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("at least one scale of positive width; got channels " + channels);
        }
        if (groups.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("groups are 0 or more; got groups " + groups);
        }
        List<Integer> whole = new ArrayList<>(Collections.nCopies(Math.max(0, channels.size() - groups.size()), 0));
        whole.addAll(groups);
        groups = List.copyOf(whole);
        if (latentChannels < 1 || latents < 1 || depth < 0) {
            throw new IllegalArgumentException("latents are positive and depth is 0 or more; got latentChannels "
                    + latentChannels + ", latents " + latents + " and depth " + depth);
        }
        int scales = channels.size();
        if (attention.stream().anyMatch(scale -> scale < 1 || scale > scales)) {
            throw new IllegalArgumentException(
                    "attention is at scales 1 to " + scales + "; got attention " + attention);
        }
    }

    /** 14 × 14, 7 × 7 and 4 × 4 of 28 × 28 pixels, and a vector. */
    static DeepConvolutions standard() {
        return new DeepConvolutions(
                List.of(16, 32, 64),
                List.of(1, 2, 2),
                4,
                32,
                1,
                List.of(),
                Activation.RELU,
                PixelLikelihood.bernoulli(),
                0);
    }

    /** How many groups there are, the top one included. */
    int levels() {
        return 1 + groups.stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * The model of some data.
     *
     * @throws IllegalArgumentException if there are groups of more scales than there are: what suits the data may bring scales, so that it is seen
     *     here
     */
    DeepVae model(DataSpec data, Initializer initial) {
        if (groups.size() > channels.size()) {
            throw new IllegalArgumentException("there are groups " + groups + ", and " + channels.size()
                    + " scales of channels " + channels + "; give as many groups, or fewer for the smallest maps");
        }
        return new Builder(Pyramid.of(Networks.image(data), channels, activation, decoderKernel), initial).model();
    }

    /** Where the layers are made. */
    private final class Builder {
        private final Pyramid pyramid;
        private final Initializer initial;

        Builder(Pyramid pyramid, Initializer initial) {
            this.pyramid = pyramid;
            this.initial = initial;
        }

        DeepVae model() {
            List<DeepVae.Group> all = new ArrayList<>();
            int top = scales();
            for (int scale = 0; scale < scales(); scale++) {
                for (int i = 0; i < groups.get(scale); i++) {
                    boolean isFirst = i == groups.get(scale) - 1; // on the way down
                    all.add(group(scale, map(scale), isFirst ? enlarge(scale) : Sequential.of()));
                }
            }
            all.add(group(top, Shape.of(latents, 1, 1), Sequential.of()));
            return new DeepVae(
                    climb(),
                    initial.normal(1, width(top), 1, 1),
                    all,
                    new Parameterised<>(List.of(), new Sequential(toImage()), likelihood.head(Networks.IMAGE, initial)),
                    Networks.IMAGE);
        }

        /** How many maps there are; the scale of this number is the vector. */
        private int scales() {
            return channels.size();
        }

        /** [C, H, W] of a scale. */
        private Shape shape(int scale) {
            return scale == scales()
                    ? Shape.of(width(scale), 1, 1)
                    : pyramid.shapes().get(scale + 1);
        }

        private long width(int scale) {
            return channels.get(Math.min(scale, scales() - 1));
        }

        private Shape map(int scale) {
            return Shape.of(latentChannels, shape(scale).size(1), shape(scale).size(2));
        }

        private List<Layer> climb() {
            List<Layer> scales = new ArrayList<>();
            for (int scale = 0; scale < scales(); scale++) {
                List<Layer> layers = new ArrayList<>();
                if (scale > 0) {
                    layers.add(activation);
                }
                layers.add(pyramid.halving(scale, initial));
                for (int i = 0; i < depth; i++) {
                    layers.add(block(scale));
                }
                if (attention.contains(scale + 1)) {
                    layers.add(SelfAttention.of(width(scale), initial));
                }
                scales.add(new Sequential(layers));
            }
            Shape deepest = shape(scales() - 1);
            scales.add(Sequential.of(
                    activation,
                    Reshape.flatten(deepest),
                    Linear.of(deepest.elements(), width(scales()), initial),
                    Reshape.unflatten(shape(scales()))));
            return scales;
        }

        private DeepVae.Group group(int scale, Shape map, Layer enlarge) {
            long state = width(scale);
            long z = map.size(0);
            return new DeepVae.Group(
                    scale,
                    map,
                    enlarge,
                    read(scale, 2 * z + state),
                    conv(state, state, 1),
                    read(scale, 2 * z),
                    conv(z, state, 1),
                    after(scale));
        }

        /** What is read off a state: conv(f(conv(f(h)))). */
        private Layer read(int scale, long out) {
            long state = width(scale);
            Conv2d last = conv(state, out, 1);
            last.weight().detach().timesInPlace(QUIET);
            return Sequential.of(activation, conv(state, state, kernel(scale)), activation, last);
        }

        private Layer after(int scale) {
            return attention.contains(scale + 1)
                    ? Sequential.of(block(scale), SelfAttention.of(width(scale), initial))
                    : block(scale);
        }

        /** x + conv(f(conv(f(x)))), whose last weights are smaller the more of them follow each other. Child (2021), section 3.1. */
        private Layer block(int scale) {
            long state = width(scale);
            Conv2d last = conv(state, state, kernel(scale));
            last.weight().detach().timesInPlace(1 / Math.sqrt(levels()));
            return new Residual(Sequential.of(activation, conv(state, state, kernel(scale)), activation, last));
        }

        private int kernel(int scale) {
            return scale == scales() ? 1 : KERNEL;
        }

        private Conv2d conv(long in, long out, int kernel) {
            return Conv2d.of(in, out, kernel, 1, kernel == 1 ? 0 : PADDING, initial);
        }

        /** From the next smaller scale that has a group to this one. */
        private Layer enlarge(int scale) {
            List<Layer> layers = new ArrayList<>();
            int from = scale + 1;
            while (from < scales() && groups.get(from) == 0) {
                from++;
            }
            down(from, scale, layers);
            return new Sequential(layers);
        }

        private void down(int from, int to, List<Layer> layers) {
            for (int scale = from; scale > to; scale--) {
                layers.add(activation);
                if (scale == scales()) {
                    layers.add(Reshape.flatten(shape(scale)));
                    layers.add(Linear.of(width(scale), shape(scale - 1).elements(), initial));
                    layers.add(Reshape.unflatten(shape(scale - 1)));
                } else {
                    layers.add(pyramid.doubling(scale, width(scale - 1), initial));
                }
            }
        }

        /** From the last state to the parameters of pixels. */
        private List<Layer> toImage() {
            List<Layer> layers = new ArrayList<>();
            int last = 0;
            while (last < scales() && groups.get(last) == 0) {
                last++;
            }
            down(last, 0, layers);
            Shape image = pyramid.shapes().get(0);
            long planes = image.size(0) * likelihood.parameters();
            long width = width(0);
            layers.add(activation);
            layers.add(pyramid.doubling(0, width, initial));
            layers.add(activation);
            layers.add(Conv2d.of(width, planes, KERNEL, 1, PADDING, initial));
            layers.add(new Reshape(Shape.of(planes, image.size(1), image.size(2)), likelihood.parameters(image)));
            return layers;
        }
    }
}
