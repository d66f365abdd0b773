package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * Colour images of 256 levels on [0, 1]: for each pixel a mixture of M products of three discretised logistics, in which the location
 * of green depends on red, and that of blue on both, linearly. Salimans et al. (2017), eq. 3:
 *
 * <pre>
 * μ_g(r) = μ_g + α (r − ½)    μ_b(r, g) = μ_b + β (r − ½) + γ (g − ½)
 * </pre>
 *
 * <p>The paper's levels lie on [−1, 1]; r − ½ makes coefficients mean the same here.
 *
 * @param logits of the components of each pixel, [batch..., H, W, M]
 * @param loc locations of red, green and blue, [batch..., 3, H, W, M]
 * @param logScale their scales' logarithms, of the same shape
 * @param coefficients α, β and γ, of the same shape
 */
public record ColourMixture(Tensor logits, Tensor loc, Tensor logScale, Tensor coefficients) implements Distribution {
    private static final int COLOUR = -4; // of [..., 3, H, W, M]
    private static final int RED = 0;
    private static final int GREEN = 1;
    private static final int BLUE = 2;
    private static final int LEVELS = 256;

    /** Values are multiples of 1/255. */
    @Override
    public Tensor logProb(Tensor value) {
        Tensor v = value.unsqueeze(-1); // [..., 3, H, W, 1]
        Tensor red = v.get(COLOUR, RED);
        Tensor green = v.get(COLOUR, GREEN);
        Tensor mass = logMass(red, RED, loc(RED))
                .plus(logMass(green, GREEN, green(red)))
                .plus(logMass(v.get(COLOUR, BLUE), BLUE, blue(red, green))); // [..., H, W, M]
        return logits.logSoftmax(-1).plus(mass).logSumExp(-1).sumLast(2);
    }

    private Tensor logMass(Tensor v, int colour, Tensor at) {
        return DiscretisedLogisticMixture.logMass(v, at, logScale.get(COLOUR, colour));
    }

    private Tensor loc(int colour) {
        return loc.get(COLOUR, colour);
    }

    private Tensor green(Tensor red) {
        return loc(GREEN).plus(coefficients.get(COLOUR, 0).times(red.minus(0.5)));
    }

    private Tensor blue(Tensor red, Tensor green) {
        return loc(BLUE)
                .plus(coefficients.get(COLOUR, 1).times(red.minus(0.5)))
                .plus(coefficients.get(COLOUR, 2).times(green.minus(0.5)));
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            Tensor component = new Categorical(logits, 2).sample(samples, rng).unsqueeze(-1); // [K, batch..., H, W, 1]
            Tensor red = level(loc(RED), RED, component, samples, rng);
            Tensor green = level(green(red), GREEN, component, samples, rng);
            Tensor blue = level(blue(red, green), BLUE, component, samples, rng);
            return Tensor.stack(-3, red.squeeze(-1), green.squeeze(-1), blue.squeeze(-1));
        }
    }

    /** A draw of one colour, [K, batch..., H, W, 1]. */
    private Tensor level(Tensor at, int colour, Tensor component, int samples, Rng rng) {
        Tensor scale = logScale.get(COLOUR, colour).exp();
        Tensor draws = at.plus(scale.times(Logistic.standard(loc(RED), samples, rng)));
        return draws.gather(-1, component).clamp(0, 1).times(LEVELS - 1).round().over(LEVELS - 1);
    }

    /** The components' odds to the power of 1/T, and their scales times T; at 0 the centre. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        if (temperature == 0) {
            Tensor centre = centre().detach();
            return centre.expand(centre.shape().prepend(samples));
        }
        Tensor stretched = logScale.plus(Math.log(temperature));
        return new ColourMixture(logits.over(temperature), loc, stretched, coefficients).sample(samples, rng);
    }

    /**
     * The expectation, where each component's colours follow one another through their means. That is exact but for what is cut off
     * at 0 and 1 of a colour that another depends on.
     */
    @Override
    public Tensor centre() {
        Tensor red = mean(loc(RED), RED);
        Tensor green = mean(green(red), GREEN);
        Tensor blue = mean(blue(red, green), BLUE);
        Tensor weights = logits.softmax(-1); // [batch..., H, W, M]
        return Tensor.stack(
                -3,
                weights.times(red).sum(-1),
                weights.times(green).sum(-1),
                weights.times(blue).sum(-1));
    }

    private Tensor mean(Tensor at, int colour) {
        return DiscretisedLogisticMixture.means(at, logScale.get(COLOUR, colour));
    }
}
