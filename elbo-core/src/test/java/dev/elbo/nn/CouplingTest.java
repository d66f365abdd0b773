package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InAScope.class)
class CouplingTest {
    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);

    @ParameterizedTest
    @CsvSource({"2, true", "2, false", "3, true", "3, false", "5, false"})
    void theInverseUndoesTheMap(int dims, boolean movesUpper) {
        Coupling coupling = Flows.coupling(dims, movesUpper, rng);
        Tensor x = rng.normal(Shape.of(4, 6, dims)).to(DType.FLOAT64);
        Bijection.Image y = coupling.forward(x);
        Bijection.Image back = coupling.inverse(y.value());
        assertThat(y.value().shape()).isEqualTo(x.shape());
        assertThat(y.logDeterminant().shape()).isEqualTo(Shape.of(4, 6));
        assertThat(largest(back.value().minus(x))).isLessThan(1e-13);
        assertThat(largest(back.logDeterminant().plus(y.logDeterminant()))).isLessThan(1e-13);
        assertThat(largest(y.value().minus(x))).isGreaterThan(0.1);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theLogDeterminantIsThatOfTheJacobian(boolean movesUpper) {
        Coupling coupling = Flows.coupling(3, movesUpper, rng);
        double[] x = {0.3, -1.2, 0.8};
        double determinant = Jacobian.determinant(
                Jacobian.of(point -> coupling.forward(point).value(), x));
        assertThat(coupling.forward(Jacobian.vector(x)).logDeterminant().item())
                .isEqualTo(Math.log(Math.abs(determinant)), within(1e-8)); // of central differences
    }

    @Test
    void onePartStays() {
        Tensor x = rng.normal(Shape.of(5)).to(DType.FLOAT64);
        Tensor upper = Flows.coupling(5, true, rng).forward(x).value();
        Tensor lower = Flows.coupling(5, false, rng).forward(x).value();
        assertThat(upper.narrow(0, 0, 2).toHost()).isEqualTo(x.narrow(0, 0, 2).toHost());
        assertThat(lower.narrow(0, 2, 3).toHost()).isEqualTo(x.narrow(0, 2, 3).toHost());
    }

    @Test
    void itStartsAsTheIdentity() {
        Tensor x = rng.normal(Shape.of(3, 5));
        Bijection.Image y = Coupling.of(5, 8, true, initial).forward(x);
        assertThat(y.value().toHost()).isEqualTo(x.toHost());
        assertThat(largest(y.logDeterminant())).isZero();
    }

    @Test
    void scalesAreBoundedWhateverTheNetworkSays() {
        Linear wild = new Linear(initial.constant(1e6, 2, 1), initial.constant(0, 2));
        Coupling coupling = new Coupling(wild, true);
        Bijection.Image y = coupling.forward(Tensor.of(new float[] {3, 1}, 2));
        assertThat(y.logDeterminant().item()).isEqualTo(-2, within(1e-6));
        assertThat(y.value().allFinite().to(DType.INT64).item()).isEqualTo(1);
    }

    @Test
    void oneDimensionHasNothingToBeMovedBy() {
        assertThatThrownBy(() -> Coupling.of(1, 8, true, initial))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a coupling moves some dimensions by the others; got 1 in all. Set latents to 2 or more");
    }

    private static double largest(Tensor differences) {
        return differences.abs().max().item();
    }
}
