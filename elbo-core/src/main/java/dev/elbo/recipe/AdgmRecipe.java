package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Parameterised;
import dev.elbo.model.AuxiliaryVae;
import dev.elbo.model.Vae;
import dev.elbo.nn.Dropout;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.OneHot;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Supervision;
import dev.elbo.option.About;
import dev.elbo.posterior.ClassHead;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.UniformClasses;
import dev.elbo.tensor.Shape;
import dev.elbo.train.Composition;
import dev.elbo.train.Stage;
import java.util.ArrayList;
import java.util.List;

/** Semi-supervised learning with an auxiliary variable: Maaløe et al. (2016). */
public record AdgmRecipe(
        Mlp networks,
        Elbo objective,
        FewLabels known,

        @About("dimensions of the auxiliary variable a") int auxiliaryLatents,

        @About("part of the classifier's hidden units that are dropped in training")
        double dropout)
        implements Recipe {
    private static final int AUXILIARY = 20;
    private static final String ATTRIBUTES = "attributes";

    /** What a vector becomes before it stands beside others. */
    private static final Layer VECTOR = Sequential.of();

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if a has no dimension, or the classifier drops all
     */
    public AdgmRecipe {
        new Dropout(dropout); // which refuses what is no part
        if (auxiliaryLatents < 1) {
            throw new IllegalArgumentException("a has one dimension or more; got auxiliaryLatents=" + auxiliaryLatents
                    + ". Train m2 to have none");
        }
    }

    /** The defaults: 100 labels. */
    public AdgmRecipe() {
        this(Mlp.standard(), Elbo.standard(), FewLabels.of(100, 0.3, 10), AUXILIARY, 0.3);
    }

    @Override
    public String name() {
        return "adgm";
    }

    @Override
    public String summary() {
        return "M2 with an auxiliary variable, for a posterior that is more than a normal (Maaløe et al. 2016)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.CLASSES,
                "as m2, where one normal for each class says too little of what an image may mean",
                "E_q(a|x)[bound of M2 with q(y|x, a) and q(z|x, y, a)] + E_q[log q(a|x) − log p(a|x, y, z)]",
                "Maaløe et al. (2016), Auxiliary Deep Generative Models, eq. 8 to 14; arXiv:1602.05473");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        int classes = Networks.classes(data, FewLabels.LABEL);
        AuxiliaryVae model = new AuxiliaryVae(
                autoencoder(data, initial),
                new UniformClasses(classes, initial.device()),
                new Parameterised<>(
                        List.of(x(data)), network(pixels(data), 2 * auxiliaryLatents, initial), new NormalHead()),
                classifier(data, classes, initial),
                new Parameterised<>(
                        List.of(x(data), new OneHot(classes), VECTOR),
                        network(pixels(data) + classes + networks.z().latents(), 2 * auxiliaryLatents, initial),
                        new NormalHead()),
                classes,
                known.alpha());
        List<Stage> stages = known.stages(
                new Supervision(),
                List.of("classifier.", "auxiliary."),
                List.of("autoencoder.", "explained."),
                Stage.only(objective, List.of()));
        return new Composition(model, stages).mixed(known.mixing());
    }

    /** Given the class, and attributes if the data have some; its posterior a, too. */
    private Vae autoencoder(DataSpec data, Initializer initial) {
        List<String> conditions = new ArrayList<>(List.of(FewLabels.LABEL));
        conditions.addAll(attributes(data));
        Vae conditional = networks.vae(data, conditions, initial);
        List<Layer> stems = Networks.stems(x(data), data, conditions);
        stems.add(VECTOR);
        int width = pixels(data) + Networks.width(data, conditions) + auxiliaryLatents;
        LatentSpace z = networks.z();
        return conditional.withPosterior(
                new Parameterised<>(stems, network(width, z.parameters(), initial), z.head(initial)));
    }

    private Conditional<Categorical> classifier(DataSpec data, int classes, Initializer initial) {
        List<Layer> stems = new ArrayList<>(List.of(x(data)));
        stems.addAll(Networks.stems(VECTOR, data, attributes(data)));
        int width = pixels(data) + auxiliaryLatents + Networks.width(data, attributes(data));
        Layer network = new ClassifierNetwork(Architecture.Kind.DENSE, dropout, 0, 0)
                .of(Shape.of(width), networks.hidden(), networks.activation(), classes, initial);
        return new Parameterised<>(stems, network, new ClassHead());
    }

    private static List<String> attributes(DataSpec data) {
        return data.fields().containsKey(ATTRIBUTES) ? List.of(ATTRIBUTES) : List.of();
    }

    private static Layer x(DataSpec data) {
        return Reshape.flatten(Networks.image(data).shape());
    }

    private static int pixels(DataSpec data) {
        return (int) Networks.image(data).shape().elements();
    }

    private Layer network(int in, int out, Initializer initial) {
        return Mlp.network(Mlp.widths(in, networks.hidden(), out), networks.activation(), initial);
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }

    /** Most labels are hidden. */
    @Override
    public Split seen(Split fitting, long seed) {
        return known.seen(fitting, seed);
    }
}
