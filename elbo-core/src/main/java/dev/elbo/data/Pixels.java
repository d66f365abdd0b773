package dev.elbo.data;

import java.util.Locale;

/**
 * How stored pixels become what a model observes. Figures in nats are comparable only under the same
 * treatment, so it is printed with each.
 */
public enum Pixels {
    /** Grey pixels in [0, 1], scored as probabilities by a Bernoulli. */
    PROBABILITIES,
    /** Binary: sampled anew, with the grey value as probability, each time an image is seen. */
    DYNAMIC,
    /** Binary: sampled once, from a seed. */
    STATIC,
    /** Grey pixels in [0, 1], for continuous and discretised likelihoods. */
    GREY;

    /**
     * How images are treated whose codes are asked for: the grey values where each look at an image draws other pixels, so that
     * its code is a function of it; else as ever.
     */
    public Pixels encoded() {
        return this == DYNAMIC ? GREY : this;
    }

    /** As it is written in options and files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
