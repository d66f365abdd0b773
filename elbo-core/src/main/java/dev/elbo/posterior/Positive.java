package dev.elbo.posterior;

import dev.elbo.tensor.Tensor;

/** What an encoder says of a parameter that must be positive. */
final class Positive {
    /** softplus of it is 1: where an encoder says 0, a family begins at its plainest member. */
    private static final double ONE = Math.log(Math.E - 1);

    /** Below it draws are too small for numbers, most of the time. */
    private static final double LEAST = 0.01;

    private Positive() {}

    /** softplus(x + log(e − 1)) + 0.01: about 1 of 0, and growing as x does. */
    static Tensor of(Tensor x) {
        return x.plus(ONE).softplus().plus(LEAST);
    }
}
