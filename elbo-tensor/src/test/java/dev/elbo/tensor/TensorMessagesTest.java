package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class TensorMessagesTest {
    private final Tensor pair = Tensor.of(new float[] {1, 2}, 2);
    private final Tensor triple = Tensor.of(new float[] {1, 2, 3}, 3);
    private final Tensor matrix = Tensor.zeros(Device.CPU, 2, 3);
    private final Tensor longs = Tensor.of(new long[] {1, 2}, 2);

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void changingATensorInPlaceNamesTheOperationAndBothShapes() {
        refused(
                () -> pair.assign(triple),
                "assign(FLOAT32 [2], FLOAT32 [3]): The size of tensor a (2) must match the size of tensor b (3) at"
                        + " non-singleton dimension 0");
        refused(
                () -> pair.plusProductInPlace(pair, triple, 2),
                "plusProductInPlace(FLOAT32 [2], FLOAT32 [2], FLOAT32 [3]): The size of tensor a (2) must match the"
                        + " size of tensor b (3) at non-singleton dimension 0");
        refused(
                () -> pair.copy().requireGradient().plusInPlace(1),
                "plusInPlace(FLOAT32 [2]): a leaf Variable that requires grad is being used in an in-place operation.");
    }

    @Test
    void changingATensorInPlaceConvertsNothingSilently() {
        refused(
                () -> longs.assign(pair),
                "assign(INT64 [2], FLOAT32 [2]): the types differ; convert one of them, as in a.to(DType.FLOAT32)");
        refused(
                () -> longs.fill(0.5),
                "fill(INT64 [2], 0.5): integers would become real numbers; convert first, as in a.to(DType.FLOAT32)");
        assertThat(longs.plusInPlace(3).timesInPlace(2).toHost().toLongs()).containsExactly(8, 10);
    }

    @Test
    void integersHaveNoGradients() {
        refused(
                longs::requireGradient,
                "requireGradient(INT64 [2]): Only Tensors of floating point and complex dtype can require gradients");
    }

    @Test
    void aDimensionThatIsNotThereIsNamed() {
        refused(
                () -> pair.size(3),
                "size(FLOAT32 [2]): Dimension out of range (expected to be in range of [-1, 0], but got 3)");
        refused(
                () -> pair.sum(1),
                "sum(FLOAT32 [2]): Dimension out of range (expected to be in range of [-1, 0], but got 1)");
    }

    @Test
    void operandsThatDoNotFitAreNamedWithTheirShapes() {
        refused(
                () -> pair.plus(triple),
                "plus(FLOAT32 [2], FLOAT32 [3]): The size of tensor a (2) must match the size of tensor b (3) at"
                        + " non-singleton dimension 0");
        refused(
                () -> matrix.matmul(matrix),
                "matmul(FLOAT32 [2, 3], FLOAT32 [2, 3]): mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)");
        refused(() -> matrix.reshape(4, 2), "reshape(FLOAT32 [2, 3]): shape '[4, 2]' is invalid for input of size 6");
        refused(
                () -> Functional.linear(matrix, Tensor.zeros(Device.CPU, 4, 5), null),
                "linear(FLOAT32 [2, 3], FLOAT32 [4, 5]): mat1 and mat2 shapes cannot be multiplied (2x3 and 5x4)");
        refused(
                () -> matrix.select(0, Tensor.of(new long[] {2}, 1)),
                "select(FLOAT32 [2, 3], INT64 [1]): index out of range in self");
        refused(() -> longs.oneHot(2), "oneHot(INT64 [2]): Class values must be smaller than num_classes.");
    }

    @Test
    void aSingleNumberIsAskedOfOneElement() {
        refused(matrix::item, "item() is for one element; got FLOAT32 [2, 3]");
        refused(
                () -> pair.copy().requireGradient().times(2).backward(),
                "backward(FLOAT32 [2]): grad can be implicitly created only for scalar outputs");
    }

    @Test
    void noNativeFrameReachesTheReader() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> matrix.matmul(matrix))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("frame"));
    }

    @Test
    void squeezingADimensionOfMoreThanOneIsNotIgnored() {
        refused(() -> matrix.squeeze(-1), "squeeze(FLOAT32 [2, 3]): dimension -1 has size 3; 1 was expected");
        assertThat(matrix.unsqueeze(1).squeeze(1).shape()).isEqualTo(Shape.of(2, 3));
    }
}
