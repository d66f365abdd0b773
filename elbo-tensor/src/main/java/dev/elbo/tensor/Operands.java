package dev.elbo.tensor;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an operation says of operands that it cannot take. */
final class Operands {
    private Operands() {}

    /** Refuses operands of types that libtorch would convert into one another. */
    static void refuseMixing(String operation, Tensor first, Tensor... others) {
        for (Tensor other : others) {
            DType a = first.dtype();
            DType b = other.dtype();
            if (differInKind(a, b)) {
                throw new IllegalArgumentException(operation + "(" + first + ", " + other
                        + "): the types differ; convert one of them, as in a.to(DType."
                        + (a.isFloatingPoint() ? a : b) + ")");
            }
        }
    }

    private static boolean differInKind(DType a, DType b) {
        return a.isFloatingPoint() != b.isFloatingPoint() || (a == DType.FLOAT64) != (b == DType.FLOAT64);
    }

    /** Refuses a number that an integer tensor cannot hold. */
    static void refuseFraction(String operation, Tensor tensor, double value) {
        if (value % 1 != 0 && !tensor.dtype().isFloatingPoint()) {
            throw becomesReal(operation + "(" + tensor + ", " + value + ")");
        }
    }

    /** Refuses integers where real numbers are computed. */
    static void refuseIntegers(String operation, Tensor tensor) {
        if (!tensor.dtype().isFloatingPoint()) {
            throw becomesReal(operation + "(" + tensor + ")");
        }
    }

    private static IllegalArgumentException becomesReal(String call) {
        return new IllegalArgumentException(
                call + ": integers would become real numbers; convert first, as in a.to(DType.FLOAT32)");
    }

    /** Refuses what is not true or false. */
    static void requireBool(String operation, Tensor... tensors) {
        for (Tensor tensor : tensors) {
            if (tensor.dtype() != DType.BOOL) {
                throw new IllegalArgumentException(
                        operation + ": a BOOL tensor was expected, such as a comparison" + " gives; got " + tensor);
            }
        }
    }

    /** Refuses what is not INT64, as indices are. */
    static void requireIndices(String operation, Tensor indices) {
        if (indices.dtype() != DType.INT64) {
            throw new IllegalArgumentException(
                    operation + ": INT64 indices were expected; got " + indices + "; convert by to(DType.INT64)");
        }
    }

    /** Refuses two that differ in shape. */
    static void requireOneShape(String operation, Tensor a, Tensor b) {
        if (!a.shape().equals(b.shape())) {
            throw new IllegalArgumentException(
                    operation + ": two tensors of one shape were expected; got " + a + " and " + b);
        }
    }

    /** libtorch's message without its C++ frames, and with the operands. */
    static RuntimeException explained(String operation, RuntimeException e, Tensor... operands) {
        if (e instanceof IllegalStateException || e instanceof IllegalArgumentException) {
            return e;
        }
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        String shapes = Stream.of(operands).map(Tensor::toString).collect(Collectors.joining(", "));
        return new IllegalArgumentException(operation + "(" + shapes + "): " + reason, e);
    }
}
