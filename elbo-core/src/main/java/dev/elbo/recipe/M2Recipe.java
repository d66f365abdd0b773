package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Labels;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Parameterised;
import dev.elbo.model.SemiSupervisedVae;
import dev.elbo.model.Vae;
import dev.elbo.nn.BatchNorm;
import dev.elbo.nn.Dropout;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Elbo;
import dev.elbo.option.About;
import dev.elbo.posterior.ClassHead;
import dev.elbo.prior.UniformClasses;
import dev.elbo.train.Composition;
import dev.elbo.train.Mixing;
import java.util.ArrayList;
import java.util.List;

/** Semi-supervised learning with few labels: the generative model M2 of Kingma et al. (2014). */
public record M2Recipe(
        Mlp networks,
        Elbo objective,

        @About("labels that are kept, as many of each class; all others are hidden")
        int labels,

        @About("part of every batch that has a label") double labelledShare,
        @About("weight of the classifier's cross-entropy") double alpha,

        @About("part of the classifier's hidden units that are dropped in training")
        double dropout)
        implements Recipe {
    private static final String LABEL = "label";

    /** The defaults: 100 labels. */
    public M2Recipe() {
        this(Mlp.standard(), Elbo.standard(), 100, 0.3, 10, 0.3);
    }

    @Override
    public String name() {
        return "m2";
    }

    @Override
    public String summary() {
        return "classifier and autoencoder from few labels and many images without: M2 (Kingma et al. 2014)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.CLASSES,
                "few examples have a label and many have none: classifier and generator in one",
                "Σ over labelled x of −ELBO(x, y) + α E[−log q(y|x)]; over the rest, Σ_y q(y|x) (−ELBO(x, y) + log q(y|x))",
                "Kingma et al. (2014), Semi-supervised Learning with Deep Generative Models, eq. 6 to 9; arXiv:1406.5298");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Vae autoencoder = networks.vae(data, List.of(LABEL), initial);
        int classes = Networks.classes(data, LABEL);
        SemiSupervisedVae model = new SemiSupervisedVae(
                new UniformClasses(classes, initial.device()),
                classifier(data, classes, initial),
                autoencoder,
                classes,
                alpha);
        return Composition.of(model, objective).mixed(new Mixing(LABEL, labelledShare));
    }

    private Conditional<Categorical> classifier(DataSpec data, int classes, Initializer initial) {
        List<Layer> layers =
                new ArrayList<>(List.of(Reshape.flatten(Networks.image(data).shape())));
        long width = Networks.image(data).shape().elements();
        for (int next : networks.hidden()) {
            layers.add(Linear.of(width, next, initial));
            layers.add(BatchNorm.ofVectors(next, initial));
            layers.add(networks.activation());
            layers.add(new Dropout(dropout));
            width = next;
        }
        layers.add(Linear.of(width, classes, initial));
        return new Parameterised<>(List.of(), new Sequential(layers), new ClassHead());
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }

    /** Most labels are hidden. */
    @Override
    public Split seen(Split fitting, long seed) {
        int known = 0;
        for (boolean isKnown : fitting.present(LABEL)) {
            known += isKnown ? 1 : 0;
        }
        return Labels.keep(fitting, LABEL, Math.min(labels, known), seed);
    }
}
