package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.InAScope;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InAScope.class)
class AutoregressiveLayerTest {
    private static final double[] X = {0.3, -1.2, 0.8};

    private final Rng rng = Rng.seeded(1, Device.CPU);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theInverseUndoesTheMap(boolean fromLast) {
        AutoregressiveLayer layer = Flows.layer(5, fromLast, rng);
        Tensor x = rng.normal(Shape.of(4, 6, 5)).to(DType.FLOAT64);
        Bijection.Image y = layer.forward(x);
        Bijection.Image back = layer.inverse(y.value());
        assertThat(y.value().shape()).isEqualTo(x.shape());
        assertThat(y.logDeterminant().shape()).isEqualTo(Shape.of(4, 6));
        assertThat(back.value().minus(x).abs().max().item()).isLessThan(1e-12);
        assertThat(back.logDeterminant().plus(y.logDeterminant()).abs().max().item())
                .isLessThan(1e-12);
        assertThat(y.value().minus(x).abs().max().item()).isGreaterThan(0.1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLogDeterminantsAreThoseOfTheJacobians(boolean fromLast) {
        AutoregressiveLayer layer = Flows.layer(3, fromLast, rng);
        double[][] forward = Jacobian.of(x -> layer.forward(x).value(), X);
        double[][] inverse = Jacobian.of(y -> layer.inverse(y).value(), X);
        // 1e-8: of central differences
        assertThat(layer.forward(Jacobian.vector(X)).logDeterminant().item())
                .isEqualTo(Math.log(Jacobian.determinant(forward)), within(1e-8));
        assertThat(layer.inverse(Jacobian.vector(X)).logDeterminant().item())
                .isEqualTo(Math.log(Jacobian.determinant(inverse)), within(1e-8));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                boolean sees = i == j || (fromLast ? j > i : j < i);
                if (!sees) {
                    assertThat(inverse[i][j]).as("∂x%d/∂y%d", i, j).isZero();
                }
            }
        }
    }

    @Test
    void itStartsAsTheIdentity() {
        AutoregressiveLayer layer = AutoregressiveLayer.of(5, 8, false, new Initializer(rng, Device.CPU));
        Tensor x = rng.normal(Shape.of(3, 5));
        assertThat(layer.inverse(x).value().toHost()).isEqualTo(x.toHost());
        assertThat(layer.forward(x).value().toHost()).isEqualTo(x.toHost());
        assertThat(layer.forward(x).logDeterminant().abs().max().item()).isZero();
        assertThat(layer.state().keySet())
                .containsExactly("hidden.weight", "hidden.bias", "output.weight", "output.bias");
    }

    @Test
    void ofOneDimensionItMovesAndScalesAllAlike() {
        AutoregressiveLayer layer = Flows.layer(1, false, rng);
        double[] y = layer.forward(Tensor.of(HostArray.of(new double[] {0, 1, 2}, 3, 1), Device.CPU))
                .value()
                .toHost()
                .toDoubles();
        assertThat(y[2] - y[1]).isCloseTo(y[1] - y[0], within(1e-12));
    }
}
