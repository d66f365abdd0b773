package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("numeric")
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

    @Test
    void aReplacedGradientIsWhatFlowsOn() {
        Tensor w = parameter(1, 2);
        Tensor squares = w.square().onGradient(gradient -> gradient.times(10));
        squares.sum().backward();
        assertThat(w.gradient().toFloats()).containsExactly(20, 40);
    }

    @Test
    void replacementsFollowOneAnother() {
        Tensor w = parameter(1);
        Tensor y = w;
        for (int i = 0; i < 100; i++) {
            y = y.times(1).onGradient(gradient -> gradient.plus(1));
        }
        y.sum().backward();
        assertThat(w.gradient().item()).isEqualTo(101);
    }

    @Test
    void aReplacementSurvivesAScopeInsideThatOfItsTensor() {
        Tensor w = parameter(1);
        Tensor y = w.times(1);
        try (Scope inner = Scope.open("inner")) {
            y.onGradient(gradient -> gradient.times(3));
        }
        y.sum().backward();
        assertThat(w.gradient().item()).isEqualTo(3);
    }

    @Test
    void aReplacementThatDoesNotFitIsRefused() {
        Tensor loss = parameter(1)
                .times(1)
                .onGradient(gradient -> Tensor.zeros(Device.CPU, 5))
                .sum();
        assertThatIllegalArgumentException()
                .isThrownBy(loss::backward)
                .withMessage("backward(FLOAT32 []): hook '0' has changed the size of value");
    }

    /** Such as those on which libtorch computes the gradients of a card. */
    @Test
    void aGradientIsReplacedOnAThreadWithoutAScopeToo() throws InterruptedException {
        Tensor x = Tensor.of(new float[] {1, 2}, 2).requireGradient();
        Tensor y = x.times(3).onGradient(gradient -> gradient.times(10).times(2));
        Tensor sum = y.sum();

        Thread other = new Thread(() -> sum.handle().backward());
        other.start();
        other.join();

        assertThat(x.gradient().toFloats()).containsExactly(60, 60);
    }
}
