package dev.elbo.distribution;

import dev.elbo.tensor.Tensor;

/**
 * The modified Bessel function of the first kind, I_ν(κ), for any κ from 0 on, as numbers that neither overflow nor vanish: by
 * Debye's expansion at an order of 32 or more, where it is right to 10⁻⁸ for every κ, and down to ν by the recurrence of the ratios,
 * which loses nothing on that way. Abramowitz and Stegun (1964), 9.7.7 and 9.6.26.
 *
 * @param logScaled log (I_ν(κ) κ^−ν), [...]
 * @param ratio I_ν₊₁(κ) / I_ν(κ), from 0 to 1, [...]
 */
record Bessel(Tensor logScaled, Tensor ratio) {
    private static final double LEAST_ORDER = 32;

    /**
     * The function of an order from 0 on.
     *
     * @param kappa FLOAT64, κ, [...]
     */
    static Bessel of(double order, Tensor kappa) {
        int steps = (int) Math.max(0, Math.ceil(LEAST_ORDER - order));
        Tensor logScaled = debye(order + steps, kappa);
        Tensor above = debye(order + steps + 1, kappa);
        Tensor ratio = above.minus(logScaled).exp().times(kappa);
        for (int i = steps - 1; i >= 0; i--) {
            Tensor inverse = ratio.times(kappa).plus(2 * (order + i + 1)); // κ / ratio
            logScaled = logScaled.plus(inverse.log());
            ratio = kappa.over(inverse);
        }
        return new Bessel(logScaled, ratio);
    }

    /** ν (s − log(1 + s) − log ν) − ½ log 2πν − ½ log s + log Σₖ uₖ(1/s) / ν^k with s = √(1 + (κ/ν)²). */
    private static Tensor debye(double order, Tensor kappa) {
        Tensor s = kappa.over(order).square().plus(1).sqrt();
        Tensor exponent = s.minus(s.log1p()).minus(Math.log(order)).times(order);
        Tensor t = s.reciprocal();
        Tensor t2 = t.square();
        Tensor u1 = polynomial(t2, 3, -5).times(t).over(24 * order);
        Tensor u2 = polynomial(t2, 81, -462, 385).times(t2).over(1152 * order * order);
        Tensor u3 = polynomial(t2, 30375, -369603, 765765, -425425)
                .times(t2)
                .times(t)
                .over(414720 * Math.pow(order, 3));
        Tensor u4 = polynomial(t2, 4465125, -94121676, 349922430, -446185740, 185910725)
                .times(t2.square())
                .over(39813120 * Math.pow(order, 4));
        Tensor sum = u1.plus(u2).plus(u3).plus(u4);
        return exponent.minus(s.log().times(0.5))
                .minus(0.5 * Math.log(2 * Math.PI * order))
                .plus(sum.log1p());
    }

    /** c₀ + c₁ x + c₂ x² + …. */
    private static Tensor polynomial(Tensor x, double... coefficients) {
        Tensor sum = x.times(coefficients[coefficients.length - 1]);
        for (int i = coefficients.length - 2; i > 0; i--) {
            sum = sum.plus(coefficients[i]).times(x);
        }
        return sum.plus(coefficients[0]);
    }
}
