package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Comparisons, what is made of their results, and the order of elements. */
@ExtendWith(InAScope.class)
class ChoiceTest {
    private final Tensor x = doubles(new double[] {3, -1, 2, 3, 0, -1}, 2, 3);

    private static Tensor doubles(double[] values, long... shape) {
        return Tensor.of(HostArray.of(values, shape), Device.CPU);
    }

    private static Tensor longs(long... values) {
        return Tensor.of(values, values.length);
    }

    private static void assertIs(Tensor tensor, double... values) {
        assertThat(tensor.toHost().toDoubles()).containsExactly(values);
    }

    @Test
    void elementsAreComparedWithNumbersAndWithOneAnother() {
        Tensor y = doubles(new double[] {3, 0, 1}, 3);
        assertIs(x.greaterThan(y), 0, 0, 1, 0, 0, 0);
        assertIs(x.atLeast(y), 1, 0, 1, 1, 1, 0);
        assertIs(x.atMost(y), 1, 1, 0, 1, 1, 1);
        assertIs(x.atLeast(2), 1, 0, 1, 1, 0, 0);
        assertIs(x.atMost(2), 0, 1, 1, 0, 1, 1);
        assertIs(x.equalTo(3), 1, 0, 0, 1, 0, 0);
    }

    @Test
    void whatIsTrueCombinesAsInLogic() {
        Tensor positive = x.greaterThan(0); // 1 0 1 1 0 0
        Tensor large = x.atLeast(3); // 1 0 0 1 0 0
        assertIs(positive.and(large.not()), 0, 0, 1, 0, 0, 0);
        assertIs(positive.not().or(large), 1, 1, 0, 1, 1, 1);
        assertThat(positive.and(large).dtype()).isEqualTo(DType.BOOL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> positive.and(x))
                .withMessage("and: a BOOL tensor was expected, such as a comparison gives; got FLOAT64 [2, 3]");
    }

    @Test
    void masksAreFilledAndCutTheGradient() {
        Tensor mask = doubles(new double[] {1, 0, 1}, 3).greaterThan(0);
        assertIs(x.maskedFill(mask, 7), 7, -1, 7, 7, 0, 7);
        FiniteDifferences.check(a -> a[0].square().maskedFill(mask, 7), FiniteDifferences.numbers(2, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> longs(1).maskedFill(mask, 0.5))
                .withMessageContaining("integers would become real numbers");
    }

    @Test
    void theLargestAndTheSmallestAreFoundAlongDimensions() {
        assertIs(x.max(1), 3, 3);
        assertIs(x.max(0), 3, 0, 2);
        assertIs(x.min(-1), -1, -1);
        assertIs(x.max(0, 1), 3);
        assertIs(x.min(), -1);
        FiniteDifferences.check(a -> a[0].max(1), FiniteDifferences.numbers(3, 4));
        FiniteDifferences.check(a -> a[0].min(0, 1), FiniteDifferences.numbers(3, 4));
    }

    @Test
    void equalElementsShareTheGradientOfTheLargest() {
        x.requireGradient();
        x.max(0, 1).backward();
        assertIs(x.gradient(), 0.5, 0, 0, 0.5, 0, 0);
    }

    @Test
    void sortedElementsSayWhereTheyStoodAndEqualOnesKeepTheirOrder() {
        Tensor row = doubles(new double[] {3, -1, 3, 0, -1}, 5);
        Sorted up = row.sort(0, false);
        assertIs(up.values(), -1, -1, 0, 3, 3);
        assertIs(up.indices(), 1, 4, 3, 0, 2);
        Sorted down = row.sort(0, true);
        assertIs(down.values(), 3, 3, 0, -1, -1);
        assertIs(down.indices(), 0, 2, 3, 1, 4);
        assertIs(row.argsort(0, true), 0, 2, 3, 1, 4);
        assertIs(row.gather(0, up.indices()), -1, -1, 0, 3, 3);
    }

    @Test
    void theLargestFewComeInOrder() {
        Sorted two = x.topk(2, 1);
        assertThat(two.values().shape()).isEqualTo(Shape.of(2, 2));
        assertIs(two.values(), 3, 2, 3, 0);
        assertIs(two.indices(), 0, 2, 0, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> x.topk(4, 1)).withMessageStartingWith("topk(FLOAT64");
    }

    @Test
    void gradientsGoBackToWhereSortedElementsStood() {
        FiniteDifferences.check(a -> a[0].sort(1, true).values(), FiniteDifferences.numbers(3, 4));
        FiniteDifferences.check(a -> a[0].topk(2, 0).values(), FiniteDifferences.numbers(3, 4));
    }

    @Test
    void sortedPairsBelongToTheScopeAndOutliveThePairOfTheLibrary() {
        int before = Scope.current().size();
        Sorted sorted = x.sort(1, false);
        assertThat(Scope.current().size()).isEqualTo(before + 2);
        for (int i = 0; i < 50; i++) { // what would reuse the memory of a freed one
            x.negate();
        }
        assertIs(sorted.values(), -1, 2, 3, -1, 0, 3);
    }
}
