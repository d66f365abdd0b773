package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("numeric")
@ExtendWith(InAScope.class)
class ParameterBufferTest {
    private final Tensor weight =
            Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).requireGradient();
    private final Tensor bias = Tensor.of(new float[] {7, 8}, 2).requireGradient();
    private final Tensor scale = Tensor.scalar(9, Device.CPU).requireGradient();
    private final ParameterBuffer parameters = buffer();

    private ParameterBuffer buffer() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        named.put("weight", weight);
        named.put("bias", bias);
        named.put("scale", scale);
        return new ParameterBuffer(named);
    }

    private Tensor part(String name, Tensor buffer) {
        return Objects.requireNonNull(parameters.split(buffer).get(name));
    }

    /** 3 x² / 2 summed, whose gradient is 3 x. */
    private void backward() {
        List.of(weight, bias, scale).stream()
                .map(parameter -> parameter.square().sum().times(1.5))
                .reduce(Tensor::plus)
                .orElseThrow()
                .backward();
    }

    @Test
    void parametersKeepTheirValuesAndShapes() {
        assertThat(weight.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(weight.toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(bias.toFloats()).containsExactly(7, 8);
        assertThat(scale.item()).isEqualTo(9);
        assertThat(parameters.count()).isEqualTo(9);
        assertThat(weight.requiresGradient()).isTrue();
    }

    @Test
    void theBufferHoldsThemOnCacheLinesWithZerosBetween() {
        float[] values = parameters.values().toFloats();
        assertThat(values).hasSize(3 * 16);
        assertThat(values[5]).isEqualTo(6);
        assertThat(values[6]).isZero();
        assertThat(values[16]).isEqualTo(7);
        assertThat(values[32]).isEqualTo(9);
    }

    @Test
    void parametersAreViewsOfTheBuffer() {
        parameters.values().timesInPlace(2);
        assertThat(bias.toFloats()).containsExactly(14, 16);
        try (GradientMode off = GradientMode.off()) {
            bias.fill(1);
        }
        assertThat(part("bias", parameters.values()).toFloats()).containsExactly(1, 1);
    }

    @Test
    void gradientsArriveInTheBufferAndAddUp() {
        backward();
        assertThat(weight.gradient().toFloats()).containsExactly(3, 6, 9, 12, 15, 18);
        assertThat(part("bias", parameters.gradients()).toFloats()).containsExactly(21, 24);
        backward();
        assertThat(part("scale", parameters.gradients()).item()).isEqualTo(54);
    }

    @Test
    void clearedGradientsAreZeroAndStillViews() {
        backward();
        parameters.clearGradients();
        assertThat(parameters.gradients().toFloats()).containsOnly(0);
        assertThat(weight.gradient().toFloats()).containsOnly(0);
        backward();
        assertThat(part("scale", parameters.gradients()).item()).isEqualTo(27);
    }

    @Test
    void gradientsAreClippedToTheExactNorm() {
        backward();
        double norm = 3 * Math.sqrt(1 + 4 + 9 + 16 + 25 + 36 + 49 + 64 + 81);
        assertThat(parameters.clipGradients(5).item()).isCloseTo(norm, within(rounding(norm)));
        assertThat(parameters.gradients().norm().item()).isCloseTo(5, within(rounding(5)));
        assertThat(scale.gradient().item()).isCloseTo(27 * 5 / norm, within(rounding(27 * 5 / norm)));
    }

    /** The rounding of a norm of nine numbers, or of a number that was divided by it. */
    private static double rounding(double size) {
        return Rounding.ofSum(DType.FLOAT32, 9, size);
    }

    @Test
    void gradientsWithinTheNormAreLeftAlone() {
        backward();
        float[] before = parameters.gradients().toFloats();
        parameters.clipGradients(1000);
        assertThat(parameters.gradients().toFloats()).containsExactly(before);
        parameters.clearGradients();
        parameters.clipGradients(1);
        assertThat(parameters.gradients().toFloats()).containsOnly(0);
    }

    @Test
    void aNormThatIsNotPositiveIsRefusedInsteadOfMakingNaN() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parameters.clipGradients(0))
                .withMessage("gradients are clipped to a positive norm; got 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> parameters.clipGradients(Double.NaN));
    }

    @Test
    void flatteningLeavesOnlyTheBuffersBehind() {
        int before = Scope.current().size();
        buffer();
        assertThat(Scope.current().size()).isEqualTo(before + 2);
    }

    @Test
    void aModelWithoutParametersIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ParameterBuffer(Map.of()))
                .withMessage("there is no parameter to train");
    }

    @Test
    void aParameterOfAnotherTypeIsNamed() {
        Tensor wide = Tensor.zeros(DType.FLOAT64, Device.CPU, Shape.of(2)).requireGradient();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ParameterBuffer(Map.of("encoder.0.weight", wide)))
                .withMessage("parameter 'encoder.0.weight' is FLOAT64 [2]; FLOAT32 was expected");
    }
}
