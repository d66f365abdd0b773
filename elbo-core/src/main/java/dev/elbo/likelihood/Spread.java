package dev.elbo.likelihood;

import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.function.UnaryOperator;

/** How far data spread, from which a scale that all pixels share begins. */
final class Spread {
    /** The deviation of what lies anywhere within one of 256 levels: pictures that are all alike spread by 0. */
    static final double ROUNDING = 1 / (255 * Math.sqrt(12));

    private Spread() {}

    /**
     * log (E|x − E x|^p)^(1/p), how far the pixels of a field's examples are from their means over examples, or those of a single
     * example from their mean; 0 where there are none. An optimizer moves a parameter by about a learning rate in a step: from a scale of 1 the way to that of faint
     * pictures is thousands of steps, in which the latents fall silent.
     */
    static double log(String field, Initializer initial, UnaryOperator<Tensor> power, double p) {
        try (Scope scope = Scope.open("spread of examples")) {
            return initial.examples()
                    .apply(field)
                    .map(examples -> Math.log(Math.max(ROUNDING, Math.pow(of(examples, power), 1 / p))))
                    .orElse(0.0);
        }
    }

    /** Example by example, as all of them may be much of what fits into memory. */
    private static double of(Tensor examples, UnaryOperator<Tensor> power) {
        long count = examples.size(0);
        Tensor mean = count == 1 ? examples.mean() : examples.mean(0);
        double sum = 0;
        for (long i = 0; i < count; i++) {
            try (Scope scope = Scope.open("example")) {
                sum += power.apply(examples.narrow(0, i, 1).squeeze(0).minus(mean))
                        .mean()
                        .item();
            }
        }
        return sum / count;
    }
}
