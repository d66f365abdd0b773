package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InAScope.class)
class FramesCouplingTest {
    private static final int STEPS = 4;

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);
    private final Tensor known = rng.normal(Shape.of(2, STEPS, 5));

    /** Of the second sequence the last step is padding. */
    private final Tensor mask = Tensor.of(new float[] {1, 1, 1, 1, 1, 1, 1, 0}, 2, STEPS, 1);

    /** Away from where it starts, as the identity. */
    private Bijection coupling(int dims, boolean movesUpper) {
        FramesCoupling coupling = FramesCoupling.of(dims, 5, 6, movesUpper, initial);
        coupling.out()
                .weight()
                .detach()
                .plusInPlace(rng.normal(coupling.out().weight().shape()).times(0.5));
        return coupling.given(known, mask, Pass.deterministic());
    }

    private static double largest(Tensor values) {
        return values.abs().max().item();
    }

    @ParameterizedTest
    @CsvSource({"2, true", "3, false", "5, true"})
    void theInverseUndoesTheMapForSeveralSamples(int dims, boolean movesUpper) {
        Bijection coupling = coupling(dims, movesUpper);
        Tensor x = rng.normal(Shape.of(3, 2, STEPS, dims));

        Bijection.Image y = coupling.forward(x);
        Bijection.Image back = coupling.inverse(y.value());

        assertThat(y.logDeterminant().shape()).isEqualTo(Shape.of(3, 2, STEPS));
        assertThat(largest(back.value().minus(x))).isLessThan(1e-5); // 32 bits, scaled by up to e²
        assertThat(largest(back.logDeterminant().plus(y.logDeterminant()))).isLessThan(1e-5);
        assertThat(largest(y.value().minus(x))).isGreaterThan(0.1);
    }

    @Test
    void paddingStaysAsItIs() {
        Bijection coupling = coupling(4, true);
        Tensor x = rng.normal(Shape.of(2, STEPS, 4));

        Bijection.Image y = coupling.forward(x);

        assertThat(largest(y.value().minus(x).get(0, 1).get(0, STEPS - 1))).isZero();
        assertThat(y.logDeterminant().get(0, 1).get(0, STEPS - 1).item()).isEqualTo(0, within(0.0));
    }

    @Test
    void whatIsKnownMovesIt() {
        FramesCoupling coupling = FramesCoupling.of(4, 5, 6, true, initial);
        coupling.out()
                .weight()
                .detach()
                .plusInPlace(rng.normal(coupling.out().weight().shape()));
        Tensor x = rng.normal(Shape.of(2, STEPS, 4));

        Tensor one =
                coupling.given(known, mask, Pass.deterministic()).forward(x).value();
        Tensor other = coupling.given(known.negate(), mask, Pass.deterministic())
                .forward(x)
                .value();

        assertThat(largest(one.minus(other))).isGreaterThan(0.01);
    }

    @Test
    void oneDimensionAloneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FramesCoupling.of(1, 5, 6, true, initial))
                .withMessageContaining("Set latents to 2 or more");
    }
}
