package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.option.About;
import java.util.List;

/** Networks that are fully connected or convolutional, as is chosen. */
record Architecture(
        @About("dense, with layers of the widths hidden; or conv, with convolutions of these channels")
        Kind architecture,

        @About("widths of a dense encoder's hidden layers; the decoder's are the same, reversed")
        List<Integer> hidden,

        @About("channels of a convolutional encoder's layers, each of which halves the image")
        List<Integer> channels,

        LatentSpace z,

        @About("relu, tanh, sigmoid, softplus, leaky-relu, elu, silu or gelu")
        Activation activation,

        @About("bernoulli, continuous-bernoulli, normal, laplace or logistic-mixture")
        PixelLikelihood likelihood,

        @About(
                "kernel of the decoder's transposed convolutions: 3; 4, which leaves no checkerboard; or 0 for 3 below 32 pixels,"
                        + " else 4")
        int decoderKernel)
        implements Networks {
    /** Of which layers they consist. */
    enum Kind {
        DENSE,
        CONV
    }

    Architecture {
        hidden = List.copyOf(hidden);
        channels = List.copyOf(channels);
    }

    /** The widths of {@link Mlp#standard()} and the channels of {@link Convolutions#standard()}. */
    static Architecture of(Kind kind, int latents) {
        return new Architecture(
                kind,
                Mlp.standard().hidden(),
                Convolutions.standard().channels(),
                LatentSpace.normal(latents),
                Activation.RELU,
                PixelLikelihood.bernoulli(),
                0);
    }

    /** The networks that were chosen. */
    Networks chosen() {
        return architecture == Kind.CONV
                ? new Convolutions(channels, z, activation, likelihood, List.of(), false, decoderKernel)
                : new Mlp(hidden, z, activation, likelihood, false);
    }

    @Override
    public Vae vae(DataSpec data, List<String> conditions, Initializer initial) {
        return chosen().vae(data, conditions, initial);
    }
}
