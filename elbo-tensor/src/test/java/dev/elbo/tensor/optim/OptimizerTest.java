package dev.elbo.tensor.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.InAScope;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("numeric")
@ExtendWith(InAScope.class)
class OptimizerTest {
    private static final int STEPS = 20;
    private static final int SIZE = 5;
    private static final double EPSILON = 1e-8;

    /** One parameter's step in plain Java: the formula of the paper. */
    private interface Formula {
        /**
         * @param state two numbers to carry from step to step
         * @param t the number of the step, from 1
         */
        double next(double theta, double gradient, double learningRate, double[] state, int t);
    }

    private record Rule(String name, Function<ParameterBuffer, Optimizer> optimizer, Formula formula) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Rule> rules() {
        return Stream.of(
                new Rule("Adam", p -> Adam.of(p, 0.9, 0.999, EPSILON, 0), adam(0, 0)),
                new Rule("Adam with other rates", p -> Adam.of(p, 0.5, 0.9, 1e-3, 0), adam(0.5, 0.9, 1e-3, 0, 0)),
                new Rule("Adam with an L2 penalty", p -> Adam.of(p, 0.9, 0.999, EPSILON, 0.1), adam(0.1, 0)),
                new Rule("AdamW", p -> Adam.decoupled(p, 0.9, 0.999, EPSILON, 0.1), adam(0, 0.1)),
                new Rule("Adamax", p -> new Adamax(p, 0.9, 0.999, EPSILON), OptimizerTest::adamax),
                new Rule("Sgd", p -> new Sgd(p, 0), (theta, g, rate, state, t) -> theta - rate * g),
                new Rule("Sgd with momentum", p -> new Sgd(p, 0.9), OptimizerTest::momentum),
                new Rule("RmsProp", p -> new RmsProp(p, 0.99, EPSILON), OptimizerTest::rmsProp));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatItCarriesIsFreedAndTheParametersStay(Rule rule) {
        Tensor parameter = Tensor.of(new float[] {1, 2, 3}, 3).requireGradient();
        ParameterBuffer buffer = new ParameterBuffer(Map.of("p", parameter));
        int before = Scope.current().size();
        Optimizer optimizer = rule.optimizer().apply(buffer);
        optimizer.free();
        buffer.freeGradients();
        // less the gradients, and with numbers: its step count, its learning rate, one of Adamax
        assertThat(Scope.current().size()).isBetween(before - 1 + 2, before - 1 + 3);
        assertThat(optimizer.moments()).isEmpty();
        assertThat(parameter.hasGradient()).isFalse();
        assertThat(parameter.toFloats()).containsExactly(1, 2, 3);
        parameter.square().sum().backward();
        assertThat(parameter.gradient().toFloats()).containsExactly(2, 4, 6);
    }

    private static Formula adam(double penalty, double decay) {
        return adam(0.9, 0.999, EPSILON, penalty, decay);
    }

    /** Kingma and Ba (2015), algorithm 1; Loshchilov and Hutter (2019), algorithm 2. */
    private static Formula adam(double beta1, double beta2, double epsilon, double penalty, double decay) {
        return (theta, gradient, rate, state, t) -> {
            double g = gradient + penalty * theta;
            state[0] = beta1 * state[0] + (1 - beta1) * g;
            state[1] = beta2 * state[1] + (1 - beta2) * g * g;
            double mean = state[0] / (1 - Math.pow(beta1, t));
            double variance = state[1] / (1 - Math.pow(beta2, t));
            return theta - rate * (mean / (Math.sqrt(variance) + epsilon) + decay * theta);
        };
    }

    /** Kingma and Ba (2015), algorithm 2. */
    private static double adamax(double theta, double g, double rate, double[] state, int t) {
        state[0] = 0.9 * state[0] + 0.1 * g;
        state[1] = Math.max(0.999 * state[1], Math.abs(g));
        return theta - rate / (1 - Math.pow(0.9, t)) * state[0] / state[1];
    }

    private static double momentum(double theta, double g, double rate, double[] state, int t) {
        state[0] = 0.9 * state[0] + g;
        return theta - rate * state[0];
    }

    /** Tieleman and Hinton (2012), slide 29. */
    private static double rmsProp(double theta, double g, double rate, double[] state, int t) {
        state[0] = 0.99 * state[0] + 0.01 * g * g;
        return theta - rate * g / (Math.sqrt(state[0]) + EPSILON);
    }

    private final Tensor theta = Tensor.of(new float[] {1, -2, 0.5f, 3, 0.001f}, SIZE);
    private final ParameterBuffer parameters = new ParameterBuffer(Map.of("theta", theta.requireGradient()));

    private static double gradient(int element, int t) {
        return Math.sin(1.7 * t + element) * Math.pow(10, element - 2);
    }

    private static double learningRate(int t) {
        return 0.01 / t;
    }

    private void setGradients(int t) {
        float[] gradients = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            gradients[i] = (float) gradient(i, t);
        }
        theta.gradient().assign(Tensor.of(gradients, SIZE));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void twentyStepsFollowTheFormula(Rule rule) {
        Optimizer optimizer = rule.optimizer().apply(parameters);
        double[] expected = theta.toHost().toDoubles();
        double[] moved = new double[SIZE];
        double[][] state = new double[SIZE][2];
        for (int t = 1; t <= STEPS; t++) {
            setGradients(t);
            optimizer.learningRate().fill(learningRate(t));
            optimizer.step();
            double[] values = theta.toHost().toDoubles();
            for (int i = 0; i < SIZE; i++) {
                double before = expected[i];
                expected[i] = rule.formula().next(before, gradient(i, t), learningRate(t), state[i], t);
                moved[i] += Math.abs(expected[i] - before);
                assertThat(values[i]).isCloseTo(expected[i], within(rounding(t, Math.abs(expected[i]), moved[i])));
            }
        }
        assertThat(optimizer.stepCount().item()).isEqualTo(STEPS);
    }

    /** Each move is rounded as a formula is, and the parameter with each as a sum is. */
    private static double rounding(int moves, double size, double moved) {
        return Rounding.ofFormula(DType.FLOAT32, moved) + Rounding.ofSum(DType.FLOAT32, moves, size + moved);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theFirstStepMovesEveryParameterAgainstItsGradient(Rule rule) {
        Optimizer optimizer = rule.optimizer().apply(parameters);
        double[] before = theta.toHost().toDoubles();
        theta.gradient().fill(1);
        optimizer.learningRate().fill(0.1);
        optimizer.step();
        double[] after = theta.toHost().toDoubles();
        for (int i = 0; i < SIZE; i++) {
            assertThat(after[i]).isLessThan(before[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aLearningRateOfZeroMovesNothing(Rule rule) {
        Optimizer optimizer = rule.optimizer().apply(parameters);
        float[] before = theta.toFloats();
        theta.gradient().fill(1);
        optimizer.step();
        assertThat(theta.toFloats()).containsExactly(before);
        assertThat(optimizer.stepCount().item()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aParameterWithoutGradientDoesNotBecomeNaN(Rule rule) {
        Optimizer optimizer = rule.optimizer().apply(parameters);
        optimizer.learningRate().fill(0.01);
        optimizer.step();
        assertThat(parameters.values().allFinite().item()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void stepsContinueFromCopiedMomentsAndCount(Rule rule) {
        Optimizer optimizer = rule.optimizer().apply(parameters);
        run(optimizer, 1, 10);
        Tensor values = parameters.values().copy();
        Map<String, Tensor> moments = optimizer.moments();
        Optimizer continued = rule.optimizer().apply(parameters);
        continued.moments().forEach((name, moment) -> moment.assign(moments.getOrDefault(name, moment)));
        continued.stepCount().fill(10);
        run(optimizer, 11, STEPS);
        float[] uninterrupted = theta.toFloats();
        parameters.values().assign(values);
        run(continued, 11, STEPS);
        assertThat(theta.toFloats()).containsExactly(uninterrupted);
    }

    private void run(Optimizer optimizer, int from, int to) {
        for (int t = from; t <= to; t++) {
            setGradients(t);
            optimizer.learningRate().fill(learningRate(t));
            optimizer.step();
        }
    }
}
