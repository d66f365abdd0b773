package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InAScope.class)
class LayerValuesTest {
    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);

    private static Tensor floats(float... values) {
        return Tensor.of(values, values.length);
    }

    @Test
    void aLinearLayerMultipliesByItsTransposedWeightAndAddsItsBias() {
        Linear layer = new Linear(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3), floats(10, 20));
        assertThat(layer.forward(floats(1, 0, -1), Pass.deterministic()).toFloats())
                .containsExactly(8, 18);
    }

    @Test
    void aGateOfZeroHalvesTheValue() {
        Linear value = new Linear(Tensor.of(new float[] {3}, 1, 1), floats(1));
        Linear gate = new Linear(Tensor.of(new float[] {0}, 1, 1), floats(0));
        assertThat(new GatedLinear(value, gate)
                        .forward(floats(2), Pass.deterministic())
                        .item())
                .isEqualTo(3.5);
    }

    @Test
    void aResidualAddsItsInput() {
        assertThat(new Residual(Activation.RELU)
                        .forward(floats(-1, 2), Pass.deterministic())
                        .toFloats())
                .containsExactly(-1, 4);
    }

    @Test
    void aResidualWhoseBodyChangesTheShapeIsNotBroadcast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Residual(Linear.of(3, 1, initial)).forward(floats(1, 2, 3), Pass.deterministic()))
                .withMessage("a residual's body must keep the shape [3]; it made [1]");
    }

    @Test
    void shapesOfDifferentSizesAreRefusedWhenALayerIsMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reshape(Shape.of(2, 3), Shape.of(5)))
                .withMessage("[2, 3] has 6 elements, and [5] has 5");
    }

    private static double rounding(double magnitude) {
        return Rounding.ofFormula(DType.FLOAT32, magnitude);
    }

    @ParameterizedTest
    @CsvSource({"RELU, 0", "TANH, -0.7615942", "SIGMOID, 0.26894143", "SOFTPLUS, 0.3132617", "LEAKY_RELU, -0.01"})
    @CsvSource({"ELU, -0.63212055", "SILU, -0.26894143", "GELU, -0.15865526"})
    void anActivationOfMinusOneHasItsKnownValue(Activation activation, double expected) {
        assertThat(activation.forward(floats(-1), Pass.deterministic()).item())
                .isCloseTo(expected, within(rounding(1)));
    }

    @Test
    void dropoutZeroesItsShareAndScalesTheRest() {
        Tensor ones = Tensor.zeros(Device.CPU, 100, 1000).plus(1);
        Tensor y = new Dropout(0.3).forward(ones, Pass.training(rng));
        Tensor dropped = y.equalTo(y.zerosLike()).to(DType.FLOAT32);
        // 4 standard errors of 100,000 coins
        assertThat(dropped.mean().item()).isCloseTo(0.3, within(4 * Math.sqrt(0.21 / 1e5)));
        assertThat(y.max().item()).isCloseTo(1 / 0.7, within(rounding(1 / 0.7)));
        assertThat(y.mean().item()).isCloseTo(1, within(4 * Math.sqrt(0.21 / 1e5) / 0.7));
    }

    @Test
    void dropoutIsTheIdentityInUseAndAtRateZero() {
        Tensor x = rng.normal(Shape.of(5));
        assertThat(new Dropout(0.9).forward(x, Pass.evaluation(rng))).isSameAs(x);
        assertThat(new Dropout(0).forward(x, Pass.training(rng))).isSameAs(x);
    }

    @Test
    void aRateThatWouldDropAllIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dropout(1))
                .withMessage("a dropout rate is in [0, 1); got 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(Double.NaN));
    }

    @Test
    void batchNormalisationUsesTheBatchInTrainingAndItsAveragesInUse() {
        BatchNorm norm = BatchNorm.ofVectors(1, initial);
        Tensor x = Tensor.of(new float[] {1, 2, 3, 6}, 2, 2, 1);
        float[] trained = norm.forward(x, Pass.training(rng)).toFloats();
        double deviation = Math.sqrt(3.5 + 1e-5);
        assertThat(trained[0]).isCloseTo((float) (-2 / deviation), within((float) rounding(3)));
        assertThat(trained[3]).isCloseTo((float) (3 / deviation), within((float) rounding(3)));
        double mean = 0.1 * 3;
        double variance = 0.9 + 0.1 * 14 / 3;
        assertThat(norm.running_mean().item()).isCloseTo(mean, within(rounding(mean)));
        assertThat(norm.running_var().item()).isCloseTo(variance, within(rounding(variance)));
        float[] used = norm.forward(x, Pass.deterministic()).toFloats();
        assertThat(used[3]).isCloseTo((float) ((6 - mean) / Math.sqrt(variance + 1e-5)), within((float) rounding(6)));
        assertThat(norm.running_mean().item()).isCloseTo(mean, within(rounding(mean)));
    }

    @Test
    void channelsThatDoNotDivideIntoGroupsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupNorm.of(3, 8, initial))
                .withMessage("8 channels do not divide into 3 groups");
    }

    @Test
    void firstWeightsFillTheirRangeAndBiasesAreZero() {
        Linear layer = Linear.of(300, 100, initial);
        double bound = Math.sqrt(6.0 / 400);
        assertThat(layer.weight().shape()).isEqualTo(Shape.of(100, 300));
        assertThat(layer.weight().max().item()).isBetween(0.99 * bound, bound);
        assertThat(layer.weight().min().item()).isBetween(-bound, -0.99 * bound);
        assertThat(layer.weight().mean().item())
                .isCloseTo(0, within(4 * bound / Math.sqrt(3 * 30_000))); // 4 standard errors
        assertThat(layer.bias().abs().max().item()).isZero();
        assertThat(layer.parameters().values()).allMatch(Tensor::requiresGradient);
    }

    @Test
    void aConvolutionsFanCountsItsKernel() {
        Conv2d layer = Conv2d.of(8, 16, 3, 1, 1, initial);
        double bound = Math.sqrt(6.0 / (9 * (8 + 16)));
        assertThat(layer.weight().shape()).isEqualTo(Shape.of(16, 8, 3, 3));
        assertThat(layer.weight().abs().max().item()).isBetween(0.98 * bound, bound);
    }

    /** With stride 2, an output pixel of a transposed convolution is made from a quarter of the kernel's places on average. */
    @Test
    void aStrideThinsTheFanOnOneSide() {
        // 8 · 9 in and 16 · 9 / 4 out; 8 · 9 / 4 in and 16 · 9 out
        Tensor down = Conv2d.of(8, 16, 3, 2, 1, initial).weight();
        assertThat(down.abs().max().item()).isBetween(0.98 * Math.sqrt(6 / 108.0), Math.sqrt(6 / 108.0));
        Tensor up = ConvTranspose2d.of(8, 16, 3, 2, 1, 1, 1, initial).weight();
        assertThat(up.shape()).isEqualTo(Shape.of(8, 16, 3, 3));
        assertThat(up.abs().max().item()).isBetween(0.98 * Math.sqrt(6 / 162.0), Math.sqrt(6 / 162.0));
    }

    @Test
    void firstWeightsLeaveNothingElseBehind() {
        int before = Scope.current().size();
        Linear.of(3, 2, initial);
        initial.normal(0.1, 4);
        assertThat(Scope.current().size()).isEqualTo(before + 3);
    }

    @Test
    void aDeterministicPassRefusesNoise() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Pass.deterministic().rng().normal(Shape.of(1)))
                .withMessage("noise was asked for in a deterministic pass; use Pass.evaluation(rng)");
        assertThatIllegalStateException()
                .isThrownBy(() -> Pass.deterministic().rng().uniform(Shape.of(1)));
        assertThat(Pass.deterministic().training()).isFalse();
    }
}
