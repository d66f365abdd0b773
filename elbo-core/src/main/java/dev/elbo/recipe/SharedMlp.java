package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.distribution.Parameterised;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.SemiSupervisedVae;
import dev.elbo.model.Signature;
import dev.elbo.model.Vae;
import dev.elbo.model.Variable;
import dev.elbo.nn.Activation;
import dev.elbo.nn.BatchNorm;
import dev.elbo.nn.Dropout;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.option.About;
import dev.elbo.posterior.ClassHead;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.StandardNormal;
import dev.elbo.prior.UniformClasses;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Fully connected networks of which classifier and encoder share their first layers. Behind these the encoder mirrors the decoder.
 */
record SharedMlp(
        @About("widths of the hidden layers that classifier and encoder share")
        List<Integer> hidden,

        @About("widths of the decoder's hidden layers") List<Integer> decoder,

        @About("part of the shared features that the classifier does without in training")
        double dropout,

        @About("dimensions of z") int latents,

        @About("relu, tanh, sigmoid, softplus, leaky-relu, elu, silu or gelu")
        Activation activation,

        @About("bernoulli, continuous-bernoulli, normal, laplace or logistic-mixture")
        PixelLikelihood likelihood) {

    SharedMlp {
        hidden = List.copyOf(hidden);
        decoder = List.copyOf(decoder);
        if (latents < 1
                || hidden.stream().anyMatch(width -> width < 1)
                || decoder.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("widths of layers are positive; got hidden " + hidden + ", decoder "
                    + decoder + " and latents " + latents);
        }
    }

    /** 784-500-500 and 400-784 on MNIST. */
    static SharedMlp standard() {
        return new SharedMlp(List.of(500, 500), List.of(400), 0.5, 10, Activation.RELU, PixelLikelihood.BERNOULLI);
    }

    /**
     * The model.
     *
     * @param label the field of classes
     * @param alpha weight of the classifier's surprise at labels
     */
    SemiSupervisedVae model(DataSpec data, String label, double alpha, Initializer initial) {
        Shape image = Networks.image(data).shape();
        int classes = Networks.classes(data, label);
        int width = hidden.isEmpty() ? (int) image.elements() : hidden.get(hidden.size() - 1);
        Shape parameters = image.prepend(likelihood.parameters());
        List<Integer> encoder = Mlp.widths(width + classes, Mlp.reversed(decoder), 2 * latents);
        List<Integer> back = Mlp.widths(latents + classes, decoder, (int) parameters.elements());
        return new SemiSupervisedVae(
                features(image, initial),
                new UniformClasses(classes, initial.device()),
                new Parameterised<>(
                        List.of(),
                        Sequential.of(new Dropout(dropout), Linear.of(width, classes, initial)),
                        new ClassHead()),
                new StandardNormal(latents, initial.device()),
                new Parameterised<>(
                        Networks.stems(Sequential.of(), data, List.of(label)),
                        Mlp.network(encoder, activation, initial),
                        new NormalHead()),
                new Parameterised<>(
                        Networks.stems(Sequential.of(), data, List.of(label)),
                        Mlp.network(back, activation, initial, Reshape.unflatten(parameters)),
                        likelihood.head(Networks.IMAGE, initial)),
                new Signature(
                        List.of(Networks.IMAGE),
                        List.of(),
                        List.of(Variable.oneOf(label, classes), Variable.vector(Vae.Z, latents))),
                alpha);
    }

    /** Normalised over the batch: few labels else stand against many images without. */
    private Layer features(Shape image, Initializer initial) {
        List<Layer> layers = new ArrayList<>(List.of(Reshape.flatten(image)));
        long width = image.elements();
        for (int next : hidden) {
            layers.add(Linear.of(width, next, initial));
            layers.add(BatchNorm.ofVectors(next, initial));
            layers.add(activation);
            width = next;
        }
        return new Sequential(layers);
    }
}
