package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.LearnedSimilarity;
import dev.elbo.objective.LearnedSimilarity.ImageCritic;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.train.Composition;
import dev.elbo.train.Player;
import dev.elbo.train.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The VAE/GAN: a critic of images says how alike an image and its reconstruction are. Larsen et al. (2016). */
public record VaeGanRecipe(
        Convolutions networks,

        @About("weight of the critic's features beside its judgement, for the decoder")
        double gamma,

        @About("channels of the critic's layers, each of which halves the image")
        List<Integer> criticChannels,

        @About(
                "kernel of the critic's layers: 3; 4, by which it sees every pixel alike; or 0 for 3 below 32 pixels, else 4")
        int criticKernel,

        @About("schedule of the critic's learning rate, in epochs")
        Schedule criticRate)
        implements NetworkedRecipe {
    /** The steps of a training on pictures in colour: those of the faces in results/images.md. */
    private static final int STEPS = 2_600;

    private static final double BETA1 = 0.5;
    private static final double BETA2 = 0.999;

    /**
     * Validates the widths and the kernel.
     *
     * @throws IllegalArgumentException if there is no width, one is not positive, or the kernel is none
     */
    public VaeGanRecipe {
        criticChannels = List.copyOf(criticChannels);
        if (criticChannels.isEmpty() || criticChannels.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "a critic has at least one layer of positive width; got criticChannels " + criticChannels);
        }
        Pyramid.requireKernel("criticKernel", criticKernel);
    }

    /** The defaults: the networks of {@code conv-vae}, and a critic half as wide. */
    public VaeGanRecipe() {
        this(Convolutions.standard(), 0.1, List.of(16, 32, 64), 0, Schedule.constant(2e-4));
    }

    @Override
    public String name() {
        return "vae-gan";
    }

    @Override
    public String summary() {
        return "VAE/GAN: a critic's features say how alike images are (Larsen et al. 2016)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.CRITIC,
                "images that shall look sharp, whatever their likelihood",
                "KL(q(z|x) ‖ p(z)) − log N(f(x); f(x̂), σ²) − log D(x̂), f the features of a critic D of images",
                "Larsen et al. (2016), Autoencoding beyond Pixels using a Learned Similarity Metric, algorithm 1;"
                        + " arXiv:1512.09300");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        ImageCritic critic = critic(data, initial);
        Player player = new Player("critic", critic, Rule.adam(criticRate, BETA1, BETA2));
        return Composition.of(networks.vae(data, List.of(), initial), new LearnedSimilarity(gamma, critic), player);
    }

    private ImageCritic critic(DataSpec data, Initializer initial) {
        Pyramid pyramid = Pyramid.of(Networks.image(data), criticChannels, Activation.LEAKY_RELU, 0, criticKernel);
        List<Layer> layers = new ArrayList<>(pyramid.down(initial));
        layers.add(Reshape.flatten(pyramid.deepest()));
        return new ImageCritic(
                new Sequential(layers), Linear.of(pyramid.deepest().elements(), 1, initial));
    }

    /** More dimensions and layers, a wider critic whose judgement weighs more beside its features, and an average of the weights. */
    @Override
    public Map<String, String> suited(DataSpec data, long examples, Map<String, String> given) {
        if (!ColourPictures.are(data)) {
            return NetworkedRecipe.super.suited(data, examples, given);
        }
        return ColourPictures.suited(
                ColourPictures.epochs(STEPS, examples, training().epochs(), given),
                "channels",
                "32,64,128,256",
                "latents",
                "128",
                "activation",
                "silu",
                "gamma",
                "0.02",
                "criticChannels",
                "32,64,128",
                "ema",
                "0.99");
    }

    @Override
    public Set<String> suitable() {
        return Set.of("channels", "latents", "activation", "gamma", "criticChannels", "batch", "ema", "epochs");
    }

    /** A decoder's images are grey: a critic would know binary ones by that alone. */
    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().equals(PixelLikelihood.bernoulli())
                ? List.of(Pixels.PROBABILITIES)
                : networks.likelihood().treatments();
    }
}
