package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmaTest {
    /** Values that say of which step they are. */
    private static double value(int step) {
        return Math.sin(step) + step;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.9, 0.999})
    void isTheWeightedMeanOfTheStepsAlone(double decay) {
        try (Scope scope = Scope.open("test")) {
            Ema ema = new Ema(decay, Tensor.scalar(1e6, Device.CPU));
            double sum = 0;
            double weights = 0;
            for (int step = 1; step <= 50; step++) {
                ema.update(Tensor.scalar(value(step), Device.CPU), Tensor.scalar(step, Device.CPU));
                sum = decay * sum + value(step);
                weights = decay * weights + 1;
                assertThat(ema.average().item()).isCloseTo(sum / weights, within(2e-4 * sum / weights));
            }
        }
    }

    @Test
    void isTheValuesThemselvesAfterOneStep() {
        try (Scope scope = Scope.open("test")) {
            Ema ema = new Ema(0.999, Tensor.scalar(1e6, Device.CPU));
            ema.update(Tensor.scalar(3, Device.CPU), Tensor.scalar(1, Device.CPU));
            assertThat(ema.average().item()).isEqualTo(3);
        }
    }
}
