package dev.elbo.handbook;

/**
 * An experiment of the handbook: what makes a figure, and the numbers that pages tell of it. The same experiment always finds
 * the same on the same machine: its chance comes from seeds of its own.
 */
public interface Experiment {

    /** The name by which pages and {@code ./elbo handbook figure} know it, such as {@code three-elbos}. */
    String name();

    /** Does it. */
    Finding run(Effort effort);
}
