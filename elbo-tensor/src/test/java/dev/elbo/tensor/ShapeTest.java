package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private static final Shape IMAGES = Shape.of(128, 1, 28, 28);

    @Test
    void aShapeKnowsItsSizesFromBothEnds() {
        assertThat(IMAGES.rank()).isEqualTo(4);
        assertThat(IMAGES.size(0)).isEqualTo(128);
        assertThat(IMAGES.size(-1)).isEqualTo(28);
        assertThat(IMAGES.size(-4)).isEqualTo(128);
        assertThat(IMAGES.elements()).isEqualTo(128 * 28 * 28);
        assertThat(IMAGES).hasToString("[128, 1, 28, 28]");
    }

    @Test
    void noDimensionIsASingleNumber() {
        assertThat(Shape.of().rank()).isZero();
        assertThat(Shape.of().elements()).isEqualTo(1);
    }

    @Test
    void partsAreTakenFromEitherEnd() {
        assertThat(IMAGES.last(3)).isEqualTo(Shape.of(1, 28, 28));
        assertThat(IMAGES.dropLast(3)).isEqualTo(Shape.of(128));
        assertThat(IMAGES.dropLast(4)).isEqualTo(Shape.of());
        assertThat(IMAGES.slice(1, 2)).isEqualTo(Shape.of(1));
    }

    @Test
    void dimensionsAreAddedAtEitherEnd() {
        assertThat(Shape.of(20).prepend(5, 128)).isEqualTo(Shape.of(5, 128, 20));
        assertThat(Shape.of(5, 128).append(20)).isEqualTo(Shape.of(5, 128, 20));
    }

    @Property
    void whatIsDroppedAndWhatIsLeftMakeTheShape(
            @ForAll @Size(max = 5) List<@LongRange(max = 9) Long> sizes, @ForAll @IntRange(max = 5) int count) {
        Shape shape = Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
        int last = Math.min(count, shape.rank());
        assertThat(shape.last(last).prepend(shape.dropLast(last).sizes())).isEqualTo(shape);
        assertThat(shape.last(last).elements() * shape.dropLast(last).elements())
                .isEqualTo(shape.elements());
    }

    @Test
    void theSizesAreCopiedInAndOut() {
        long[] sizes = {2, 3};
        Shape shape = Shape.of(sizes);
        sizes[0] = 7;
        shape.sizes()[1] = 7;
        assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    }

    @Test
    void aDimensionThatIsNotThereIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IMAGES.size(4))
                .withMessage("shape [128, 1, 28, 28] has no dimension 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of().size(-1))
                .withMessage("shape [] has no dimension -1");
    }

    @Test
    void aNegativeSizeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of(2, -1))
                .withMessage("a shape has no negative sizes; got [2, -1]");
    }

    @Test
    void moreElementsThanALongCountsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of(1L << 62, 4))
                .withMessage("a shape of [4611686018427387904, 4] is too large");
    }

    @Test
    void anOverflowDoesNotHideBehindASizeOfZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of(0, Long.MAX_VALUE, 3))
                .withMessage("a shape of [0, 9223372036854775807, 3] is too large");
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(Long.MAX_VALUE, 3, 0));
        assertThat(Shape.of(0, Long.MAX_VALUE).elements()).isZero();
    }

    @Test
    void aPartThatReachesBeyondTheShapeIsNotFilledWithZeros() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of(2, 3).slice(0, 5))
                .withMessage("shape [2, 3] has no dimensions 0 to 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of(2, 3).dropLast(3))
                .withMessage("shape [2, 3] has no dimensions 0 to -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of(2, 3).last(3))
                .withMessage("shape [2, 3] has no dimensions -1 to 2");
    }

    @Test
    void shapesAreBroadcastToOneAnother() {
        assertThat(Shape.of(5, 1, 3).broadcast(Shape.of(2, 1))).isEqualTo(Shape.of(5, 2, 3));
        assertThat(Shape.of(2).broadcast(Shape.of(5, 2))).isEqualTo(Shape.of(5, 2));
        assertThat(Shape.of().broadcast(Shape.of(4))).isEqualTo(Shape.of(4));
        assertThat(Shape.of(0, 2).broadcast(Shape.of(1, 2))).isEqualTo(Shape.of(0, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of(5, 2).broadcast(Shape.of(3)))
                .withMessage("shapes [5, 2] and [3] do not fit together");
    }
}
