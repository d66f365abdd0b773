package dev.elbo.model;

import dev.elbo.tensor.Shape;

/**
 * A latent variable as a model declares it.
 *
 * @param name as in {@code z}
 * @param shape of one value: [D] of a vector, [H, W] of codes, [] of a class
 * @param kind what its values are
 */
public record Variable(String name, Shape shape, Kind kind) {
    /** What the values of a latent variable are. */
    public enum Kind {
        /** Real numbers, which can be averaged, interpolated and moved one by one. */
        VECTOR,
        /** Indices into a codebook, INT64. */
        CODES,
        /** One class, INT64. */
        CLASS
    }

    /** A vector of real numbers. */
    public static Variable vector(String name, long dims) {
        return new Variable(name, Shape.of(dims), Kind.VECTOR);
    }

    /** One of several classes. */
    public static Variable ofClass(String name) {
        return new Variable(name, Shape.of(), Kind.CLASS);
    }
}
