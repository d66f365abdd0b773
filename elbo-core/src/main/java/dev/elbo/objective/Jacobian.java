package dev.elbo.objective;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * ‖∂y/∂x‖² of each example, all elements of the Jacobian squared and summed, by products vᵀ ∂y/∂x: exactly by one for each element
 * of y, or estimated by a few random ones, E ‖vᵀJ‖² = ‖J‖² where E v vᵀ = I. Hutchinson (1990), with signs for v. It can be
 * differentiated in turn, if y was computed within {@link dev.elbo.tensor.Seams#off()}.
 *
 * @param output y of each example by itself, [1, B, event...]
 * @param input x
 */
record Jacobian(Tensor output, Tensor input) {
    /** Exactly, the mean over examples, of rank 0; y is [1, B, D]. */
    Tensor squaredNorm() {
        long dims = output.size(-1);
        Tensor directions = Tensor.arange(dims, output.device()).oneHot(dims); // [D, D]
        return Stream.iterate(0L, i -> i < dims, i -> i + 1)
                .map(i -> squaredProduct(directions.get(0, i)))
                .reduce(Tensor::plus)
                .orElseThrow();
    }

    /** Estimated without bias by so many vectors of signs for each example, the mean over examples, of rank 0. */
    Tensor squaredNorm(int probes, Rng rng) {
        return Stream.generate(() -> squaredProduct(signs(output.shape(), rng)))
                .limit(probes)
                .reduce(Tensor::plus)
                .orElseThrow()
                .over((double) probes);
    }

    /** ‖vᵀJ‖², the mean over examples. */
    private Tensor squaredProduct(Tensor v) {
        Tensor product = output.times(v).sum().gradients(List.of(input), true).get(0);
        return product.square().sum().over((double) output.size(1));
    }

    private static Tensor signs(Shape shape, Rng rng) {
        return rng.uniform(shape).lessThan(0.5).to(DType.FLOAT32).times(2).minus(1);
    }
}
