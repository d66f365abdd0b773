package dev.elbo.recipe;

import dev.elbo.nn.Activation;
import dev.elbo.nn.BatchNorm;
import dev.elbo.nn.Conv2d;
import dev.elbo.nn.Dropout;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.RandomAffine;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.option.About;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** A network that classifies images, with batch normalisation and dropout: what learns from few labels needs both. */
record ClassifierNetwork(
        @About("dense, with the encoder's hidden layers; or conv, with convolutions of 32, 64 and 128 channels")
        Architecture.Kind classifier,

        @About("part of the classifier's hidden units that are dropped in training")
        double dropout,

        @About("pixels by which the classifier's images are shifted at most in training")
        double shift,

        @About("degrees by which the classifier's images are turned at most in training")
        double rotation) {
    private static final List<Integer> CHANNELS = List.of(32, 64, 128);
    private static final int KERNEL = 3;
    private static final int STRIDE = 2;
    private static final int PADDING = 1;

    ClassifierNetwork {
        new RandomAffine(shift, rotation); // which refuses what it cannot do
        new Dropout(dropout);
    }

    /** From images of a shape, [..., C, H, W], to the logits of classes. */
    Layer of(Shape image, List<Integer> hidden, Activation activation, int classes, Initializer initial) {
        List<Layer> layers = new ArrayList<>();
        if (shift + rotation > 0) {
            layers.add(new RandomAffine(shift, rotation));
        }
        long width = classifier == Architecture.Kind.CONV
                ? addConvolutions(layers, image, activation, initial)
                : addDense(layers, image, hidden, activation, initial);
        layers.add(Linear.of(width, classes, initial));
        return new Sequential(layers);
    }

    private long addDense(
            List<Layer> layers, Shape image, List<Integer> hidden, Activation activation, Initializer initial) {
        layers.add(Reshape.flatten(image));
        long width = image.elements();
        for (int next : hidden) {
            layers.add(Linear.of(width, next, initial));
            layers.add(BatchNorm.ofVectors(next, initial));
            layers.add(activation);
            layers.add(new Dropout(dropout));
            width = next;
        }
        return width;
    }

    private long addConvolutions(List<Layer> layers, Shape image, Activation activation, Initializer initial) {
        Shape shape = image;
        for (int next : CHANNELS) {
            layers.add(Conv2d.of(shape.size(0), next, KERNEL, STRIDE, PADDING, initial));
            layers.add(BatchNorm.ofImages(next, initial));
            layers.add(activation);
            shape = Shape.of(next, (shape.size(1) + 1) / 2, (shape.size(2) + 1) / 2);
        }
        layers.add(Reshape.flatten(shape));
        layers.add(new Dropout(dropout));
        return shape.elements();
    }
}
