package dev.elbo.tensor;

import static dev.elbo.tensor.Rounding.assertClose;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tolerances let pass what rounding does, and nothing else. */
@Tag("numeric")
@ExtendWith(InAScope.class)
class RoundingTest {
    private static final int TERMS = 784;

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Tensor left = rng.normal(Shape.of(128, TERMS));
    private final Tensor right = rng.normal(Shape.of(TERMS, 256));
    private final Tensor product = left.matmul(right);
    private final Tensor tolerances =
            Rounding.ofSums(a -> List.of(a[0].matmul(a[1])), left, right).get(0);

    private void refused(Tensor wrong) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertClose(wrong, product, tolerances));
    }

    @Test
    void sumsInAnotherOrderAreTheSame() {
        Tensor halves = left.narrow(1, 0, TERMS / 2)
                .matmul(right.narrow(0, 0, TERMS / 2))
                .plus(left.narrow(1, TERMS / 2, TERMS / 2).matmul(right.narrow(0, TERMS / 2, TERMS / 2)));
        assertClose(halves, product, tolerances);
        Tensor exact = left.to(DType.FLOAT64).matmul(right.to(DType.FLOAT64));
        assertClose(exact.to(DType.FLOAT32), product, tolerances);
    }

    @Test
    void sumsThatMissATermAreNot() {
        refused(left.narrow(1, 0, TERMS - 1).matmul(right.narrow(0, 0, TERMS - 1)));
    }

    @Test
    void sumsOfRoundedFactorsAreNot() {
        refused(left.to(DType.BFLOAT16).to(DType.FLOAT32).matmul(right));
    }

    @Test
    void whatIsNoNumberIsNot() {
        refused(product.times(Double.NaN));
    }
}
