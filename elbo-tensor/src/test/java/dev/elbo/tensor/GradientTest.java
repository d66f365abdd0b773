package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class GradientTest {

    private static Tensor parameter(float... values) {
        return Tensor.of(values, values.length).requireGradient();
    }

    @Test
    void gradientsOfTwoPassesAddUp() {
        Tensor w = parameter(1, 2);
        w.square().sum().backward();
        assertThat(w.gradient().toFloats()).containsExactly(2, 4);
        w.square().sum().backward();
        assertThat(w.gradient().toFloats()).containsExactly(4, 8);
    }

    @Test
    void aTensorThatWasInNoPassSaysThatItHasNoGradient() {
        Tensor w = parameter(1, 2);
        assertThat(w.hasGradient()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(w::gradient)
                .withMessage("FLOAT32 [2] has no gradient: it was in no backward() yet");
    }

    @Test
    void aDetachedTensorIsAConstant() {
        Tensor w = parameter(3);
        w.times(w.detach()).sum().backward();
        assertThat(w.gradient().item()).isEqualTo(3);
        assertThat(w.detach().requiresGradient()).isFalse();
    }

    @Test
    void aGradientThatIsKeptOutlivesItsParameter() {
        try (Scope outer = Scope.open("outer")) {
            Tensor gradient;
            try (Scope inner = Scope.open("inner")) {
                Tensor w = parameter(1, 2);
                w.square().sum().backward();
                gradient = inner.keep(w.gradient());
            }
            for (int i = 0; i < 100; i++) { // what would reuse the memory of a freed one
                parameter(7, 7);
            }
            assertThat(gradient.toFloats()).containsExactly(2, 4);
        }
    }

    @Test
    void backwardLeavesNoTensorBehind() {
        Tensor loss = parameter(1, 2).square().sum();
        int before = Scope.current().size();
        loss.backward();
        assertThat(Scope.current().size()).isEqualTo(before);
    }
}
