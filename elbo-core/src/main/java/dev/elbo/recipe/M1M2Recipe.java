package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Parameterised;
import dev.elbo.model.SemiSupervisedVae;
import dev.elbo.model.StackedVae;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.OneHot;
import dev.elbo.nn.RandomAffine;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Schedule;
import dev.elbo.objective.Supervision;
import dev.elbo.option.About;
import dev.elbo.posterior.ClassHead;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.StandardNormal;
import dev.elbo.prior.UniformClasses;
import dev.elbo.tensor.Shape;
import dev.elbo.train.Composition;
import dev.elbo.train.Stage;
import java.util.ArrayList;
import java.util.List;

/** Semi-supervised learning on features: M1 and then M2 of what it finds. Kingma et al. (2014). */
public record M1M2Recipe(
        Architecture networks,
        Elbo objective,
        FewLabels known,

        @About("epochs in which the features are learned, from all images and no label")
        double featureEpochs,

        @About("dimensions of z2, the style beside the class")
        int styleLatents,

        @About("widths of the hidden layers of the classifier of features, and of the model of features")
        List<Integer> classHidden,

        @About("part of the classifier's hidden units that are dropped in training")
        double dropout,

        @About("pixels by which images are shifted at most before classes are learned from their features")
        double shift,

        @About("degrees by which they are turned at most") double rotation)
        implements Recipe {
    private static final int FEATURES = 50;

    /** Copies the list. */
    public M1M2Recipe {
        classHidden = List.copyOf(classHidden);
    }

    /** The defaults: 100 labels. */
    public M1M2Recipe() {
        this(
                Architecture.of(Architecture.Kind.DENSE, FEATURES),
                Elbo.standard(),
                FewLabels.of(100, 0.1, 30),
                20,
                20,
                List.of(500),
                0.3,
                0,
                0);
    }

    @Override
    public String name() {
        return "m1-m2";
    }

    @Override
    public String summary() {
        return "classifier and autoencoder from few labels, on features learned from all images: M1+M2 (Kingma et al. 2014)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.CLASSES,
                "as m2, where most time is for images without a label: classes are gone through on features, which is fast",
                "M1: E[−log p(x|z₁)] + KL(q(z₁|x) ‖ p(z₁)); then M2 of samples of q(z₁|x) in the place of x",
                "Kingma et al. (2014), Semi-supervised Learning with Deep Generative Models, section 2.1; arXiv:1406.5298");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Vae features = networks.vae(data, List.of(), initial);
        StackedVae model = new StackedVae(
                features, new RandomAffine(shift, rotation), classes(Networks.classes(data, FewLabels.LABEL), initial));
        Stage first = new Stage("features", ofFeatures(), List.of("features."), List.of(), featureEpochs);
        Stage together = new Stage("classes", ofClasses(objective), List.of("classes."), List.of(), Schedule.WHOLE);
        List<Stage> stages = new ArrayList<>(List.of(first));
        stages.addAll(known.stages(
                ofClasses(new Supervision()),
                List.of("classes.classifier."),
                List.of("classes.autoencoder."),
                together));
        return new Composition(model, stages).mixed(known.mixing());
    }

    private Objective ofFeatures() {
        return (model, batch, step) -> objective.loss(((StackedVae) model).features(), batch, step);
    }

    private static Objective ofClasses(Objective objective) {
        return (model, batch, step) -> {
            StackedVae stacked = (StackedVae) model;
            return objective.loss(stacked.classes(), stacked.codes(batch, step.pass()), step);
        };
    }

    private SemiSupervisedVae classes(int classes, Initializer initial) {
        int dims = networks.z().latents();
        Vae style = new Vae(
                new StandardNormal(styleLatents, initial.device()),
                normal(dims + classes, styleLatents, classes, initial),
                normal(styleLatents + classes, dims, classes, initial),
                StackedVae.FEATURES,
                List.of(FewLabels.LABEL),
                styleLatents);
        Layer classifier = new ClassifierNetwork(Architecture.Kind.DENSE, dropout, 0, 0)
                .of(Shape.of(dims), classHidden, networks.activation(), classes, initial);
        return new SemiSupervisedVae(
                new UniformClasses(classes, initial.device()),
                new Parameterised<>(List.of(), classifier, new ClassHead()),
                style,
                classes,
                known.alpha());
    }

    /** A normal of a vector and a class. */
    private Parameterised<DiagonalNormal> normal(int in, int out, int classes, Initializer initial) {
        return new Parameterised<>(
                List.of(Sequential.of(), new OneHot(classes)),
                Mlp.network(Mlp.widths(in, classHidden, 2 * out), networks.activation(), initial),
                new NormalHead());
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
