package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.OneHots;
import dev.elbo.distribution.Parameterised;
import dev.elbo.distribution.RelaxedOneHots.Sampling;
import dev.elbo.distribution.Support;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.JointVae;
import dev.elbo.model.JointVae.Part;
import dev.elbo.model.Signature;
import dev.elbo.model.Variable;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Capacities;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.posterior.NormalHead;
import dev.elbo.posterior.RelaxedChoices;
import dev.elbo.prior.StandardNormal;
import dev.elbo.prior.UniformChoices;
import dev.elbo.tensor.Shape;
import dev.elbo.train.Composition;
import java.util.List;
import java.util.Optional;

/** The JointVAE: a vector for what varies smoothly, and a choice for what does not. Dupont (2018). */
public record JointVaeRecipe(
        @About("widths of the encoder's hidden layers; the decoder's are the same, reversed")
        List<Integer> hidden,

        @About("dimensions of z") int latents,

        @About("classes of the choice c") int classes,

        @About("temperature at which c is relaxed in training, above 0")
        double temperature,

        @About("relu, tanh, sigmoid, softplus, leaky-relu, elu, silu or gelu")
        Activation activation,

        @About("bernoulli, continuous-bernoulli, normal, laplace or logistic-mixture")
        PixelLikelihood likelihood,

        Capacities objective)
        implements Recipe {
    /**
     * Validates widths and temperature.
     *
     * @throws IllegalArgumentException if one is not positive, or there is a single class
     */
    public JointVaeRecipe {
        hidden = List.copyOf(hidden);
        if (hidden.isEmpty() || hidden.stream().anyMatch(width -> width < 1) || latents < 1 || classes < 2) {
            throw new IllegalArgumentException(
                    "joint-vae has a hidden layer, z of one dimension or more, and c of two classes"
                            + " or more; got hidden " + hidden + ", latents " + latents + " and classes " + classes);
        }
        if (!(temperature > 0)) {
            throw new IllegalArgumentException(
                    "the temperature is above 0; got " + temperature + ". Set it to 0.67, say");
        }
    }

    /** The defaults: 10 dimensions and 10 classes, T = 0.67 and γ = 30, as in the paper; capacities grow over 25 epochs. */
    public JointVaeRecipe() {
        this(
                List.of(512, 256),
                10,
                10,
                0.67,
                Activation.RELU,
                PixelLikelihood.bernoulli(),
                new Capacities(30, Schedule.parse("linear(0, 5, 25)"), Schedule.parse("linear(0, 2.3, 25)")));
    }

    @Override
    public String name() {
        return "joint-vae";
    }

    @Override
    public String summary() {
        return "JointVAE: a vector for what varies smoothly, a choice for what does not (Dupont 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISENTANGLEMENT,
                "images of kinds that nobody named, each of which varies smoothly",
                "E_q[−log p(x|z, c)] + γ |KL(q(z|x) ‖ p(z)) − C_z| + γ |KL(q(c|x) ‖ p(c)) − C_c|",
                "Dupont (2018), Learning Disentangled Joint Continuous and Discrete Representations, eq. 7; arXiv:1804.00104");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Shape image = Networks.image(data).shape();
        List<Variable> named = List.of(Variable.vector("z", latents), Variable.vector("c", classes, Support.ONE_HOT));
        JointVae model = new JointVae(
                trunk(image, initial),
                List.of(continuous(initial), discrete(initial)),
                decoder(image, initial),
                new Signature(List.of(Networks.IMAGE), List.of(), named));
        return Composition.of(model, objective);
    }

    private Layer trunk(Shape image, Initializer initial) {
        List<Integer> widths = Mlp.widths((int) image.elements(), hidden.subList(0, hidden.size() - 1), width());
        return Sequential.of(Reshape.flatten(image), Mlp.network(widths, activation, initial), activation);
    }

    /** Of what the trunk puts out. */
    private int width() {
        return hidden.get(hidden.size() - 1);
    }

    private Part continuous(Initializer initial) {
        return new Part(
                new StandardNormal(latents, initial.device()),
                new Parameterised<>(List.of(), Linear.of(width(), 2L * latents, initial), new NormalHead()));
    }

    private Part discrete(Initializer initial) {
        Conditional<OneHots> logits = new Parameterised<>(
                List.of(), Linear.of(width(), classes, initial), new RelaxedChoices.Logits(1, classes));
        return new Part(
                new UniformChoices(1, classes, initial.device()),
                new RelaxedChoices(logits, initial.buffer(temperature), Sampling.RELAXED, Optional.empty()));
    }

    /** p(x|z, c), given both as one vector. */
    private Conditional<? extends Distribution> decoder(Shape image, Initializer initial) {
        Shape parameters = image.prepend(likelihood.parameters());
        List<Integer> widths = Mlp.widths(latents + classes, Mlp.reversed(hidden), (int) parameters.elements());
        return new Parameterised<>(
                List.of(Sequential.of(), Sequential.of()),
                Mlp.network(widths, activation, initial, Reshape.unflatten(parameters)),
                likelihood.head(Networks.IMAGE, initial));
    }

    @Override
    public List<Pixels> treatments() {
        return likelihood.treatments();
    }
}
