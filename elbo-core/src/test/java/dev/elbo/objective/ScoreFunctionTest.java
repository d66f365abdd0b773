package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Bernoulli;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.OneHots;
import dev.elbo.distribution.RandomVariable;
import dev.elbo.distribution.RelaxedOneHots.Sampling;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.objective.ScoreFunction.Baseline;
import dev.elbo.posterior.RelaxedChoices;
import dev.elbo.prior.UniformChoices;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.InAScope;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Seams;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model of one choice among three classes, whose bound and its gradient are sums of three terms. */
@ExtendWith(InAScope.class)
class ScoreFunctionTest {
    private static final int CLASSES = 3;
    private static final int EXAMPLES = 2;
    private static final int ROUNDS = 300;
    private static final Schedule ONE = Schedule.constant(1);

    private final Tensor logits = parameter(1, EXAMPLES, CLASSES);
    private final Tensor decoder = parameter(2, CLASSES, 4);
    private final Batch batch = new Batch(Map.of(
            "x",
            Rng.seeded(3, Device.CPU)
                    .uniform(Shape.of(EXAMPLES, 4))
                    .lessThan(0.5)
                    .to(DType.FLOAT32)));
    private final Step step = new Step(1, 10, 100, Device.CPU);

    private static Tensor parameter(long seed, long... shape) {
        return Rng.seeded(seed, Device.CPU).normal(Shape.of(shape)).copy().requireGradient();
    }

    private Vae model(Sampling sampling) {
        Conditional<OneHots> q = new Given<>(x -> new OneHots(logits.unsqueeze(1)));
        return new Vae(
                new UniformChoices(1, CLASSES, Device.CPU),
                new RelaxedChoices(q, Tensor.scalar(1, Device.CPU), sampling, Optional.empty()),
                new Given<>(z -> new Bernoulli(z.matmul(decoder), 1)),
                "x",
                List.of(),
                CLASSES);
    }

    /** Of one parent; its parameters are the test's. */
    private record Given<D extends RandomVariable>(Function<Tensor, D> of) implements Conditional<D> {
        @Override
        public D given(Pass pass, Tensor... parents) {
            return of.apply(parents[0]);
        }

        @Override
        public Map<String, Tensor> state() {
            return Map.of();
        }
    }

    /** Σ_z q(z|x) (−log p(x|z)) + KL(q ‖ 1/C), the mean over examples. */
    private Tensor exact() {
        Tensor shares = logits.softmax(-1); // [B, C]
        Tensor every = Tensor.arange(CLASSES, Device.CPU).oneHot(CLASSES).unsqueeze(1); // [C, 1, C]
        Tensor logLikelihood = new Bernoulli(every.matmul(decoder), 1).logProb(batch.get("x")); // [C, B]
        Tensor distortion = shares.transpose(0, 1).times(logLikelihood).sum(0).negate();
        Tensor rate = shares.times(logits.logSoftmax(-1)).sum(-1).plus(Math.log(CLASSES));
        return distortion.plus(rate).mean();
    }

    private double[] gradients(Tensor loss) {
        List<Tensor> each;
        try (Seams off = Seams.off()) {
            each = loss.gradients(List.of(logits, decoder), false);
        }
        return each.stream()
                .flatMapToDouble(
                        gradient -> Arrays.stream(gradient.reshape(-1).toHost().toDoubles()))
                .toArray();
    }

    private List<double[]> rounds(ScoreFunction objective, Vae model) {
        List<double[]> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            step.advance(round, 0);
            try (Scope scope = Scope.open("round");
                    Seams off = Seams.off()) {
                rounds.add(gradients(objective.loss(model, batch, step).total()));
            }
        }
        return rounds;
    }

    @ParameterizedTest
    @EnumSource
    void theGradientIsOnAverageThatOfTheBound(Baseline baseline) {
        double[] exact;
        try (Seams off = Seams.off()) {
            exact = gradients(exact());
        }
        ScoreFunction objective = new ScoreFunction(10, baseline, ONE, Tensor.zeros(Device.CPU, 2));
        List<double[]> rounds = rounds(objective, model(Sampling.EXACT));
        for (int i = 0; i < exact.length; i++) {
            int element = i;
            Estimate estimate = Estimate.of(
                    rounds.stream().mapToDouble(round -> round[element]).toArray());
            assertThat(exact[i]).as("element " + i).isCloseTo(estimate.mean(), within(estimate.margin() + 1e-6));
        }
    }

    /** Σ of the variances of the gradients for the logits. */
    private double variance(Baseline baseline, int samples) {
        ScoreFunction objective = new ScoreFunction(samples, baseline, ONE, Tensor.zeros(Device.CPU, 2));
        List<double[]> rounds = rounds(objective, model(Sampling.EXACT));
        double variance = 0;
        for (int i = 0; i < EXAMPLES * CLASSES; i++) {
            int element = i;
            double error = Estimate.of(
                            rounds.stream().mapToDouble(round -> round[element]).toArray())
                    .standardError();
            variance += error * error * ROUNDS;
        }
        return variance;
    }

    @Test
    void aBaselineMakesItVaryLess() {
        double none = variance(Baseline.NONE, 4);
        assertThat(variance(Baseline.MOVING_AVERAGE, 4)).isLessThan(0.8 * none);
        assertThat(variance(Baseline.LEAVE_ONE_OUT, 4)).isLessThan(0.5 * none);
    }

    @Test
    void theTotalIsTheBoundOfTheSamples() {
        ScoreFunction objective =
                new ScoreFunction(4, Baseline.LEAVE_ONE_OUT, Schedule.constant(2), Tensor.zeros(Device.CPU, 2));
        step.advance(0, 0);
        Loss loss = objective.loss(model(Sampling.EXACT), batch, step);
        Map<String, Tensor> terms = loss.terms();
        double expected = Objects.requireNonNull(terms.get("distortion")).item()
                + 2 * Objects.requireNonNull(terms.get("rate")).item();
        assertThat(loss.total().item()).isCloseTo(expected, within(1e-5)); // FLOAT32 of some nats
        assertThat(objective.average().get(0, 0).item()).isPositive();
    }

    @Test
    void samplesWithGradientsAreRefusedAndOneSampleHasNoOthers() {
        ScoreFunction objective = new ScoreFunction(2, Baseline.NONE, ONE, Tensor.zeros(Device.CPU, 2));
        step.advance(0, 0);
        assertThatThrownBy(() -> objective.loss(model(Sampling.RELAXED), batch, step))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("latent 'z' has RelaxedOneHots");
        assertThatThrownBy(() -> new ScoreFunction(1, Baseline.LEAVE_ONE_OUT, ONE, Tensor.zeros(Device.CPU, 2)))
                .hasMessageEndingWith("Set samples to 2 or more");
    }
}
