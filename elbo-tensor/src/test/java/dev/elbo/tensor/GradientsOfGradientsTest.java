package dev.elbo.tensor;

import static dev.elbo.tensor.FiniteDifferences.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Penalties on gradients: without seams, libtorch differentiates what it has differentiated. */
@ExtendWith(InAScope.class)
class GradientsOfGradientsTest {
    private final Tensor x = numbers(3, 4).requireGradient();
    private final Tensor weight = numbers(4, 4).requireGradient();

    private static Tensor critic(Tensor x, Tensor[] weights) {
        Tensor h = Functional.linear(x, weights[0], weights[1], Nonlinearity.TANH);
        return Functional.linear(h, weights[2], weights[3], Nonlinearity.SIGMOID);
    }

    /** The mean of (‖∂ critic / ∂x‖ − 1)², Gulrajani et al. (2017), eq. 3. */
    private static Tensor penalty(Tensor interpolated, Tensor... weights) {
        Tensor at = interpolated.detach().requireGradient();
        Tensor score;
        try (Seams off = Seams.off()) {
            score = critic(at, weights).sum();
        }
        Tensor slope = score.gradients(List.of(at), true).get(0);
        return slope.square().sum(1).sqrt().minus(1).square().mean();
    }

    @Test
    void aPenaltyOnTheSlopeOfACriticHasTheGradientsOfItsDifferences() {
        FiniteDifferences.check(
                weights -> {
                    try (GradientMode on = GradientMode.of(true)) { // differences need slopes too
                        return penalty(x, weights);
                    }
                },
                numbers(5, 4),
                numbers(5),
                numbers(1, 5),
                numbers(1));
    }

    @Test
    void aPenaltyBesideALossWithSeamsAddsItsGradients() {
        Tensor[] weights = {numbers(5, 4), numbers(5), numbers(1, 5), numbers(1)};
        Stream.of(weights).forEach(Tensor::requireGradient);
        penalty(x, weights).backward();
        double[] ofPenalty = weights[0].gradient().toHost().toDoubles();
        weights[0].gradient().fill(0);
        critic(x, weights).mean().backward();
        double[] ofLoss = weights[0].gradient().toHost().toDoubles();
        weights[0].gradient().fill(0);
        critic(x, weights).mean().plus(penalty(x, weights)).backward();
        double[] ofBoth = weights[0].gradient().toHost().toDoubles();
        for (int i = 0; i < ofBoth.length; i++) {
            assertThat(ofBoth[i]).isCloseTo(ofLoss[i] + ofPenalty[i], within(1e-15));
        }
    }

    private record Named(String name, Function<Tensor, Tensor> operation) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Operations with gradients of our own, of an input [2, 12]. */
    static Stream<Named> operations() {
        return Stream.of(
                new Named("linear", a -> Functional.linear(a, numbers(3, 12), null, Nonlinearity.TANH)),
                new Named("conv2d", a -> Functional.conv2d(images(a), numbers(2, 3, 2, 2), numbers(2), 1, 0)),
                new Named(
                        "convTranspose2d",
                        a -> Functional.convTranspose2d(
                                images(a), numbers(3, 2, 2, 2), numbers(2), 1, 0, 0, 0, Nonlinearity.SIGMOID)),
                new Named(
                        "bernoulliLogProb",
                        a -> Functional.bernoulliLogProb(a, numbers(2, 12).square(), 1)),
                new Named("normalSample", a -> Functional.normalSample(a.half(0), a.half(1), numbers(1, 2, 6))),
                new Named(
                        "normalDivergence",
                        a -> Functional.normalDivergence(a.half(0), a.half(1), numbers(6), numbers(6))),
                new Named(
                        "gru",
                        a -> Recurrent.gru(a.reshape(2, 3, 4), numbers(2, 2), recurrent(3))
                                .all()),
                new Named(
                        "lstm",
                        a -> Recurrent.lstm(
                                        a.reshape(2, 3, 4),
                                        new Recurrent.Memory(numbers(2, 2), numbers(2, 2)),
                                        recurrent(4))
                                .all()));
    }

    private static Tensor images(Tensor rows) {
        return rows.reshape(2, 3, 2, 2);
    }

    private static Recurrent.Weights recurrent(long gates) {
        return new Recurrent.Weights(
                numbers(gates * 2, 4), numbers(gates * 2, 2), numbers(gates * 2), numbers(gates * 2));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationHasSecondDerivatives(Named named) {
        FiniteDifferences.check(
                in -> {
                    Tensor y;
                    try (GradientMode on = GradientMode.of(true);
                            Seams off = Seams.off()) {
                        y = named.operation().apply(in[0].tanh());
                        return y.square().sum().gradients(List.of(in[0]), true).get(0);
                    }
                },
                numbers(2, 12));
    }

    @Test
    void gradientsThroughSeamsAreRefusedWithTheRemedy() {
        Tensor number = Functional.linear(x, weight, null).square().sum();
        assertThatIllegalStateException()
                .isThrownBy(() -> number.gradients(List.of(x), true))
                .withMessage("gradients(FLOAT64 []): the number was computed by operations with gradients of our own,"
                        + " which have no gradients in turn; compute it within try (Seams off = Seams.off()) { … }");
    }

    @Test
    void seamsOfOtherNumbersAreNotInTheWay() {
        Functional.linear(x, weight, null).square().sum();
        assertThat(x.square().sum().gradients(List.of(x), false).get(0).toHost().toDoubles())
                .containsExactly(x.times(2).toHost().toDoubles());
    }

    @Test
    void theGradientOfWhatASeamPutOutNeedsNotToCrossIt() {
        Tensor y = Functional.linear(x, weight, null);
        assertThat(y.square().sum().gradients(List.of(y), false).get(0).toHost().toDoubles())
                .containsExactly(y.times(2).toHost().toDoubles());
    }

    @Test
    void gradientsThatAreReturnedAreAddedNowhere() {
        Tensor number = x.square().sum();
        List<Tensor> gradients = number.gradients(List.of(x, weight), false);
        assertThat(gradients.get(0).requiresGradient()).isFalse();
        assertThat(gradients.get(1).abs().max().item()).isZero(); // does not depend on it
        assertThat(x.hasGradient()).isFalse();
        number.backward(); // the graph is still there
        assertThat(x.gradient().toHost().toDoubles())
                .containsExactly(gradients.get(0).toHost().toDoubles());
    }

    @Test
    void aConstantHasNoGradient() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.sum().gradients(List.of(numbers(2)), false))
                .withMessage("gradients: FLOAT64 [2] is a constant; call requireGradient() on it before the number is"
                        + " computed from it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.square().gradients(List.of(x), false))
                .withMessageStartingWith("gradients(FLOAT64 [3, 4]): ");
    }

    @Test
    void seamsComeBackAfterwardsAndStayOffInTasks() {
        try (Seams off = Seams.off()) {
            try (Seams inner = Seams.off()) {
                Functional.linear(x, weight, null);
            }
            Functional.linear(x, weight, null);
            assertThat(Parallel.map(3, i -> Seams.areOff())).containsOnly(true);
        }
        assertThat(x.scope().seams()).isEmpty();
        Functional.linear(x, weight, null);
        assertThat(x.scope().seams()).hasSize(1);
        assertThat(Parallel.map(3, i -> Seams.areOff())).containsOnly(false);
    }
}
