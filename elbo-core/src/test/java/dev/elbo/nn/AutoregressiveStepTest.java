package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InAScope.class)
class AutoregressiveStepTest {
    private static final double[] Z = {0.3, -1.2, 0.8};

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Tensor context = Jacobian.vector(0.4, -0.9);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachDimensionSeesThoseBeforeItAlone(boolean fromLast) {
        double[][] jacobian = jacobian(Flows.step(3, fromLast, rng));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                boolean before = fromLast ? j > i : j < i;
                boolean seen = Math.abs(jacobian[i][j]) > 1e-3;
                assertThat(seen).as("∂z'%d/∂z%d", i, j).isEqualTo(before || i == j);
                if (!seen) {
                    assertThat(jacobian[i][j]).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLogDeterminantIsThatOfTheJacobian(boolean fromLast) {
        AutoregressiveStep step = Flows.step(3, fromLast, rng);
        assertThat(step.forward(Jacobian.vector(Z), context).logDeterminant().item())
                .isEqualTo(Math.log(Jacobian.determinant(jacobian(step))), within(1e-8)); // of central differences
    }

    private double[][] jacobian(AutoregressiveStep step) {
        return Jacobian.of(z -> step.forward(z, context).value(), Z);
    }

    @Test
    void everyDimensionSeesTheContext() {
        AutoregressiveStep step = Flows.step(3, false, rng);
        double[] here =
                step.forward(Jacobian.vector(Z), context).value().toHost().toDoubles();
        double[] there = step.forward(Jacobian.vector(Z), context.plus(1))
                .value()
                .toHost()
                .toDoubles();
        for (int i = 0; i < 3; i++) {
            assertThat(there[i]).isNotCloseTo(here[i], within(1e-3));
        }
    }

    @Test
    void aContextOfExamplesIsSeenByAllTheirSamples() {
        AutoregressiveStep step = Flows.step(3, false, rng);
        Tensor z = rng.normal(Shape.of(5, 4, 3)).to(DType.FLOAT64);
        Tensor h = rng.normal(Shape.of(4, 2)).to(DType.FLOAT64);
        Bijection.Image all = step.forward(z, h);
        Bijection.Image one = step.forward(z.get(0, 2).get(0, 1), h.get(0, 1));
        assertThat(all.logDeterminant().shape()).isEqualTo(Shape.of(5, 4));
        assertThat(all.value()
                        .get(0, 2)
                        .get(0, 1)
                        .minus(one.value())
                        .abs()
                        .max()
                        .item())
                .isLessThan(1e-14);
    }

    @Test
    void itStartsNearTheIdentity() {
        AutoregressiveStep step = AutoregressiveStep.of(3, 2, 8, false, new Initializer(rng, Device.CPU));
        Bijection.Image image = step.forward(Tensor.zeros(Device.CPU, 3), Tensor.zeros(Device.CPU, 2));
        assertThat(image.value().abs().max().item()).isZero();
        assertThat(image.logDeterminant().item()).isEqualTo(3 * Math.log(1 / (1 + Math.exp(-2))), within(1e-6));
    }

    @Test
    void masksAreNoStateSoThatCopiesOfTheModelShareABatch() {
        AutoregressiveStep step = AutoregressiveStep.of(3, 2, 8, false, new Initializer(rng, Device.CPU));
        assertThat(step.hasBuffers()).isFalse();
        assertThat(step.state().keySet())
                .containsExactly("hidden.weight", "hidden.bias", "output.weight", "output.bias");
        Tensor z = rng.normal(Shape.of(3));
        Tensor h = rng.normal(Shape.of(2));
        assertThat(Copy.of(step).forward(z, h).value().toHost())
                .isEqualTo(step.forward(z, h).value().toHost());
    }
}
