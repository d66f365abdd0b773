package dev.elbo.handbook.toy;

import dev.elbo.handbook.draw.Numbers;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * N(mean, deviation²) of one number, where the point of an experiment is arithmetic.
 *
 * @param mean μ
 * @param deviation σ, above 0
 */
public record Normal(double mean, double deviation) {
    private static final double WIDTH = 8;
    private static final int INTERVALS = 200;

    /** N(0, 1). */
    public static final Normal STANDARD = new Normal(0, 1);

    private static final double[] NOISE = Numbers.range(-WIDTH, WIDTH, INTERVALS + 1);
    private static final double[] WEIGHTS = Arrays.stream(NOISE)
            .map(noise -> 2 * WIDTH / INTERVALS * STANDARD.density(noise))
            .toArray();

    /** log N(x; μ, σ²). */
    public double logDensity(double x) {
        double standard = (x - mean) / deviation;
        return -0.5 * standard * standard - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
    }

    /** N(x; μ, σ²). */
    public double density(double x) {
        return Math.exp(logDensity(x));
    }

    /** ½ log 2πeσ², in nats. */
    public double entropy() {
        return 0.5 * Math.log(2 * Math.PI * Math.E) + Math.log(deviation);
    }

    /** KL(this ‖ other) = log σ'/σ + (σ² + (μ − μ')²) / 2σ'² − ½, in nats. */
    public double klTo(Normal other) {
        double apart = mean - other.mean;
        double squares = deviation * deviation + apart * apart;
        return Math.log(other.deviation / deviation) + squares / (2 * other.deviation * other.deviation) - 0.5;
    }

    /** E[f(z)] by the trapezium rule over eight standard deviations to either side: exact to ten digits for smooth f. */
    public double expectation(DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i < NOISE.length; i++) {
            sum += WEIGHTS[i] * f.applyAsDouble(mean + deviation * NOISE[i]);
        }
        return sum;
    }
}
