package dev.elbo.tensor;

import static dev.elbo.tensor.Rounding.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.onednn.IdleKernel;
import dev.elbo.tensor.onednn.Kernels;
import dev.elbo.tensor.onednn.MatrixProduct;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("numeric")
@ExtendWith(InAScope.class)
class MatrixProductTest {
    private static final Rng RNG = Rng.seeded(1, Device.CPU);

    private static Tensor numbers(long... shape) {
        return RNG.normal(Shape.of(shape));
    }

    /** What rounding leaves of left · right, and of what is added to each row. */
    private static Tensor tolerances(Tensor left, Tensor right, Tensor... added) {
        Tensor[] inputs =
                Stream.concat(Stream.of(left, right), Stream.of(added)).toArray(Tensor[]::new);
        return Rounding.ofSums(in -> List.of(Stream.of(in).skip(2).reduce(in[0].matmul(in[1]), Tensor::plus)), inputs)
                .get(0);
    }

    @Test
    void isThatOfLibtorch() {
        for (long[] size : new long[][] {{128, 784, 256}, {3, 5, 7}, {1, 8, 1}, {1, 1, 1}, {33, 1, 2}, {64, 20, 512}}) {
            Tensor left = numbers(size[0], size[1]);
            Tensor right = numbers(size[1], size[2]);
            Tensor out = numbers(size[0], size[2]);
            Tensor expected = left.matmul(right);
            Tensor before = out.copy();
            MatrixProduct.addTo(out.handle(), left.handle(), right.handle());
            assertClose(out, before.plus(expected), tolerances(left, right, before));
            MatrixProduct.into(out.handle(), left.handle(), right.handle());
            assertClose(out, expected, tolerances(left, right));
            Tensor bias = numbers(size[2]);
            MatrixProduct.into(out.handle(), left.handle(), right.handle(), bias.handle());
            assertClose(out, expected.plus(bias), tolerances(left, right, bias));
        }
    }

    @Test
    void readsTransposesAndSlicesWhereTheyLie() {
        Tensor wide = numbers(40, 64);
        Tensor tall = numbers(64, 40);
        Tensor around = Tensor.zeros(Device.CPU, 16, 100);
        Tensor out = around.narrow(1, 30, 48);
        Tensor left = wide.transpose(0, 1).narrow(0, 8, 16); // [16, 40], dense along columns
        Tensor right = tall.narrow(0, 4, 48).transpose(0, 1); // [40, 48]
        MatrixProduct.into(out.handle(), left.handle(), right.handle());
        assertClose(out, left.matmul(right), tolerances(left, right));
        assertThat(around.narrow(1, 0, 30).abs().max().item()).isZero();
        assertThat(around.narrow(1, 78, 22).abs().max().item()).isZero();
    }

    @Test
    void leavesWhatIsNotDenseEmptyOrOfAnotherTypeToLibtorch() {
        Tensor apart = numbers(6, 5, 2).get(2, 1); // every second entry
        Tensor right = numbers(5, 4);
        Tensor out = numbers(6, 4);
        MatrixProduct.into(out.handle(), apart.handle(), right.handle());
        assertClose(out, apart.matmul(right), tolerances(apart, right));
        Tensor doubles = FiniteDifferences.numbers(3, 3);
        Tensor ofDoubles = doubles.zerosLike();
        MatrixProduct.into(ofDoubles.handle(), doubles.handle(), doubles.handle());
        assertThat(ofDoubles.minus(doubles.matmul(doubles)).abs().max().item()).isZero();
        Tensor nothing = Tensor.zeros(Device.CPU, 2, 3).fill(7);
        MatrixProduct.into(
                nothing.handle(),
                Tensor.zeros(Device.CPU, 2, 0).handle(),
                Tensor.zeros(Device.CPU, 0, 3).handle());
        assertThat(nothing.abs().max().item()).isZero();
    }

    @Test
    void sumsOfRoundedFactorsAreNotRounded() {
        Tensor left = numbers(40, 300).to(DType.BFLOAT16);
        Tensor right = numbers(300, 24).to(DType.BFLOAT16);
        Tensor wideLeft = left.to(DType.FLOAT32);
        Tensor wideRight = right.to(DType.FLOAT32);
        Tensor expected = wideLeft.matmul(wideRight);
        Tensor once = tolerances(wideLeft, wideRight);
        Tensor out = Tensor.zeros(Device.CPU, 40, 24);
        MatrixProduct.into(out.handle(), left.handle(), right.handle());
        assertClose(out, expected, once);
        MatrixProduct.addTo(out.handle(), left.handle(), right.handle());
        assertClose(out, expected.times(2), tolerances(wideLeft, wideRight, expected));
        Tensor apart = numbers(40, 24, 2).to(DType.BFLOAT16).get(2, 0); // left to libtorch
        MatrixProduct.into(
                out.handle(),
                left.handle(),
                right.handle(),
                numbers(24).zerosLike().handle());
        assertClose(out, expected, once);
        MatrixProduct.addTo(
                out.narrow(1, 0, 24).handle(),
                numbers(40, 1).zerosLike().to(DType.BFLOAT16).handle(),
                apart.narrow(0, 0, 1).handle());
        assertClose(out, expected, once);
    }

    @Test
    void whatIsNoNumberStaysNone() {
        Tensor left = numbers(20, 30);
        left.narrow(0, 3, 1).narrow(1, 4, 1).fill(Double.NaN);
        Tensor out = Tensor.zeros(Device.CPU, 20, 40);
        MatrixProduct.into(out.handle(), left.handle(), numbers(30, 40).handle());
        assertThat(out.get(0, 3).sum().item()).isNaN();
        assertThat(out.get(0, 2).sum().item()).isFinite();
    }

    /**
     * Shapes that come and go: each is made, pushed out by more kernels than are remembered, and made again, all of it by
     * several threads at once.
     */
    @Test
    void isTheSameForAllThreadsAndAnyNumberOfShapes() {
        int shapes = 300;
        int others = Kernels.MOST / shapes + 1;
        Tensor left = numbers(shapes, 16);
        Tensor right = numbers(16, 24);
        Tensor expected = left.matmul(right);
        Tensor tolerances = tolerances(left, right);
        IntStream.range(0, 2 * shapes).parallel().forEach(i -> {
            try (Scope scope = Scope.open("product");
                    GradientMode off = GradientMode.off()) {
                long rows = 1L + i % shapes;
                long columns = 24L - rows % 8;
                Tensor out = Tensor.zeros(Device.CPU, rows, columns);
                Tensor part = left.narrow(0, 0, rows);
                MatrixProduct.into(
                        out.handle(), part.handle(), right.narrow(1, 0, columns).handle());
                assertClose(
                        out,
                        expected.narrow(0, 0, rows).narrow(1, 0, columns),
                        tolerances.narrow(0, 0, rows).narrow(1, 0, columns));
                IdleKernel.crowd(others);
            }
        });
    }
}
