package dev.elbo.recipe;

import dev.elbo.data.Labels;
import dev.elbo.data.Split;
import dev.elbo.option.About;
import dev.elbo.train.Mixing;

/** Labels of which only some are kept, and how a model learns from those. */
record FewLabels(
        @About("labels that are kept, as many of each class; all others are hidden")
        int labels,

        @About("part of every batch that has a label") double labelledShare,
        @About("weight of the classifier's cross-entropy") double alpha) {
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
