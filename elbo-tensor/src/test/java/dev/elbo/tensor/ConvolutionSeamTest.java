package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.tensor.onednn.Kernels;
import dev.elbo.tensor.onednn.MatrixProduct;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Convolutions that are ours, beside libtorch's. */
@ExtendWith(InAScope.class)
class ConvolutionSeamTest {
    private static final Nonlinearity F = Nonlinearity.TANH;
    private final Rng rng = Rng.seeded(3, Device.CPU);
    private final int threads = Backend.threads();

    @BeforeEach
    void threeThreads() {
        Backend.setThreads(3);
    }

    @AfterEach
    void sameThreadsAsBefore() {
        Backend.setThreads(threads);
    }

    private Tensor numbers(long... sizes) {
        return rng.normal(Shape.of(sizes)).times(0.3).detach().requireGradient();
    }

    /** The output, and the gradients of x, weight and bias for one that arrives there. */
    private static List<Tensor> all(Tensor y, Tensor arriving, Tensor... inputs) {
        y.times(arriving).sum().backward();
        Tensor[] gradients = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            gradients[i] = inputs[i].gradient().copy();
            inputs[i].gradient().fill(0);
        }
        return List.of(y.detach(), gradients[0], gradients[1], gradients[2]);
    }

    private static void assertClose(Tensor a, Tensor b, double tolerance) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.dtype()).isEqualTo(b.dtype());
        assertThat(a.minus(b).abs().max().item())
                .isLessThan(tolerance * b.abs().max().item());
    }

    private static void assertAllClose(List<Tensor> ours, List<Tensor> theirs) {
        for (int i = 0; i < ours.size(); i++) {
            assertClose(ours.get(i), theirs.get(i), 2e-5);
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
        Tensor expected = F.of(Functional.conv2dByLibtorch(x, weight, bias, stride, padding));
        Tensor arriving = rng.normal(expected.shape()).detach();
        Tensor y = Functional.conv2d(x, weight, bias, stride, padding, F);
        assertAllClose(all(y, arriving, x, weight, bias), all(expected, arriving, x, weight, bias));
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
        Tensor expected = F.of(Functional.convTranspose2dByLibtorch(x, weight, bias, stride, padding, extra));
        Tensor arriving = rng.normal(expected.shape()).detach();
        Tensor y = Functional.convTranspose2d(x, weight, bias, stride, padding, rows, columns, F);
        assertAllClose(all(y, arriving, x, weight, bias), all(expected, arriving, x, weight, bias));
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
        checkRounding(large, weight, bias, (x, w) -> Functional.conv2d(x, w, bias, 2, 1));
        checkRounding(small, weight, ofLarge, (x, w) -> Functional.convTranspose2d(x, w, ofLarge, 2, 1, 1, 1));
    }

    private void checkRounding(Tensor x, Tensor weight, Tensor bias, BiFunction<Tensor, Tensor, Tensor> layer) {
        Tensor y;
        try (Autocast on = Autocast.bfloat16(Device.CPU)) {
            y = layer.apply(x, weight);
        }
        Tensor arriving = rng.normal(y.shape()).detach();
        List<Tensor> ours = all(y, arriving, x, weight, bias);
        Tensor roundedX = rounded(x).requireGradient();
        Tensor roundedWeight = rounded(weight).requireGradient();
        Tensor expected = layer.apply(roundedX, roundedWeight);
        List<Tensor> ofFactors = all(expected, rounded(arriving), roundedX, roundedWeight, bias);
        for (int i = 0; i < 3; i++) {
            assertClose(ours.get(i), ofFactors.get(i), 1e-4);
        }
        assertClose(ours.get(3), arriving.sum(0, 2, 3), 1e-5);
    }

    private static Tensor rounded(Tensor factor) {
        return factor.detach().to(DType.BFLOAT16).to(DType.FLOAT32);
    }

    @Test
    void theWeightAloneMayNeedAGradient() {
        Tensor x = numbers(4, 3, 8, 8).detach();
        Tensor weight = numbers(5, 3, 3, 3);
        Tensor bias = numbers(5).detach();
        Functional.conv2d(x, weight, bias, 2, 1).square().sum().backward();
        Tensor ours = weight.gradient().copy();
        weight.gradient().fill(0);
        Functional.conv2dByLibtorch(x, weight, bias, 2, 1).square().sum().backward();
        assertClose(ours, weight.gradient(), 1e-5);
        assertThat(bias.hasGradient()).isFalse();
    }

    /** As where a residual, a pooling or a normalisation of libtorch's is between two of ours. */
    @Test
    void theyJoinUpWithOperationsOfLibtorch() {
        Tensor x = numbers(6, 4, 8, 8);
        Tensor weight = numbers(4, 4, 3, 3);
        Tensor bias = numbers(4);
        Tensor first = Functional.conv2d(x, weight, bias, 1, 1, Nonlinearity.RELU);
        Tensor ours = Functional.conv2d(first.plus(x).transpose(2, 3), weight, bias, 1, 1);
        Tensor theirFirst = Functional.conv2dByLibtorch(x, weight, bias, 1, 1).relu();
        Tensor theirs = Functional.conv2dByLibtorch(theirFirst.plus(x).transpose(2, 3), weight, bias, 1, 1);
        Tensor arriving = rng.normal(theirs.shape()).detach();
        assertAllClose(all(ours, arriving, x, weight, bias), all(theirs, arriving, x, weight, bias));
    }

    @Test
    void parametersMayLieInAnyOrder() {
        Tensor x = numbers(5, 4, 6, 6);
        Tensor w = numbers(4, 4, 3, 3);
        Tensor bias = numbers(4);
        Tensor arriving = rng.normal(Shape.of(5, 4, 6, 6)).detach();
        for (int dim : new int[] {1, 3}) {
            Tensor turned = w.transpose(dim - 1, dim);
            Tensor ours = Functional.conv2d(x, turned, bias, 1, 1);
            Tensor theirs = Functional.conv2dByLibtorch(x, turned, bias, 1, 1);
            assertAllClose(all(ours, arriving, x, w, bias), all(theirs, arriving, x, w, bias));
            ours = Functional.convTranspose2d(x, turned, bias, 1, 1, 0, 0);
            theirs = Functional.convTranspose2dByLibtorch(x, turned, bias, 1, 1, new long[2]);
            assertAllClose(all(ours, arriving, x, w, bias), all(theirs, arriving, x, w, bias));
        }
        Tensor leaf = numbers(4, 3, 3, 4).detach().moveDim(3, 1).copy().requireGradient();
        Tensor ours = Functional.conv2d(x, leaf, bias, 1, 1);
        Tensor theirs = Functional.conv2dByLibtorch(x, leaf, bias, 1, 1);
        assertAllClose(all(ours, arriving, x, leaf, bias), all(theirs, arriving, x, leaf, bias));
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
                            (x, w) -> Functional.conv2d(x, w, bias, stride, padding));
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
        Thread other = new Thread(() -> {
            for (int size = 1; size <= Kernels.MOST; size++) {
                try (Scope scope = Scope.open("one size")) {
                    Tensor row = Tensor.zeros(Device.CPU, 1, size);
                    MatrixProduct.into(
                            Tensor.zeros(Device.CPU, 1, 1).handle(),
                            row.handle(),
                            row.transpose(0, 1).handle());
                }
            }
        });
        other.start();
        other.join();
        assertThat(Kernels.idle()).isLessThanOrEqualTo(Kernels.MOST);
        Tensor square = Tensor.zeros(Device.CPU, 3, 3);
        MatrixProduct.into(square.zerosLike().handle(), square.handle(), square.handle());
        assertClose(Functional.convTranspose2d(x, weight, bias, 2, 1, 1, 1), before, 1e-6);
    }

    @Test
    void moreThreadsThanImages() {
        Tensor x = numbers(2, 64, 16, 16);
        Tensor weight = numbers(64, 64, 3, 3);
        Tensor bias = numbers(64);
        Tensor arriving = rng.normal(Shape.of(2, 64, 16, 16)).detach();
        Tensor ours = Functional.conv2d(x, weight, bias, 1, 1);
        Tensor theirs = Functional.conv2dByLibtorch(x, weight, bias, 1, 1);
        assertAllClose(all(ours, arriving, x, weight, bias), all(theirs, arriving, x, weight, bias));
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
