package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class ArithmeticTest {

    private static Tensor numbers(long... sizes) {
        return Tensor.zeros(Device.CPU, sizes);
    }

    private static Tensor learned(long... sizes) {
        return numbers(sizes).requireGradient();
    }

    private static double operations(Runnable work) {
        try (Arithmetic count = Arithmetic.begin()) {
            work.run();
            return count.operations();
        }
    }

    @Test
    void aProductIsCountedAgainForTheGradientOfEachFactor() {
        double product = 2.0 * 5 * 3 * 4;
        assertThat(operations(() -> Functional.linear(numbers(5, 3), numbers(4, 3), null)))
                .isEqualTo(product);
        assertThat(operations(() -> Functional.linear(numbers(5, 3), learned(4, 3), null)))
                .isEqualTo(2 * product);
        assertThat(operations(() -> learned(5, 3).matmul(learned(3, 4)))).isEqualTo(3 * product);
    }

    @Test
    void withoutGradientsThereAreNone() {
        assertThat(operations(() -> {
                    try (GradientMode off = GradientMode.off()) {
                        learned(5, 3).matmul(learned(3, 4));
                    }
                }))
                .isEqualTo(2.0 * 5 * 3 * 4);
    }

    @Test
    void aConvolutionIsAProductAtEachPlaceOfItsSmallerImages() {
        double product = 2.0 * 2 * 7 * 7 * 3 * 8 * 9; // two images of 7 × 7 places, 3 to 8 channels, kernels of 3 × 3
        assertThat(operations(() -> Functional.conv2d(numbers(2, 3, 14, 14), numbers(8, 3, 3, 3), numbers(8), 2, 1)))
                .isEqualTo(product);
        assertThat(operations(() ->
                        Functional.convTranspose2d(numbers(2, 8, 7, 7), numbers(8, 3, 3, 3), numbers(3), 2, 1, 1, 1)))
                .isEqualTo(product);
    }

    @Test
    void aConvolutionOverTimeIsAProductAtEachStepHoweverItIsComputed() {
        double product = 2.0 * 2 * 9 * 4 * 3 * 5; // two sequences of 9 steps, 3 to 4 channels, kernels of 5
        Runnable convolution = () -> Functional.conv1d(numbers(2, 9, 3), numbers(4, 3, 5), numbers(4), 1);
        assertThat(operations(convolution)).isEqualTo(product);
        assertThat(operations(() -> {
                    try (Seams off = Seams.off()) {
                        convolution.run();
                    }
                }))
                .isEqualTo(product);
    }

    @Test
    void aRecurrentLayerMultipliesInputsAndStatesByTheWeightsOfAllGates() {
        Recurrent.Weights weights = new Recurrent.Weights(numbers(12, 3), numbers(12, 4), numbers(12), numbers(12));
        assertThat(operations(() ->
                        Recurrent.gru(numbers(5, 6, 3), numbers(5, 4), weights).all()))
                .isEqualTo(2.0 * 5 * 6 * 12 * (3 + 4));
    }

    @Test
    void whatIsOutsideIsNotCounted() {
        try (Arithmetic outer = Arithmetic.begin()) {
            assertThat(operations(() -> numbers(2, 2).matmul(numbers(2, 2)))).isEqualTo(16);
            assertThat(outer.operations()).isZero();
            numbers(2, 2).matmul(numbers(2, 2));
            assertThat(outer.operations()).isEqualTo(16);
        }
        numbers(2, 2).matmul(numbers(2, 2)); // nobody counts
    }
}
