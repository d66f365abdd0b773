package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Parameterised;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.LadderVae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.BatchNorm;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.option.About;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.StandardNormal;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Fully connected networks of a ladder: each level has the same hidden layers on the way up and on the way down. */
record Ladder(
        @About("how many latents are above each other") int levels,

        @About("dimensions of z1, z2, …; levels beyond have half of the one below")
        List<Integer> dims,

        @About("widths of the hidden layers of each level, from the bottom; levels beyond have half of the one below")
        List<Integer> hidden,

        @About("hidden layers of each level, on the way up and on the way down")
        int depth,

        @About("whether hidden layers are normalised over batches")
        boolean batchNorm,

        @About("relu, tanh, sigmoid, softplus, leaky-relu, elu, silu or gelu")
        Activation activation,

        @About(
                "of images: bernoulli, continuous-bernoulli, normal, optimal-normal, laplace, logistic-mixture, colour-mixture,"
                        + " categorical(256), beta")
        PixelLikelihood likelihood) {

    Ladder {
        dims = List.copyOf(dims);
        hidden = List.copyOf(hidden);
        if (levels < 1) {
            throw new IllegalArgumentException("a ladder has one level or more; got levels " + levels);
        }
        if (depth < 1) {
            throw new IllegalArgumentException("a level has one hidden layer or more; got depth " + depth);
        }
        requireSizes("dims", dims, levels);
        requireSizes("hidden", hidden, levels);
    }

    private static void requireSizes(String name, List<Integer> sizes, int levels) {
        if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(name + " are positive, at least one; got " + listed(sizes));
        }
        if (sizes.size() > levels) {
            throw new IllegalArgumentException(
                    "a ladder has at most one of its " + name + " for each level; got " + name
                            + " " + listed(sizes) + " and levels " + levels + ". Set " + name + "="
                            + listed(sizes.subList(0, levels)) + ", or levels=" + sizes.size());
        }
    }

    private static String listed(List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    static Ladder standard() {
        return new Ladder(
                2, List.of(32, 16), List.of(512, 256), 1, false, Activation.RELU, PixelLikelihood.bernoulli());
    }

    /** Of a level, from 0. */
    private static int size(List<Integer> sizes, int level) {
        int beyond = level - (sizes.size() - 1);
        return beyond <= 0 ? sizes.get(level) : Math.max(1, sizes.get(sizes.size() - 1) >> beyond);
    }

    LadderVae model(DataSpec data, Initializer initial) {
        Shape image = Networks.image(data).shape();
        Shape parameters = likelihood.parameters(image);
        List<LadderVae.Rung> rungs = new ArrayList<>();
        List<Integer> allDims = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            allDims.add(size(dims, level));
            rungs.add(rung(level, image, initial));
        }
        List<Layer> decoder = hidden(allDims.get(0), size(hidden, 0), initial);
        decoder.add(Linear.of(size(hidden, 0), parameters.elements(), initial));
        decoder.add(Reshape.unflatten(parameters));
        return new LadderVae(
                rungs,
                new Parameterised<>(List.of(), new Sequential(decoder), likelihood.head(Networks.IMAGE, initial)),
                Networks.IMAGE,
                allDims);
    }

    private LadderVae.Rung rung(int level, Shape image, Initializer initial) {
        int width = size(hidden, level);
        List<Layer> climb = new ArrayList<>();
        if (level == 0) {
            climb.add(Reshape.flatten(image));
        }
        climb.addAll(hidden(level == 0 ? (int) image.elements() : size(hidden, level - 1), width, initial));
        return new LadderVae.Rung(
                new Sequential(climb),
                normal(new ArrayList<>(), width, size(dims, level), initial),
                level == levels - 1 ? new StandardNormal(size(dims, level), initial.device()) : prior(level, initial));
    }

    /** p(zₗ | zₗ₊₁). */
    private Conditional<DiagonalNormal> prior(int level, Initializer initial) {
        int width = size(hidden, level + 1);
        return normal(hidden(size(dims, level + 1), width, initial), width, size(dims, level), initial);
    }

    private static Conditional<DiagonalNormal> normal(List<Layer> layers, int width, int dims, Initializer initial) {
        layers.add(Linear.of(width, 2L * dims, initial));
        return new Parameterised<>(List.of(), new Sequential(layers), new NormalHead());
    }

    private List<Layer> hidden(int in, int width, Initializer initial) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            layers.add(Linear.of(i == 0 ? in : width, width, initial));
            if (batchNorm) {
                layers.add(BatchNorm.ofVectors(width, initial));
            }
            layers.add(activation);
        }
        return layers;
    }
}
