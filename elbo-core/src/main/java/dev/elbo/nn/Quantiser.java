package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/** Puts codes in the place of vectors: each code is one of a fixed number, and has a vector that stands for what was there. */
public interface Quantiser extends Module {
    /** M, how many different codes there are. */
    long codes();

    /** D, the dimensions of a vector. */
    long dims();

    /** R, how many codes stand for one vector. */
    default long depth() {
        return 1;
    }

    /**
     * Quantises vectors; a pass of training may also move what the quantiser knows.
     *
     * @param x [..., D]
     */
    Quantisation quantise(Tensor x, Pass pass);

    /**
     * The vectors of codes.
     *
     * @param codes INT64 [...]; of several codes a vector, [..., R]
     * @return [..., D]
     */
    Tensor vectors(Tensor codes);

    /**
     * What stands for some vectors.
     *
     * @param codes of each, INT64 [...]; of several codes a vector, [..., R]
     * @param vectors what the codes say, [..., D]; gradients pass through it to what was quantised as if it were that: the
     *     straight-through estimator
     * @param distance ‖x − e‖², of each, [...], whose gradient reaches x alone; 0 of a quantiser that needs no such pull
     */
    record Quantisation(Tensor codes, Tensor vectors, Tensor distance) {}
}
