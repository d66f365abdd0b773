package dev.elbo.tensor;

import static dev.elbo.tensor.FiniteDifferences.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A residual convolution in one pass, beside the same by one operation after the other. */
@ExtendWith({InAScope.class, OnThreeThreads.class})
class ResidualConvolutionTest {
    private static final double ROUNDING = 1e-12; // relative, of sums of up to some thousand numbers

    private static ResidualConvolution block(Tensor... a) {
        return new ResidualConvolution(a[0], a[1], a[2], a[3], a[4], a[5], 2);
    }

    private static Tensor[] parameters(int channels, int width) {
        return new Tensor[] {
            numbers(channels).plus(1),
            numbers(channels),
            numbers(channels, channels, width),
            numbers(channels),
            numbers(channels, channels),
            numbers(channels)
        };
    }

    /** The last step of every sequence, and all but one of the second, is padding. */
    private static Tensor mask(int count, int steps) {
        float[] mask = new float[count * steps];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % steps == steps - 1 || (i / steps == 1 && i % steps > 0) ? 0 : 1;
        }
        return Tensor.of(HostArray.of(mask, count, steps, 1), Device.CPU).to(DType.FLOAT64);
    }

    private static Tensor[] copies(Tensor... tensors) {
        return Arrays.stream(tensors)
                .map(t -> t.detach().copy().requireGradient())
                .toArray(Tensor[]::new);
    }

    private static void assertClose(Tensor ours, Tensor theirs) {
        double largest = theirs.abs().max().item() + 1;
        assertThat(ours.minus(theirs).abs().max().item()).isLessThan(ROUNDING * largest);
    }

    @ParameterizedTest
    @CsvSource({"5, 7, 3, 3", "1, 1, 2, 5", "130, 11, 16, 5", "4, 600, 17, 3", "1, 900, 16, 5"})
    void isTheSameAsOneOperationAfterTheOther(int count, int steps, int channels, int width) {
        Tensor mask = mask(count, steps);
        Tensor[] ours = copies(parameters(channels, width));
        Tensor[] theirs = copies(ours);
        Tensor x = numbers(count, steps, channels).requireGradient();
        Tensor same = x.detach().copy().requireGradient();

        Tensor y = block(ours).of(x, mask);
        Tensor expected = block(theirs).ofOperations(same, mask);
        Tensor arriving = expected.detach().sin();
        y.times(arriving).sum().backward();
        expected.times(arriving).sum().backward();

        assertClose(y, expected);
        assertClose(x.gradient(), same.gradient());
        for (int i = 0; i < ours.length; i++) {
            assertClose(ours[i].gradient(), theirs[i].gradient());
        }
    }

    @Test
    void hasTheGradientOfItsDifferences() {
        Tensor mask = mask(2, 4);
        FiniteDifferences.check(
                a -> block(Arrays.copyOfRange(a, 1, a.length)).of(a[0], mask),
                numbers(2, 4, 3),
                numbers(3).plus(1),
                numbers(3),
                numbers(3, 3, 3),
                numbers(3),
                numbers(3, 3),
                numbers(3));
    }

    @Test
    void parametersThatStandStillHaveNoGradient() {
        Tensor[] parameters = parameters(3, 3);
        parameters[2].requireGradient();
        Tensor x = numbers(2, 4, 3);

        block(parameters).of(x, mask(2, 4)).sum().backward();

        assertThat(parameters[2].gradient().abs().max().item()).isPositive();
        assertThat(List.of(x, parameters[0], parameters[5])).noneMatch(Tensor::requiresGradient);
    }

    @Test
    void gradientsOfGradientsAreThoseOfOperations() {
        Tensor[] parameters = parameters(3, 3);
        Tensor x = numbers(2, 4, 3).requireGradient();
        Tensor y;
        try (Seams off = Seams.off()) {
            y = block(parameters).of(x, mask(2, 4));
        }
        Tensor slope = y.square().sum().gradients(List.of(x), true).get(0);

        slope.square().sum().backward();

        assertThat(x.gradient().abs().max().item()).isPositive();
    }
}
