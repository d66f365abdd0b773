package dev.elbo.tensor;

import static dev.elbo.tensor.FiniteDifferences.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class FreezingTest {

    @Test
    void aFrozenParameterGetsNoGradientUntilItIsThawed() {
        Tensor weight = numbers(4, 4).requireGradient();
        Tensor x = numbers(3, 4).requireGradient();
        weight.requireGradient(false);
        Functional.linear(x, weight, null).sum().backward();
        assertThat(weight.hasGradient()).isFalse();
        assertThat(x.gradient().abs().max().item()).isPositive(); // what flows through it goes on
        weight.requireGradient(true);
        Functional.linear(x, weight, null).sum().backward();
        assertThat(weight.gradient().abs().max().item()).isPositive();
    }

    @Test
    void aFrozenParameterOfABufferKeepsItsPlaceInIt() {
        Tensor frozen = Tensor.of(new float[] {1, 2}, 2).requireGradient();
        Tensor other = Tensor.of(new float[] {3, 4}, 2).requireGradient();
        ParameterBuffer buffer = new ParameterBuffer(Map.of("frozen", frozen, "other", other));
        frozen.requireGradient(false);
        frozen.times(other).sum().backward();
        assertThat(frozen.gradient().toFloats()).containsExactly(0, 0);
        assertThat(other.gradient().toFloats()).containsExactly(1, 2);
        frozen.requireGradient(true);
        frozen.times(other).sum().backward();
        assertThat(frozen.gradient().toFloats()).containsExactly(3, 4);
        assertThat(buffer.gradients().sum().item()).isEqualTo(3 + 4 + 2 * (1 + 2));
    }

    @Test
    void whatWasComputedFromParametersCannotBeFrozen() {
        Tensor y = numbers(2).requireGradient().square();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> y.requireGradient(false))
                .withMessage(
                        "requireGradient(false): FLOAT64 [2] was computed from parameters; freeze those, or use its"
                                + " detach()");
    }
}
