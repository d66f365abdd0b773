package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Module;
import dev.elbo.nn.Sequential;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DensityRatioTest extends ObjectiveContract {
    @Override
    Objective objective() {
        return new DensityRatio(Schedule.constant(3), critic());
    }

    /** What the model learns from: the critic's loss is the critic's. */
    @Override
    Tensor value(Loss loss) {
        return loss.total().minus(Objects.requireNonNull(loss.terms().get("criticLoss")));
    }

    private static Layer critic() {
        Initializer initial = new Initializer(Rng.seeded(2, Device.CPU), Device.CPU);
        return Sequential.of(Linear.of(2, 16, initial), Activation.TANH, Linear.of(16, 1, initial));
    }

    @Test
    void theModelLearnsNothingOfTheCriticsLoss() {
        Vae model = LinearGaussian.amiss().model();
        Map<String, double[]> alone = gradients(Elbo.standard(), model, model);
        Map<String, double[]> beside = gradients(new DensityRatio(Schedule.constant(0), critic()), model, model);
        alone.forEach((name, gradient) -> assertThat(beside.get(name)).as(name).containsExactly(gradient));
    }

    @Test
    void theCriticLearnsNothingOfTheModelsLoss() {
        Vae model = LinearGaussian.amiss().model();
        Layer critic = critic();
        Map<String, double[]> little = gradients(new DensityRatio(Schedule.constant(0), critic), model, critic);
        Map<String, double[]> much = gradients(new DensityRatio(Schedule.constant(100), critic), model, critic);
        assertThat(little.keySet()).contains("0.weight");
        little.forEach((name, gradient) -> {
            assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow())
                    .isPositive();
            assertThat(much.get(name)).as(name).containsExactly(gradient);
        });
    }

    @Test
    void aPermutationKeepsTheValuesOfEachDimension() {
        Tensor codes = Tensor.of(new float[] {1, 10, 2, 20, 3, 30, 4, 40, 5, 50}, 5, 2);
        Tensor permuted = DensityRatio.permuted(codes, Rng.seeded(4, Device.CPU));
        assertThat(permuted.get(1, 0).toFloats()).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        assertThat(permuted.get(1, 1).toFloats()).containsExactlyInAnyOrder(10, 20, 30, 40, 50);
        // each in an order of its own: else 10 would still be beside 1 everywhere
        assertThat(permuted.get(1, 0).times(10).toFloats())
                .isNotEqualTo(permuted.get(1, 1).toFloats());
    }

    @Test
    void gammaIsNotNegative() {
        assertThatThrownBy(() -> new DensityRatio(Schedule.constant(-1), critic()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gamma must be at least 0 everywhere; got -1");
    }

    private static Map<String, double[]> gradients(Objective objective, Vae model, Module of) {
        Step step = step();
        objective.loss(model, LinearGaussian.batch(16, 1), step).total().backward();
        Map<String, double[]> gradients = new LinkedHashMap<>();
        of.parameters().forEach((name, parameter) -> {
            gradients.put(name, parameter.gradient().toHost().toDoubles());
            parameter.gradient().fill(0);
        });
        model.parameters().values().forEach(parameter -> parameter.gradient().fill(0));
        return gradients;
    }

    private static Step step() {
        Step step = new Step(1, 10, 1000, Device.CPU);
        step.advance(0, 0);
        return step;
    }
}
