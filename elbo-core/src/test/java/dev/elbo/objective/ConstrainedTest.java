package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class ConstrainedTest {
    private final Constrained.Multiplier multiplier =
            Constrained.Multiplier.of(new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));
    private final Vae model = LinearGaussian.amiss().model();
    private final Batch batch = LinearGaussian.batch(4, 1);
    private final Step step = new Step(1, 10, 1000, Device.CPU);

    private Loss loss(double tolerance) {
        step.advance(0, 0);
        return new Constrained(tolerance, multiplier).loss(model, batch, step);
    }

    private static double term(Loss loss, String name) {
        return Objects.requireNonNull(loss.terms().get(name)).item();
    }

    /** rate + λ (distortion − κ), and a term for log λ whose gradient is −(distortion − κ) / κ. */
    @Test
    void theMultiplierGrowsByTheRelativeExcess() {
        multiplier.log().detach().fill(0.5);
        double tolerance = 2;
        Loss loss = loss(tolerance);
        double excess = term(loss, "distortion") - tolerance;
        double expected = term(loss, "rate") + Math.exp(0.5) * excess - 0.5 * excess / tolerance;
        assertThat(loss.total().item()).isEqualTo(expected, within(Rounding.ofSum(DType.FLOAT32, 30, 20)));
        loss.total().backward();
        assertThat(multiplier.log().gradient().item())
                .isEqualTo(-excess / tolerance, within(Rounding.ofSum(DType.FLOAT32, 30, 20)));
    }

    /** The model feels λ as a number: of the multiplier's own term nothing reaches it. */
    @Test
    void atOneTheModelLearnsTheBound() {
        loss(2).total().backward();
        double[] constrained = gradient();
        model.parameters().values().forEach(parameter -> parameter.gradient().fill(0));
        step.advance(0, 0);
        Elbo.standard().loss(model, batch, step).total().backward();
        assertThat(constrained).containsExactly(gradient(), within(1e-5)); // some units of FLOAT32 sums about 10
    }

    private double[] gradient() {
        return model.parameters().values().iterator().next().gradient().toHost().toDoubles();
    }

    @Test
    void anExtremeMultiplierIsBounded() {
        multiplier.log().detach().fill(1000);
        assertThat(term(loss(2), "lambda")).isEqualTo(Math.exp(7), within(1e-3));
    }

    /** After a long time out of reach it comes back in its first step within it. */
    @Test
    void whatWentBeyondItsBoundsStartsFromThem() {
        multiplier.log().detach().fill(1000);
        loss(2);
        assertThat(multiplier.log().item()).isEqualTo(7);
        multiplier.log().detach().fill(-1000);
        loss(1e6).total().backward();
        assertThat(multiplier.log().item()).isEqualTo(-7);
        assertThat(multiplier.log().gradient().item()).isPositive();
    }

    @Test
    void aToleranceIsPositive() {
        assertThatThrownBy(() -> loss(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the distortion that is allowed is a positive number of nats; got tolerance 0.0");
    }
}
