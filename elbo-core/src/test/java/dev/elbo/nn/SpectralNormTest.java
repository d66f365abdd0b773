package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.LinearAlgebra;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class SpectralNormTest {
    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);

    /** What the layer multiplies with, [out, in]: its outputs of unit vectors, without the bias of 0. */
    private static Tensor matrix(Layer layer, long in) {
        Tensor units = Tensor.arange(in, Device.CPU).oneHot(in);
        return layer.forward(units, Pass.deterministic()).transpose(0, 1);
    }

    private static double largestSingularValue(Tensor matrix) {
        Tensor squares = matrix.detach().transpose(0, 1).matmul(matrix.detach());
        return Math.sqrt(LinearAlgebra.symmetricEigen(squares).values().max().item());
    }

    @Test
    void theLargestSingularValueIsOne() {
        Layer layer = SpectralNorm.of(Linear.of(6, 5, initial), initial);
        for (int i = 0; i < 100; i++) {
            layer.forward(rng.normal(Shape.of(2, 6)), Pass.training(rng));
        }
        // power iteration has converged by then
        assertThat(largestSingularValue(matrix(layer, 6))).isEqualTo(1, within(1e-4));
    }

    @Test
    void itDoesNotMatterHowLargeTheWeightsAre() {
        Linear linear = Linear.of(6, 5, initial);
        SpectralNorm layer = SpectralNorm.of(linear, initial);
        double[] before = matrix(layer, 6).toHost().toDoubles();
        linear.weight().detach().timesInPlace(7);
        assertThat(matrix(layer, 6).toHost().toDoubles()).containsExactly(before, within(1e-6)); // FLOAT32 near 1
    }

    /** W/σ does not change along W: its gradient is orthogonal to W. */
    @Test
    void gradientsPassThroughTheSingularValue() {
        SpectralNorm layer = SpectralNorm.of(Linear.of(6, 5, initial), initial);
        Tensor y = layer.forward(rng.normal(Shape.of(3, 6)), Pass.deterministic());
        y.times(rng.normal(y.shape())).sum().backward();
        Tensor gradient = layer.weight().gradient();
        assertThat(gradient.norm().item()).isPositive();
        // a sum of 30 products of numbers near 1
        assertThat(gradient.times(layer.weight().detach()).sum().item()).isEqualTo(0, within(1e-5));
    }

    @Test
    void allLinearMapsOfANetworkAreDividedAndOthersRefused() {
        Layer network = Sequential.of(Linear.of(4, 8, initial), Activation.RELU, Linear.of(8, 2, initial));
        assertThat(SpectralNorm.in(network, initial).state())
                .containsOnlyKeys("0.weight", "0.bias", "0.u", "2.weight", "2.bias", "2.u");
        assertThatThrownBy(() -> SpectralNorm.in(Conv2d.of(1, 1, 3, 1, 1, initial), initial))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spectral normalisation is of linear layers; got Conv2d. Choose another regulariser, or a"
                        + " network without it");
    }
}
