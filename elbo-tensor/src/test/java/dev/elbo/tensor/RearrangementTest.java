package dev.elbo.tensor;

import static dev.elbo.tensor.FiniteDifferences.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operations that move elements, repeat them, or add up those that meet in one place. */
@ExtendWith(InAScope.class)
class RearrangementTest {
    private final Tensor x = doubles(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);

    private static Tensor doubles(double[] values, long... shape) {
        return Tensor.of(HostArray.of(values, shape), Device.CPU);
    }

    private static void assertIs(Tensor tensor, double... values) {
        assertThat(tensor.toHost().toDoubles()).containsExactly(values);
    }

    private static Tensor indices(Shape shape, long... values) {
        return Tensor.of(values, shape.sizes());
    }

    @Test
    void sumsRunAlongADimension() {
        assertIs(x.cumsum(1), 1, 3, 6, 4, 9, 15);
        assertIs(x.cumsum(0), 1, 2, 3, 5, 7, 9);
        FiniteDifferences.check(a -> a[0].cumsum(-1), numbers(3, 4));
    }

    @Test
    void flippedTwiceIsAsBefore() {
        assertIs(x.flip(1), 3, 2, 1, 6, 5, 4);
        assertIs(x.flip(0, 1), 6, 5, 4, 3, 2, 1);
        assertIs(x.flip(1).flip(1), 1, 2, 3, 4, 5, 6);
        FiniteDifferences.check(a -> a[0].flip(0), numbers(3, 4));
    }

    @Test
    void entriesAreAddedAroundADimensionOrTakenAway() {
        assertIs(x.pad(1, 1, 0, -1), -1, 1, 2, 3, -1, 4, 5, 6);
        assertIs(x.pad(0, 0, 1, 0), 1, 2, 3, 4, 5, 6, 0, 0, 0);
        assertIs(x.pad(-1, -1, 1, 9), 2, 3, 9, 5, 6, 9);
        assertThat(numbers(2, 3, 4).pad(0, 1, 2, 0).shape()).isEqualTo(Shape.of(5, 3, 4));
        FiniteDifferences.check(a -> a[0].pad(0, 1, -1, 2), numbers(3, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.pad(2, 1, 1, 0))
                .withMessage("shape [2, 3] has no dimension 2");
    }

    @Test
    void entriesAreRepeatedOneAfterTheOther() {
        assertIs(x.repeatInterleave(1, 2), 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6);
        assertIs(x.repeatInterleave(1, indices(Shape.of(3), 2, 0, 1)), 1, 1, 3, 4, 4, 6);
        FiniteDifferences.check(a -> a[0].repeatInterleave(0, 2), numbers(3, 4));
        FiniteDifferences.check(a -> a[0].repeatInterleave(0, indices(Shape.of(3), 2, 0, 1)), numbers(3, 4));
    }

    @Test
    void aLowerTriangleIsZeroAboveItsDiagonal() {
        assertIs(x.tril(0), 1, 0, 0, 4, 5, 0);
        assertIs(x.tril(1), 1, 2, 0, 4, 5, 6);
        assertIs(x.tril(-1), 0, 0, 0, 4, 0, 0);
        FiniteDifferences.check(a -> a[0].tril(0), numbers(2, 3, 3));
    }

    @Test
    void elementsAreScatteredToWhereTheIndicesSay() {
        Tensor where = indices(Shape.of(2, 2), 2, 0, 1, 1);
        Tensor source = doubles(new double[] {10, 20, 30, 30}, 2, 2);
        assertIs(x.scatter(1, where, source), 20, 2, 10, 4, 30, 6);
        assertIs(x.scatterAdd(1, where, source), 21, 2, 13, 4, 65, 6);
        assertIs(x, 1, 2, 3, 4, 5, 6);
        FiniteDifferences.check(a -> a[0].scatterAdd(1, where, a[1]), numbers(2, 3), numbers(2, 2));
        Tensor apart = indices(Shape.of(2, 2), 2, 0, 1, 2);
        FiniteDifferences.check(a -> a[0].scatter(1, apart, a[1]), numbers(2, 3), numbers(2, 2));
    }

    @Test
    void whatIsGatheredFromWhereItWasScatteredIsTheSame() {
        Tensor where = indices(Shape.of(2, 2), 2, 0, 1, 2);
        Tensor source = numbers(2, 2);
        assertIs(x.scatter(1, where, source).gather(1, where), source.toHost().toDoubles());
    }

    @Test
    void rowsThatMeetInOnePlaceAreAddedUp() {
        Tensor rows = doubles(new double[] {1, 1, 1, 10, 10, 10, 100, 100, 100}, 3, 3);
        Tensor where = indices(Shape.of(3), 1, 0, 1);
        assertIs(x.indexAdd(0, where, rows), 11, 12, 13, 105, 106, 107);
        FiniteDifferences.check(a -> a[0].indexAdd(0, where, a[1]), numbers(2, 3), numbers(3, 3));
    }

    @Test
    void whatCannotBeScatteredIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.scatterAdd(1, indices(Shape.of(2, 1), 0, 0), numbers(2, 2)))
                .withMessage("scatterAdd: two tensors of one shape were expected; got INT64 [2, 1] and FLOAT64 [2, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.scatterAdd(1, x, x))
                .withMessage("scatterAdd: INT64 indices were expected; got FLOAT64 [2, 3]; convert by to(DType.INT64)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.scatterAdd(1, indices(Shape.of(1, 1), 3), numbers(1, 1)))
                .withMessageContaining("index 3 is out of bounds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.indexAdd(0, indices(Shape.of(1), 0), Tensor.zeros(Device.CPU, 1, 3)))
                .withMessageContaining("the types differ");
    }

    @Test
    void einsteinsSumsAreProductsOfMatricesTracesAndOuterProducts() {
        Tensor a = numbers(2, 3, 4);
        Tensor b = numbers(2, 4, 5);
        assertThat(Tensor.einsum("bij,bjk->bik", a, b).toHost().toDoubles())
                .containsExactly(a.matmul(b).toHost().toDoubles(), within(1e-15));
        assertIs(Tensor.einsum("ij->ji", x), 1, 4, 2, 5, 3, 6);
        assertIs(Tensor.einsum("ij->j", x), 5, 7, 9);
        assertIs(Tensor.einsum("i,j->ij", x.get(0, 0), x.get(0, 1).narrow(0, 0, 2)), 4, 5, 8, 10, 12, 15);
        FiniteDifferences.check(in -> Tensor.einsum("bij,bjk->ik", in[0], in[1]), numbers(2, 3, 4), numbers(2, 4, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.einsum("ij,jk->ik", x, x))
                .withMessageStartingWith("einsum ij,jk->ik(FLOAT64 [2, 3], FLOAT64 [2, 3]): ");
    }
}
