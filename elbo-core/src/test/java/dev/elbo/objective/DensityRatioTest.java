package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batch;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Module;
import dev.elbo.nn.Sequential;
import dev.elbo.tensor.Adam;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GeneratorRng;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DensityRatioTest extends ObjectiveContract {
    private static final Schedule ONE = Schedule.constant(1);

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
            assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow()).isPositive();
            assertThat(much.get(name)).as(name).containsExactly(gradient);
        });
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
