package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.tensor.onednn.IdleKernel;
import dev.elbo.tensor.onednn.Kernels;
import dev.elbo.tensor.onednn.MatrixProduct;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Convolutions that are ours, beside libtorch's. */
@Tag("numeric")
@ExtendWith({InAScope.class, OnThreeThreads.class})
class ConvolutionSeamTest {
    private static final Nonlinearity F = Nonlinearity.TANH;
    private final Rng rng = Rng.seeded(3, Device.CPU);

    private Tensor numbers(long... sizes) {
        return rng.normal(Shape.of(sizes)).times(0.3).detach().requireGradient();
    }

    /** A convolution of x by a weight, plus a bias. */
    private interface Layer {
        Tensor of(Tensor x, Tensor weight, Tensor bias);
    }

    /** The output, and the gradients of x, weight and bias for one that arrives there. */
    private static List<Tensor> all(Tensor y, Tensor arriving, Tensor... inputs) {
        y.times(arriving).sum().backward();
        Tensor[] gradients = new Tensor[3];
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = inputs[i].gradient().copy();
            inputs[i].gradient().fill(0);
        }
        return List.of(y.detach(), gradients[0], gradients[1], gradients[2]);
    }

    /** What rounding leaves of {@link #all}; a nonlinearity, whose slope is up to 1, may follow the layer. */
    private static List<Tensor> tolerances(Layer theirs, Tensor arriving, Tensor x, Tensor weight, Tensor bias) {
        long terms = weight.shape().elements() / bias.size(0) + 1; // of each output
        return Rounding.ofSumsAfter(terms, a -> all(theirs.of(a[0], a[1], a[2]), a[3], a), x, weight, bias, arriving);
    }

    /** Asserts that outputs and gradients of a layer are those of one by libtorch. */
    private void assertSame(Layer ours, Layer theirs, Tensor x, Tensor weight, Tensor bias) {
        assertSame(ours, theirs, theirs, x, weight, bias);
    }

    /** Asserts the same of layers with nonlinearities, which {@code linear} is without. */
    private void assertSame(Layer ours, Layer theirs, Layer linear, Tensor x, Tensor weight, Tensor bias) {
        Tensor expected = theirs.of(x, weight, bias);
        Tensor arriving = rng.normal(expected.shape()).detach();
        assertClose(
                all(ours.of(x, weight, bias), arriving, x, weight, bias),
                all(expected, arriving, x, weight, bias),
                tolerances(linear, arriving, x, weight, bias));
    }

    private static void assertClose(List<Tensor> ours, List<Tensor> theirs, List<Tensor> tolerances) {
        for (int i = 0; i < ours.size(); i++) {
            Rounding.assertClose(ours.get(i), theirs.get(i), tolerances.get(i));
        }
    }

    /** Every rest that a stride can leave, one channel and many, one image and enough for every thread. */
    @ParameterizedTest
    @CsvSource({
        "64, 1, 32, 28, 28, 3, 2, 1",
        "50, 32, 64, 14, 14, 3, 2, 1",
        "9, 64, 128, 7, 7, 3, 2, 1",
        "1, 3, 17, 9, 12, 3, 2, 1",
        "2, 2, 3, 6, 7, 1, 2, 0",
        "3, 5, 4, 8, 8, 4, 2, 1",
        "4, 16, 16, 10, 11, 5, 3, 2",
        "5, 3, 8, 12, 5, 3, 1, 1",
        "100, 8, 1, 6, 6, 3, 1, 0",
        "2, 1, 1, 1, 1, 1, 1, 0",
        "2, 4, 4, 4, 4, 3, 1, 4"
    })
    void areThoseOfLibtorch(int count, int in, int out, int height, int width, int kernel, int stride, int padding) {
        Tensor x = numbers(count, in, height, width);
        Tensor weight = numbers(out, in, kernel, kernel);
        Tensor bias = numbers(out);
        Layer theirs = (a, w, b) -> Functional.conv2dByLibtorch(a, w, b, stride, padding);
        assertSame(
                (a, w, b) -> Functional.conv2d(a, w, b, stride, padding, F),
                (a, w, b) -> F.of(theirs.of(a, w, b)),
                theirs,
                x,
                weight,
                bias);
    }

    @ParameterizedTest
    @CsvSource({
        "64, 32, 1, 14, 14, 3, 2, 1, 1, 1",
        "50, 64, 32, 7, 7, 3, 2, 1, 1, 1",
        "9, 128, 64, 4, 4, 3, 2, 1, 0, 0",
        "1, 17, 3, 5, 6, 3, 2, 1, 0, 1",
        "2, 3, 2, 3, 4, 1, 2, 0, 1, 0",
        "3, 4, 5, 4, 4, 4, 2, 1, 0, 0",
        "4, 16, 16, 4, 4, 5, 3, 2, 2, 1",
        "5, 8, 3, 12, 5, 3, 1, 1, 0, 0",
        "2, 1, 1, 1, 1, 1, 1, 0, 0, 0"
    })
    void soAreTransposedOnes(
            int count,
            int in,
            int out,
            int height,
            int width,
            int kernel,
            int stride,
            int padding,
            int rows,
            int columns) {
        Tensor x = numbers(count, in, height, width);
        Tensor weight = numbers(in, out, kernel, kernel);
        Tensor bias = numbers(out);
        long[] extra = {rows, columns};
        Layer theirs = (a, w, b) -> Functional.convTranspose2dByLibtorch(a, w, b, stride, padding, extra);
        assertSame(
                (a, w, b) -> Functional.convTranspose2d(a, w, b, stride, padding, rows, columns, F),
                (a, w, b) -> F.of(theirs.of(a, w, b)),
                theirs,
                x,
                weight,
                bias);
    }

    @ParameterizedTest
    @EnumSource
    void theirGradientsAreThoseOfDifferences(Nonlinearity f) {
        FiniteDifferences.check(
                a -> Functional.conv2d(a[0], a[1], a[2], 2, 1, f),
                FiniteDifferences.numbers(2, 2, 5, 4),
                FiniteDifferences.numbers(3, 2, 3, 3),
                FiniteDifferences.numbers(3));
        FiniteDifferences.check(
                a -> Functional.convTranspose2d(a[0], a[1], a[2], 2, 1, 0, 1, f),
                FiniteDifferences.numbers(2, 3, 3, 2),
                FiniteDifferences.numbers(3, 2, 3, 3),
                FiniteDifferences.numbers(2));
    }

    /** Factors are rounded, on the way back too; sums, biases and what the layer puts out are not. */
    @Test
    void roundedFactorsMakeUpGradientsToo() {
        assumeTrue(Backend.isMadeForBfloat16());
        Tensor large = numbers(40, 16, 14, 14);
        Tensor weight = numbers(32, 16, 3, 3);
        Tensor small = numbers(40, 32, 7, 7);
        Tensor bias = numbers(32);
        Tensor ofLarge = numbers(16);
        checkRounding(large, weight, bias, (x, w, b) -> Functional.conv2d(x, w, b, 2, 1));
        checkRounding(small, weight, ofLarge, (x, w, b) -> Functional.convTranspose2d(x, w, b, 2, 1, 1, 1));
    }

    private void checkRounding(Tensor x, Tensor weight, Tensor bias, Layer layer) {
        Tensor y;
        try (Autocast on = Autocast.bfloat16(Device.CPU)) {
            y = layer.of(x, weight, bias);
        }
        Tensor arriving = rng.normal(y.shape()).detach();
        List<Tensor> ours = all(y, arriving, x, weight, bias);
        Tensor roundedX = rounded(x).requireGradient();
        Tensor roundedWeight = rounded(weight).requireGradient();
        Tensor expected = layer.of(roundedX, roundedWeight, bias);
        List<Tensor> ofFactors = all(expected, rounded(arriving), roundedX, roundedWeight, bias);
        List<Tensor> tolerances = tolerances(layer, arriving, roundedX, roundedWeight, bias);
        assertClose(ours.subList(0, 3), ofFactors, tolerances);
        Rounding.assertClose(ours.get(3), arriving.sum(0, 2, 3), tolerances.get(3));
    }

    private static Tensor rounded(Tensor factor) {
        return factor.detach().to(DType.BFLOAT16).to(DType.FLOAT32);
    }

    @Test
    void theWeightAloneMayNeedAGradient() {
        Tensor x = numbers(4, 3, 8, 8).detach();
        Tensor weight = numbers(5, 3, 3, 3);
        Tensor bias = numbers(5).detach();
        Tensor arriving = rng.normal(Shape.of(4, 5, 4, 4)).detach();
        Functional.conv2d(x, weight, bias, 2, 1).times(arriving).sum().backward();
        Tensor ours = weight.gradient().copy();
        weight.gradient().fill(0);
        Layer theirs = (a, w, b) -> Functional.conv2dByLibtorch(a, w, b, 2, 1);
        theirs.of(x, weight, bias).times(arriving).sum().backward();
        Rounding.assertClose(
                ours,
                weight.gradient(),
                tolerances(theirs, arriving, x, weight, bias).get(2));
        assertThat(bias.hasGradient()).isFalse();
    }

    /** As where a residual, a pooling or a normalisation of libtorch's is between two of ours. */
    @Test
    void theyJoinUpWithOperationsOfLibtorch() {
        Tensor x = numbers(6, 4, 8, 8);
        Tensor weight = numbers(4, 4, 3, 3);
        Tensor bias = numbers(4);
        Layer convolution = (a, w, b) -> Functional.conv2dByLibtorch(a, w, b, 1, 1);
        assertSame(
                (a, w, b) -> Functional.conv2d(
                        Functional.conv2d(a, w, b, 1, 1, Nonlinearity.RELU)
                                .plus(a)
                                .transpose(2, 3),
                        w,
                        b,
                        1,
                        1),
                (a, w, b) -> residual(convolution.of(a, w, b).relu(), convolution, a, w, b),
                (a, w, b) -> residual(convolution.of(a, w, b), convolution, a, w, b),
                x,
                weight,
                bias);
    }

    private static Tensor residual(Tensor first, Layer second, Tensor x, Tensor weight, Tensor bias) {
        return second.of(first.plus(x).transpose(2, 3), weight, bias);
    }

    @Test
    void parametersMayLieInAnyOrder() {
        Tensor x = numbers(5, 4, 6, 6);
        Tensor weight = numbers(4, 4, 3, 3);
        Tensor bias = numbers(4);
        for (int dim : new int[] {1, 3}) {
            assertSame(
                    (a, w, b) -> Functional.conv2d(a, w.transpose(dim - 1, dim), b, 1, 1),
                    (a, w, b) -> Functional.conv2dByLibtorch(a, w.transpose(dim - 1, dim), b, 1, 1),
                    x,
                    weight,
                    bias);
            assertSame(
                    (a, w, b) -> Functional.convTranspose2d(a, w.transpose(dim - 1, dim), b, 1, 1, 0, 0),
                    (a, w, b) ->
                            Functional.convTranspose2dByLibtorch(a, w.transpose(dim - 1, dim), b, 1, 1, new long[2]),
                    x,
                    weight,
                    bias);
        }
        Tensor leaf = numbers(4, 3, 3, 4).detach().moveDim(3, 1).copy().requireGradient();
        assertSame(
                (a, w, b) -> Functional.conv2d(a, w, b, 1, 1),
                (a, w, b) -> Functional.conv2dByLibtorch(a, w, b, 1, 1),
                x,
                leaf,
                bias);
    }

    /** oneDNN's own kernels for these multiply what their memory holds: NaN, if that is what was there before. */
    @Test
    void narrowOutputsInBfloat16ReadNothingElse() {
        assumeTrue(Backend.isMadeForBfloat16());
        Tensor bias = numbers(32);
        for (int size = 1; size < 6; size++) {
            for (int kernel = 3; kernel < 6; kernel++) {
                for (int repeat = 0; repeat < 3; repeat++) {
                    leaveNaNs();
                    int padding = kernel / 2;
                    int stride = 2 + repeat;
                    checkRounding(
                            numbers(3, 3, size, size),
                            numbers(32, 3, kernel, kernel),
                            bias,
                            (x, w, b) -> Functional.conv2d(x, w, b, stride, padding));
                }
            }
        }
    }

    private static void leaveNaNs() {
        try (Scope scope = Scope.open("left behind")) {
            for (int i = 4; i < 20; i++) {
                Tensor.zeros(Device.CPU, 1L << i).fill(Double.NaN);
            }
        }
    }

    /** Whichever thread frees them: one whose kernels another thread's pushed out goes on. */
    @Test
    void manyKernelsAreNotAllRemembered() throws InterruptedException {
        Tensor x = numbers(2, 8, 6, 6).detach();
        Tensor weight = numbers(8, 1, 3, 3).detach();
        Tensor bias = numbers(1).detach();
        Tensor before = Functional.convTranspose2d(x, weight, bias, 2, 1, 1, 1);
        Thread other = new Thread(() -> IdleKernel.crowd(Kernels.MOST));
        other.start();
        other.join();
        assertThat(Kernels.idle()).isLessThanOrEqualTo(Kernels.MOST);
        Tensor square = Tensor.zeros(Device.CPU, 3, 3);
        MatrixProduct.into(square.zerosLike().handle(), square.handle(), square.handle());
        Tensor after = Functional.convTranspose2d(x, weight, bias, 2, 1, 1, 1);
        assertThat(after.toFloats()).containsExactly(before.toFloats());
    }

    @Test
    void moreThreadsThanImages() {
        Tensor x = numbers(2, 64, 16, 16);
        Tensor weight = numbers(64, 64, 3, 3);
        Tensor bias = numbers(64);
        assertSame(
                (a, w, b) -> Functional.conv2d(a, w, b, 1, 1),
                (a, w, b) -> Functional.conv2dByLibtorch(a, w, b, 1, 1),
                x,
                weight,
                bias);
    }

    @Test
    void whatDoesNotFitIsToldByLibtorch() {
        Tensor x = numbers(2, 3, 2, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Functional.conv2d(x, numbers(4, 3, 5, 5), numbers(4), 1, 0))
                .withMessageContaining("conv2d(FLOAT32 [2, 3, 2, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Functional.conv2d(x, numbers(4, 2, 1, 1), numbers(4), 1, 0))
                .withMessageContaining("conv2d(FLOAT32 [2, 3, 2, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Functional.conv2d(x, numbers(4, 3, 1, 1), numbers(4), 0, 0))
                .withMessageContaining("conv2d(FLOAT32 [2, 3, 2, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Functional.convTranspose2d(x, numbers(3, 4, 3, 3), numbers(4), 2, 1, 2, 0))
                .withMessageContaining("convTranspose2d(FLOAT32 [2, 3, 2, 2]");
    }
}
