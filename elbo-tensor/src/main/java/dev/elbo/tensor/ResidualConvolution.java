package dev.elbo.tensor;

import dev.elbo.tensor.seam.Operand;
import dev.elbo.tensor.seam.ResidualConvolutionSeam;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A residual convolution along sequences, x + gelu(n ⋆ kernel + kernelBias) · mixᵀ + mixBias with n = mask · norm(x): [N, T, C] → [N, T, C],
 * zeros beyond both ends.
 *
 * @param normWeight scale of the layer normalisation of each step, [C]
 * @param normBias its shift, [C]
 * @param kernel [C, C, width]; the width is odd
 * @param kernelBias [C]
 * @param mix [C, C]
 * @param mixBias [C]
 * @param dilation steps from one that the kernel sees to the next; 1 if it sees all
 */
public record ResidualConvolution(
        Tensor normWeight,
        Tensor normBias,
        Tensor kernel,
        Tensor kernelBias,
        Tensor mix,
        Tensor mixBias,
        long dilation) {
    private static final double EPSILON = 1e-5;

    /**
     * The sum.
     *
     * @param x [N, T, C]
     * @param mask 1 at steps that count and 0 at padding, [N, T, 1]
     */
    public Tensor of(Tensor x, Tensor mask) {
        Optional<Tensor> joined = Seams.join(
                () -> ResidualConvolutionSeam.apply(x.operand(), mask.operand(), operands(), dilation, EPSILON));
        if (joined.isEmpty()) {
            return ofOperations(x, mask);
        }
        double elements = x.shape().elements();
        Arithmetic.count(elements * kernel.size(1) * kernel.size(2), x, kernel);
        Arithmetic.count(elements * mix.size(1), x, mix);
        return joined.get();
    }

    /** The same by one operation after the other. */
    Tensor ofOperations(Tensor x, Tensor mask) {
        Tensor n = Functional.layerNorm(x, normWeight, normBias, EPSILON).times(mask);
        Tensor seen = Functional.conv1d(n, kernel, kernelBias, dilation);
        return x.plus(Functional.linear(seen.gelu(), mix, mixBias));
    }

    private Operand[] operands() {
        return Stream.of(normWeight, normBias, kernel, kernelBias, mix, mixBias)
                .map(Tensor::operand)
                .toArray(Operand[]::new);
    }
}
