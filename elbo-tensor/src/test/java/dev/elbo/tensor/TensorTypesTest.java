package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(InAScope.class)
class TensorTypesTest {
    private static final double BEYOND_FLOAT = (1 << 24) + 1;

    private final Tensor floats = Tensor.of(new float[] {1, 2}, 2);
    private final Tensor doubles = floats.to(DType.FLOAT64);
    private final Tensor longs = Tensor.of(new long[] {1, 2}, 2);

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeGoesToTheDeviceAndBack(DType dtype) {
        Tensor tensor = Tensor.of(new float[] {0, 1, 1}, 3).to(dtype);
        assertThat(tensor.dtype()).isEqualTo(dtype);
        HostArray array = tensor.toHost();
        assertThat(array.dtype()).isEqualTo(dtype);
        assertThat(array.toDoubles()).containsExactly(0, 1, 1);
        assertThat(Tensor.of(array, Device.CPU).toHost()).isEqualTo(array);
    }

    @ParameterizedTest
    @EnumSource(names = {"INT64", "INT32", "INT16", "INT8", "UINT8"})
    void integersStayIntegersWhenTheyMeetAWholeNumber(DType dtype) {
        Tensor integers = longs.to(dtype);
        List<Tensor> results =
                List.of(integers.plus(1), integers.minus(1), integers.times(2), integers.clamp(0, 1), integers.fill(3));
        assertThat(results).extracting(Tensor::dtype).containsOnly(dtype);
    }

    @Test
    void comparingLargeIntegersDoesNotRoundThem() {
        Tensor large = Tensor.of(new long[] {(long) BEYOND_FLOAT}, 1);
        assertThat(large.greaterThan(BEYOND_FLOAT - 1).item()).isEqualTo(1);
        assertThat(large.lessThan(BEYOND_FLOAT + 1).item()).isEqualTo(1);
        assertThat(large.plus(1).item()).isEqualTo(BEYOND_FLOAT + 1);
    }

    @Test
    void integersRefuseFractionsAndInfinity() {
        refused(
                () -> longs.plus(0.5),
                "plus(INT64 [2], 0.5): integers would become real numbers; convert first, as in a.to(DType.FLOAT32)");
        Stream.<ThrowingCallable>of(
                        () -> longs.times(1.5),
                        () -> longs.clamp(0.5, 3),
                        () -> longs.lessThan(1.5),
                        () -> longs.plus(Double.POSITIVE_INFINITY),
                        () -> longs.plus(Double.NaN))
                .forEach(call -> assertThatIllegalArgumentException()
                        .isThrownBy(call)
                        .withMessageContaining("integers would become real numbers"));
    }

    @Test
    void integersRefuseOperationsOnRealNumbers() {
        refused(
                longs::exp,
                "exp(INT64 [2]): integers would become real numbers; convert first, as in a.to(DType.FLOAT32)");
        Stream.<UnaryOperator<Tensor>>of(
                        Tensor::expm1,
                        Tensor::log,
                        Tensor::log1p,
                        Tensor::sqrt,
                        Tensor::tanh,
                        Tensor::sigmoid,
                        Tensor::softplus,
                        Tensor::erfInverse,
                        Tensor::gelu,
                        a -> a.over(2),
                        a -> a.over(a),
                        a -> a.softmax(0),
                        a -> a.logSumExp(0))
                .forEach(operation -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> operation.apply(longs))
                        .withMessageContaining("integers would become real numbers"));
    }

    @Test
    void noOperationMixesTypesSilently() {
        refused(
                () -> floats.plus(doubles),
                "plus(FLOAT32 [2], FLOAT64 [2]): the types differ; convert one of them, as in a.to(DType.FLOAT32)");
        refused(
                () -> longs.times(doubles),
                "times(INT64 [2], FLOAT64 [2]): the types differ; convert one of them, as in a.to(DType.FLOAT64)");
        Tensor mask = floats.lessThan(2);
        Stream.<ThrowingCallable>of(
                        () -> floats.plusProduct(floats, doubles),
                        () -> floats.plusProduct(longs, floats),
                        () -> mask.where(floats, doubles),
                        () -> mask.where(longs, floats),
                        () -> Tensor.cat(0, floats, floats, doubles),
                        () -> Tensor.stack(0, longs, floats),
                        () -> floats.maximum(doubles),
                        () -> floats.equalTo(longs),
                        () -> floats.logAddExp(doubles),
                        () -> Functional.binaryCrossEntropy(floats, doubles))
                .forEach(call -> assertThatIllegalArgumentException()
                        .isThrownBy(call)
                        .withMessageContaining("the types differ; convert one of them"));
    }

    @Test
    void halfPrecisionMeetsFloat32AndBecomesIt() {
        assertThat(floats.to(DType.BFLOAT16).plus(floats).dtype()).isEqualTo(DType.FLOAT32);
        assertThat(longs.to(DType.INT32).plus(longs).dtype()).isEqualTo(DType.INT64);
    }
}
