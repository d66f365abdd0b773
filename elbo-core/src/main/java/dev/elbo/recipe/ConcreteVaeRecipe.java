package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.distribution.Parameterised;
import dev.elbo.distribution.RelaxedOneHots.Sampling;
import dev.elbo.distribution.Support;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.Vae;
import dev.elbo.model.Variable;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Reshape;
import dev.elbo.objective.Cooled;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Schedule;
import dev.elbo.objective.ScoreFunction;
import dev.elbo.objective.ScoreFunction.Baseline;
import dev.elbo.option.About;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.posterior.RelaxedChoices;
import dev.elbo.prior.UniformChoices;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import java.util.List;
import java.util.Optional;

/** The VAE whose latents are choices among classes, relaxed in training. Jang et al. (2017); Maddison et al. (2017). */
public record ConcreteVaeRecipe(
        @About("choices that z is made of") int choices,
        @About("classes of each choice") int classes,

        @About("schedule of the temperature at which choices are relaxed, in epochs: linear(1, 0.5, 10), 0.67, …")
        Schedule temperature,

        @About(
                "gradient of choices: relaxed, straight-through, or the score function's, with the baseline leave-one-out or"
                        + " moving-average")
        Gradient gradient,

        @About("samples of each example in training, for the score function's gradient; others take one")
        int samples,

        @About("widths of the encoder's hidden layers; the decoder's are the same, reversed")
        List<Integer> hidden,

        @About("relu, tanh, sigmoid, softplus, leaky-relu, elu, silu or gelu")
        Activation activation,

        @About("bernoulli, continuous-bernoulli, normal, laplace or logistic-mixture")
        PixelLikelihood likelihood,

        Elbo objective)
        implements Recipe {
    /** How the encoder learns from choices, which have no gradient. */
    public enum Gradient {
        /** The decoder is given relaxed choices. */
        RELAXED(Sampling.RELAXED, Baseline.NONE),
        /** The decoder is given whole choices, with the gradients of relaxed ones. */
        STRAIGHT_THROUGH(Sampling.STRAIGHT_THROUGH, Baseline.NONE),
        /** The score function's, beside the mean of the example's other samples. */
        LEAVE_ONE_OUT(Sampling.EXACT, Baseline.LEAVE_ONE_OUT),
        /** The score function's, beside the mean of earlier steps. */
        MOVING_AVERAGE(Sampling.EXACT, Baseline.MOVING_AVERAGE);

        private final Sampling sampling;
        private final Baseline baseline;

        Gradient(Sampling sampling, Baseline baseline) {
            this.sampling = sampling;
            this.baseline = baseline;
        }
    }

    /**
     * Validates the choices.
     *
     * @throws IllegalArgumentException if there are none, or none to choose from, or the temperature is not above 0
     */
    public ConcreteVaeRecipe {
        hidden = List.copyOf(hidden);
        if (choices < 1 || classes < 2) {
            throw new IllegalArgumentException("z is one choice or more, of two classes or more; got choices " + choices
                    + " and classes " + classes);
        }
        if (!(temperature.least() > 0)) {
            throw new IllegalArgumentException(
                    "the temperature is above 0 everywhere; got " + temperature + "; end it at 0.5, say");
        }
        if (gradient == Gradient.LEAVE_ONE_OUT && samples < 2) {
            throw new IllegalArgumentException("gradient=leave-one-out compares an example's samples; got samples "
                    + samples + ". Set samples to 2 or more");
        }
        if (!objective.freeBits().isNone()) {
            throw new IllegalArgumentException(
                    "free bits are of single dimensions, and a choice is of several. Set freeBits to 0");
        }
        if (hidden.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("widths of layers are positive; got hidden " + hidden);
        }
    }

    /** The defaults: 20 choices of 10 classes, as Jang et al. (2017), section 4.2. */
    public ConcreteVaeRecipe() {
        this(
                20,
                10,
                new Schedule.Linear(1, 0.5, 10),
                Gradient.RELAXED,
                4,
                List.of(512, 256),
                Activation.RELU,
                PixelLikelihood.bernoulli(),
                Elbo.standard());
    }

    @Override
    public String name() {
        return "concrete-vae";
    }

    @Override
    public String summary() {
        return "VAE of choices among classes, relaxed in training (Jang et al. 2017)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISCRETE,
                "codes that are choices among classes, without a codebook and a second stage",
                "E_q[−log p(x|z)] + β Σ KL(q(c|x) ‖ uniform), z = one-hot choices c, relaxed at temperature T",
                "Jang et al. (2017), Categorical Reparameterization with Gumbel-Softmax, section 2; arXiv:1611.01144");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Shape image = Networks.image(data).shape();
        Shape parameters = image.prepend(likelihood.parameters());
        int latents = choices * classes;
        List<Integer> encoder = Mlp.widths((int) image.elements(), hidden, latents);
        List<Integer> decoder = Mlp.widths(latents, Mlp.reversed(hidden), (int) parameters.elements());
        Tensor relaxation = initial.buffer(temperature.over(1).at(0));
        Optional<Tensor> average =
                gradient == Gradient.MOVING_AVERAGE ? Optional.of(initial.buffer(0, 2)) : Optional.empty();
        RelaxedChoices posterior = new RelaxedChoices(
                new Parameterised<>(
                        List.of(Reshape.flatten(image)),
                        Mlp.network(encoder, activation, initial),
                        new RelaxedChoices.Logits(choices, classes)),
                relaxation,
                gradient.sampling,
                average);
        Vae model = new Vae(
                new UniformChoices(choices, classes, initial.device()),
                posterior,
                new Parameterised<>(
                        List.of(),
                        Mlp.network(decoder, activation, initial, Reshape.unflatten(parameters)),
                        likelihood.head(Networks.IMAGE, initial)),
                Networks.IMAGE,
                List.of(),
                Variable.vector(Vae.Z, latents, Support.ONE_HOT));
        return Composition.of(model, objective(relaxation, average.orElseGet(() -> initial.buffer(0, 2))));
    }

    @Override
    public Optional<PosteriorKind> posterior() {
        return Optional.of(new RelaxedChoices.Kind(choices, classes));
    }

    private Objective objective(Tensor relaxation, Tensor average) {
        return gradient.sampling == Sampling.EXACT
                ? new ScoreFunction(samples, gradient.baseline, objective.beta(), average)
                : new Cooled(objective, temperature, relaxation);
    }

    @Override
    public List<Pixels> treatments() {
        return likelihood.treatments();
    }
}
