package dev.elbo.model;

import dev.elbo.distribution.Support;
import dev.elbo.tensor.Shape;

/**
 * A latent variable as a model declares it.
 *
 * @param name as in {@code z}
 * @param shape of one value: [D] of a vector, [H, W] of codes, [] of a class
 * @param kind what its values are
 * @param codebook how many different codes, or classes, there are; 0 of a vector
 * @param support which numbers a vector may have
 */
public record Variable(String name, Shape shape, Kind kind, long codebook, Support support) {
    /** What the values of a latent variable are. */
    public enum Kind {
        /** Real numbers, which can be averaged, interpolated and moved one by one. */
        VECTOR,
        /** Indices into a codebook, INT64. */
        CODES,
        /** One class, INT64. */
        CLASS,
        /** As many vectors, or whole numbers, as an example has steps: nothing that two examples have alike. */
        STEPS
    }

    /** Of codes and classes, which are no numbers of a vector, and of vectors of any numbers. */
    public Variable(String name, Shape shape, Kind kind, long codebook) {
        this(name, shape, kind, codebook, Support.REAL);
    }

    /** A vector of real numbers. */
    public static Variable vector(String name, long dims) {
        return vector(name, dims, Support.REAL);
    }

    /** A vector of certain numbers. */
    public static Variable vector(String name, long dims, Support support) {
        return new Variable(name, Shape.of(dims), Kind.VECTOR, 0, support);
    }

    /** Whether it is a vector each number of which may be any, whatever the others are. */
    public boolean isFree() {
        return kind == Kind.VECTOR && support == Support.REAL;
    }

    /** A map of indices into a codebook of so many codes. */
    public static Variable codes(String name, Shape map, long codebook) {
        return new Variable(name, map, Kind.CODES, codebook);
    }

    /** Vectors of so many dimensions, one for each step, of which there are at most {@code most}. */
    public static Variable steps(String name, long most, long dims) {
        return new Variable(name, Shape.of(most, dims), Kind.STEPS, 0);
    }

    /** Whole numbers, one for each step, of which there are at most {@code most}. */
    public static Variable counts(String name, long most) {
        return new Variable(name, Shape.of(most), Kind.STEPS, 0);
    }

    /** One of so many classes. */
    public static Variable oneOf(String name, long classes) {
        return new Variable(name, Shape.of(), Kind.CLASS, classes);
    }
}
