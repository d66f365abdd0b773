package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.data.Field;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Conv2d;
import dev.elbo.nn.ConvTranspose2d;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Sequential;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyramidTest {
    private static final Initializer INITIAL = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);

    @ParameterizedTest
    @CsvSource({"28, 0", "33, 0", "32, 0", "7, 4", "8, 4", "8, 3", "50, 4"})
    void theWayUpEndsWithTheImagesSizes(int side, int kernel) {
        try (Scope scope = Scope.open("pyramid")) {
            Pyramid pyramid = Pyramid.of(new Field.Image(3, side, side), List.of(2, 3, 4), Activation.RELU, kernel);
            Layer up = new Sequential(pyramid.up(PixelLikelihood.normal(), INITIAL));

            Tensor made = up.forward(
                    Tensor.zeros(Device.CPU, pyramid.deepest().prepend(2).sizes()), Pass.deterministic());

            assertThat(made.shape().sizes()).containsExactly(2, 1, 3, side, side);
        }
    }

    @Test
    void aKernelOfFourMakesAllPixelsFromAsManyPlaces() {
        try (Scope scope = Scope.open("pyramid")) {
            for (int kernel : new int[] {3, 4}) {
                ConvTranspose2d layer = Pyramid.of(new Field.Image(1, 8, 8), List.of(1), Activation.RELU, kernel)
                        .doubling(0, 1, INITIAL);
                layer.weight().detach().fill(1);
                Tensor even = layer.forward(Tensor.zeros(Device.CPU, 1, 1, 4, 4).plus(1), Pass.deterministic());
                // away from the edges, a picture of one colour stays one, or becomes a checkerboard
                double spread = even.narrow(-1, 2, 4).narrow(-2, 2, 4).max().item()
                        - even.narrow(-1, 2, 4).narrow(-2, 2, 4).min().item();
                assertThat(spread).isEqualTo(kernel == 4 ? 0 : 3); // 4 places less 1
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"28, 0", "33, 0", "32, 0", "7, 4", "8, 4", "50, 4", "50, 3"})
    void theWayDownHalvesWhateverTheKernel(int side, int kernel) {
        try (Scope scope = Scope.open("pyramid")) {
            Pyramid pyramid = Pyramid.of(new Field.Image(3, side, side), List.of(2, 3, 4), Activation.RELU, 3, kernel);

            Tensor read = new Sequential(pyramid.down(INITIAL))
                    .forward(Tensor.zeros(Device.CPU, 2, 3, side, side), Pass.deterministic());

            assertThat(read.shape().sizes())
                    .containsExactly(pyramid.deepest().prepend(2).sizes());
        }
    }

    @Test
    void aKernelOfFourSeesAllPixelsAlike() {
        try (Scope scope = Scope.open("pyramid")) {
            for (int kernel : new int[] {3, 4}) {
                Conv2d layer = Pyramid.of(new Field.Image(1, 8, 8), List.of(1), Activation.RELU, 3, kernel)
                        .halving(0, INITIAL);
                layer.weight().detach().fill(1);
                double[] windows = {windows(layer, 3), windows(layer, 4)};
                assertThat(windows).containsExactly(kernel == 4 ? new double[] {4, 4} : new double[] {4, 1});
            }
        }
    }

    /** How many windows a pixel on the diagonal is in, by weights of 1. */
    private static double windows(Conv2d layer, int at) {
        Tensor impulse = Tensor.zeros(Device.CPU, 1, 1, 8, 8);
        double nothing = layer.forward(impulse, Pass.deterministic()).sum().item();
        impulse.narrow(-1, at, 1).narrow(-2, at, 1).fill(1);
        return layer.forward(impulse, Pass.deterministic()).sum().item() - nothing;
    }

    @Test
    void imagesOf32PixelsAndMoreHaveAKernelOfFour() {
        assertThat(Pyramid.of(new Field.Image(1, 28, 28), List.of(1), Activation.RELU, 0)
                        .upwards())
                .isEqualTo(3);
        assertThat(Pyramid.of(new Field.Image(1, 32, 40), List.of(1), Activation.RELU, 0)
                        .upwards())
                .isEqualTo(4);
    }

    @Test
    void otherKernelsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recipes.with(new ConvVaeRecipe(), Map.of("decoderKernel", "5")))
                .withMessage("decoderKernel is 3, 4, or 0 to choose; got 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recipes.with(new VaeGanRecipe(), Map.of("criticKernel", "2")))
                .withMessage("criticKernel is 3, 4, or 0 to choose; got 2");
    }
}
