package dev.elbo.tensor;

import static dev.elbo.tensor.FiniteDifferences.numbers;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("numeric")
@ExtendWith(InAScope.class)
class GradientsOfOperationsTest {

    private record Named<T>(String name, T operation) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Named<UnaryOperator<Tensor>> of(String name, UnaryOperator<Tensor> operation) {
        return new Named<>(name, operation);
    }

    static Stream<Named<UnaryOperator<Tensor>>> unary() {
        return Stream.of(
                of("over", a -> a.over(3)),
                of("clamp", a -> a.clamp(-0.5, 0.5)),
                of("exp", Tensor::exp),
                of("expm1", Tensor::expm1),
                of("log", a -> a.plus(2).log()),
                of("log1p", Tensor::log1p),
                of("square", Tensor::square),
                of("sqrt", a -> a.plus(2).sqrt()),
                of("abs", Tensor::abs),
                of("round", Tensor::round),
                of("sign", Tensor::sign),
                of("erfInverse", Tensor::erfInverse),
                of("tanh", Tensor::tanh),
                of("sigmoid", Tensor::sigmoid),
                of("logSigmoid", Tensor::logSigmoid),
                of("softplus", Tensor::softplus),
                of("relu", Tensor::relu),
                of("leakyRelu", Tensor::leakyRelu),
                of("elu", Tensor::elu),
                of("silu", Tensor::silu),
                of("gelu", Tensor::gelu),
                of("sum", a -> a.sum(0)),
                of("mean", a -> a.mean(1)),
                of("variance", a -> a.variance(1)),
                of("logSumExp", a -> a.logSumExp(1)),
                of("logSoftmax", a -> a.logSoftmax(0)),
                of("softmax", a -> a.softmax(1)),
                of("max", Tensor::max),
                of("min", Tensor::min),
                of("norm", Tensor::norm),
                of("reshape", a -> a.reshape(4, 3)),
                of("expand", a -> a.expand(Shape.of(2, 3, 4))),
                of("transpose", a -> a.transpose(0, 1)),
                of("moveDim", a -> a.moveDim(0, 1)),
                of("narrow", a -> a.narrow(1, 1, 2)),
                of("get", a -> a.get(0, 2)),
                of("select", a -> a.select(1, Tensor.of(new long[] {1, 1, 3}, 3))),
                of("gather", a -> a.gather(1, Tensor.of(new long[] {1, 1, 3, 0, 2, 2}, 3, 2))),
                of("cat", a -> Tensor.cat(1, a, a.square())),
                of("stack", a -> Tensor.stack(1, a, a.square())));
    }

    @ParameterizedTest
    @MethodSource("unary")
    void theGradientOfAnOperationIsItsDerivative(Named<UnaryOperator<Tensor>> named) {
        FiniteDifferences.check(inputs -> named.operation().apply(inputs[0]), numbers(3, 4));
    }

    private static Named<BinaryOperator<Tensor>> both(String name, BinaryOperator<Tensor> operation) {
        return new Named<>(name, operation);
    }

    static Stream<Named<BinaryOperator<Tensor>>> binary() {
        return Stream.of(
                both("plus", Tensor::plus),
                both("minus", Tensor::minus),
                both("times", Tensor::times),
                both("over", Tensor::over),
                both("maximum", Tensor::maximum),
                both("minimum", Tensor::minimum),
                both("logAddExp", Tensor::logAddExp),
                both("plusProduct", (a, b) -> a.plusProduct(b, a)),
                both("where", (a, b) -> a.lessThan(b).where(a.square(), b.exp())),
                both("matmul", (a, b) -> a.matmul(b.reshape(4, 1))));
    }

    @ParameterizedTest
    @MethodSource("binary")
    void gradientsOfBroadcastOperandsAreSummed(Named<BinaryOperator<Tensor>> named) {
        FiniteDifferences.check(
                inputs -> named.operation().apply(inputs[0], inputs[1]),
                numbers(3, 4),
                numbers(5).narrow(0, 1, 4).copy());
    }

    @Test
    void theGradientOfALinearLayer() {
        FiniteDifferences.check(a -> Functional.linear(a[0], a[1], a[2]), numbers(2, 3, 4), numbers(5, 4), numbers(5));
        FiniteDifferences.check(a -> Functional.linear(a[0], a[1], null), numbers(3, 4), numbers(5, 4));
    }

    @Test
    void theGradientOfAConvolution() {
        FiniteDifferences.check(
                a -> Functional.conv2d(a[0], a[1], a[2], 2, 1), numbers(2, 2, 5, 4), numbers(3, 2, 3, 3), numbers(3));
    }

    @Test
    void theGradientOfATransposedConvolution() {
        FiniteDifferences.check(
                a -> Functional.convTranspose2d(a[0], a[1], a[2], 2, 1, 1, 0),
                numbers(2, 2, 3, 2),
                numbers(2, 3, 3, 3),
                numbers(3));
    }

    private static Tensor batchNorm(boolean training, Tensor... a) {
        Tensor mean = numbers(3).times(0.1);
        Tensor variance = numbers(3).square().plus(0.5);
        return Functional.batchNorm(a[0], a[1], a[2], mean, variance, training, 0.1, 1e-5);
    }

    @Test
    void theGradientOfBatchNormalisationInTrainingAndInUse() {
        FiniteDifferences.check(a -> batchNorm(true, a), numbers(4, 3, 2, 2), numbers(3), numbers(3));
        FiniteDifferences.check(a -> batchNorm(false, a), numbers(4, 3), numbers(3), numbers(3));
    }

    @Test
    void theGradientOfLayerNormalisation() {
        FiniteDifferences.check(
                a -> Functional.layerNorm(a[0], a[1], a[2], 1e-5), numbers(2, 3, 4), numbers(3, 4), numbers(3, 4));
    }

    @Test
    void theGradientOfGroupNormalisation() {
        FiniteDifferences.check(
                a -> Functional.groupNorm(a[0], 2, a[1], a[2], 1e-5), numbers(2, 4, 2, 2), numbers(4), numbers(4));
    }

    @Test
    void theGradientOfAnEmbeddingIsSummedOverItsUses() {
        Tensor indices = Tensor.of(new long[] {2, 0, 2, 3}, 2, 2);
        FiniteDifferences.check(a -> Functional.embedding(indices, a[0]), numbers(4, 3));
    }

    @Test
    void theGradientOfACrossEntropyForLogitsAndValues() {
        FiniteDifferences.check(
                a -> Functional.binaryCrossEntropy(a[0].times(5), a[1].square()), numbers(3, 4), numbers(4));
        FiniteDifferences.check(a -> Functional.binaryCrossEntropy(a[0], a[1].square()), numbers(4), numbers(2, 4));
    }
}
