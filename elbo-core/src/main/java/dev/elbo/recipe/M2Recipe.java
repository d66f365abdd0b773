package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Labels;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.model.SemiSupervisedVae;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.LabelsAlone;
import dev.elbo.objective.Schedule;
import dev.elbo.objective.SemiSupervised;
import dev.elbo.option.About;
import dev.elbo.train.Composition;
import dev.elbo.train.Mixing;
import dev.elbo.train.Stage;
import java.util.List;

/** Semi-supervised learning with few labels: the generative model M2 of Kingma et al. (2014). */
public record M2Recipe(
        SharedMlp networks,

        @About("schedule of the rate's weight, in epochs: 1, linear(4, 1, 10), …")
        Schedule beta,

        @About("labels that are kept, as many of each class; all others are hidden")
        int labels,

        @About("part of every batch that has a label") double labelledShare,

        @About("weight of −log q(y|x) of an example with a label, beside the nats of its bound")
        double alpha,

        @About("epochs in which everything but the classifier learns from images alone, at first")
        double imageEpochs,

        @About("epochs in which the classifier learns from labels alone, before all learn together")
        double labelEpochs)
        implements Recipe {
    private static final String LABEL = "label";

    /** The defaults: 100 labels. */
    public M2Recipe() {
        this(SharedMlp.standard(), Schedule.constant(1), 100, 0.1, 100, 4, 1);
    }

    @Override
    public String name() {
        return "m2";
    }

    @Override
    public String summary() {
        return "classifier and autoencoder from few labels and many images without: M2 (Kingma et al. 2014)";
    }

    /**
     * The model, and batches of labelled examples beside others.
     *
     * @throws IllegalArgumentException naming the field that the data lack, or if a class would have no label
     */
    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        SemiSupervisedVae model = networks.model(data, LABEL, alpha, initial);
        int classes = Networks.classes(data, LABEL);
        if (labels < classes) {
            throw new IllegalArgumentException(
                    "labels must be at least 1 for each of the " + classes + " classes; got " + labels);
        }
        Stage zeroth = new Stage(
                "images",
                new SemiSupervised(beta, LABEL, labels),
                List.of("features.", "posterior.", "likelihood."),
                List.of(),
                imageEpochs);
        Stage first = new Stage("labels", new LabelsAlone(), List.of("classifier."), List.of(), labelEpochs);
        Stage then =
                new Stage("training", new SemiSupervised(beta, LABEL, labels), List.of(), List.of(), Schedule.WHOLE);
        return new Composition(model, List.of(zeroth, first, then)).mixed(new Mixing(LABEL, labelledShare));
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }

    /** All there are, or as many labels as the options say. */
    @Override
    public Split seen(Split fitting, long seed) {
        int known = 0;
        for (boolean isKnown : fitting.present(LABEL)) {
            known += isKnown ? 1 : 0;
        }
        return Labels.keep(fitting, LABEL, Math.min(labels, known), seed);
    }
}
