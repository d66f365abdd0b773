package dev.elbo.recipe;

import dev.elbo.data.Labels;
import dev.elbo.data.Split;
import dev.elbo.objective.Objective;
import dev.elbo.option.About;
import dev.elbo.train.Mixing;
import dev.elbo.train.Stage;
import java.util.ArrayList;
import java.util.List;

/** Labels of which only some are kept, and how a model learns from those. */
record FewLabels(
        @About("labels that are kept, as many of each class; all others are hidden")
        int labels,

        @About("part of every batch that has a label") double labelledShare,
        @About("weight of the classifier's cross-entropy") double alpha,

        @About(
                "epochs in which the classifier alone learns, from labels alone, before classes and the rest learn together")
        double labelEpochs,

        @About("epochs after those in which all but the classifier learns, so that classes mean what it guesses")
        double imageEpochs) {
    /**
     * Validates.
     *
     * @throws IllegalArgumentException if no label is kept, or a range is left
     */
    FewLabels {
        if (labels < 1) {
            throw new IllegalArgumentException("classes are learned from one label or more; got labels=" + labels
                    + ". Train gm-vae to find some without");
        }
        new Mixing(LABEL, labelledShare); // which refuses what is no part
        if (!(alpha >= 0)) {
            throw new IllegalArgumentException("alpha must be at least 0; got " + alpha);
        }
    }

    /** The field that says the class. */
    static final String LABEL = "label";

    /** In one stage. */
    static FewLabels of(int labels, double labelledShare, double alpha) {
        return new FewLabels(labels, labelledShare, alpha, 0, 0);
    }

    /**
     * The stages up to the one in which all learn together. A guess that is good already is not talked out of it by an
     * autoencoder that has learned nothing yet.
     *
     * @param labelsAlone what the classifier learns from before all others
     * @param classifier beginnings of the names of its parameters
     * @param others beginnings of the names of those that then learn while it stays
     * @param together the last stage
     */
    List<Stage> stages(Objective labelsAlone, List<String> classifier, List<String> others, Stage together) {
        List<Stage> stages = new ArrayList<>();
        if (labelEpochs > 0) {
            stages.add(new Stage("labels", labelsAlone, classifier, List.of(), labelEpochs));
        }
        if (imageEpochs > 0) {
            stages.add(new Stage("images", together.objective(), others, List.of(), imageEpochs));
        }
        stages.add(together);
        return stages;
    }

    /** Batches with so many labels. */
    Mixing mixing() {
        return new Mixing(LABEL, labelledShare);
    }

    /** The split without the labels that are hidden. */
    Split seen(Split fitting, long seed) {
        int known = 0;
        for (boolean isKnown : fitting.present(LABEL)) {
            known += isKnown ? 1 : 0;
        }
        return Labels.keep(fitting, LABEL, Math.min(labels, known), seed);
    }
}
