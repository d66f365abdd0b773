package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Parameterised;
import dev.elbo.model.SemiSupervisedVae;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Supervision;
import dev.elbo.posterior.ClassHead;
import dev.elbo.prior.UniformClasses;
import dev.elbo.train.Composition;
import dev.elbo.train.Stage;
import java.util.List;

/** Semi-supervised learning with few labels: the generative model M2 of Kingma et al. (2014). */
public record M2Recipe(Mlp networks, Elbo objective, FewLabels known, ClassifierNetwork network) implements Recipe {

    /** The defaults: 100 labels. */
    public M2Recipe() {
        this(
                Mlp.standard(),
                Elbo.standard(),
                FewLabels.of(100, 0.3, 10),
                new ClassifierNetwork(Architecture.Kind.DENSE, 0.3, 0, 0));
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
        Vae autoencoder = networks.vae(data, List.of(FewLabels.LABEL), initial);
        int classes = Networks.classes(data, FewLabels.LABEL);
        SemiSupervisedVae model = new SemiSupervisedVae(
                new UniformClasses(classes, initial.device()),
                classifier(data, classes, initial),
                autoencoder,
                classes,
                known.alpha());
        Stage together = Stage.only(objective, List.of());
        List<Stage> stages = known.stages(new Supervision(), List.of("classifier."), List.of("autoencoder."), together);
        return new Composition(model, stages).mixed(known.mixing());
    }

    private Conditional<Categorical> classifier(DataSpec data, int classes, Initializer initial) {
        Layer layers =
                network.of(Networks.image(data).shape(), networks.hidden(), networks.activation(), classes, initial);
        return new Parameterised<>(List.of(), layers, new ClassHead());
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
