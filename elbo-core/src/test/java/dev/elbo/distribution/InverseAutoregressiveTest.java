package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.nn.AutoregressiveStep;
import dev.elbo.nn.Flows;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class InverseAutoregressiveTest {
    private static final int EXAMPLES = 4;

    private static NormalisingFlow flow(int dims, int steps) {
        Rng rng = seeded(1);
        Tensor loc = rng.normal(Shape.of(EXAMPLES, dims)).to(DType.FLOAT64).requireGradient();
        Tensor logVar = rng.normal(Shape.of(EXAMPLES, dims)).to(DType.FLOAT64).requireGradient();
        Tensor context = rng.normal(Shape.of(EXAMPLES, 2)).to(DType.FLOAT64).requireGradient();
        return new NormalisingFlow(
                new DiagonalNormal(loc, logVar, 1),
                IntStream.range(0, steps)
                        .mapToObj(i -> new InverseAutoregressive(Flows.step(dims, i % 2 == 1, seeded(i)), context))
                        .toList());
    }

    @Test
    void shapesAreThoseOfSamplesBatchAndEvent() {
        NormalisingFlow q = flow(3, 2);
        Scored scored = q.rsample(5, seeded(2));
        assertThat(scored.value().shape()).isEqualTo(Shape.of(5, EXAMPLES, 3));
        assertThat(scored.logProb().shape()).isEqualTo(Shape.of(5, EXAMPLES));
        assertThat(q.centre().shape()).isEqualTo(Shape.of(EXAMPLES, 3));
    }

    @Test
    void withoutStepsItIsItsBase() {
        NormalisingFlow none = flow(3, 0);
        Scored scored = none.rsample(5, seeded(2));
        assertThat(scored.value().toHost())
                .isEqualTo(none.base().rsample(5, seeded(2)).value().toHost());
        assertThat(scored.logProb().toHost())
                .isEqualTo(none.base().logProb(scored.value()).toHost());
    }

    /** Of one dimension the flow is a rising function of the noise, and samples in order are a grid. */
    @Test
    void theDensityIntegratesToOne() {
        int count = 4001;
        Scored scored = flow(1, 2).rsample(count, ramp(count));
        double[] z = scored.value().get(1, 0).reshape(count).toHost().toDoubles();
        double[] density = scored.logProb().get(1, 0).exp().toHost().toDoubles();
        double mass = 0;
        for (int i = 1; i < count; i++) {
            assertThat(z[i]).isGreaterThan(z[i - 1]);
            mass += (z[i] - z[i - 1]) * (density[i] + density[i - 1]) / 2;
        }
        assertThat(mass).isEqualTo(1, within(1e-5)); // of trapezoids
    }

    /** Noise from −8 to 8 in place of chance. */
    private static Rng ramp(int count) {
        return new Rng() {
            @Override
            public Tensor normal(Shape shape) {
                Tensor steps = Tensor.arange(count, Device.CPU).to(DType.FLOAT64);
                return steps.times(16.0 / (count - 1))
                        .minus(8)
                        .reshape(count, 1, 1)
                        .expand(shape);
            }

            @Override
            public Tensor uniform(Shape shape) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Test
    void aStepThatShrinksAllAlikeShrinksTheNormal() {
        NormalisingFlow q = flow(2, 0);
        AutoregressiveStep step = Flows.step(2, false, seeded(1));
        silence(step, Math.log(3)); // σ = 3/4, m = 0
        DiagonalNormal shrunk =
                new DiagonalNormal(q.base().loc().times(0.75), q.base().logVar().plus(2 * Math.log(0.75)), 1);
        Tensor context = q.base().loc().narrow(-1, 0, 2);
        Scored scored =
                new NormalisingFlow(q.base(), List.of(new InverseAutoregressive(step, context))).rsample(6, seeded(3));
        assertThat(scored.logProb()
                        .minus(shrunk.logProb(scored.value()))
                        .abs()
                        .max()
                        .item())
                .isLessThan(1e-12);
    }

    private static void silence(AutoregressiveStep step, double gate) {
        step.output().weight().detach().fill(0);
        step.output().bias().detach().narrow(0, 0, 2).fill(0);
        step.output().bias().detach().narrow(0, 2, 2).fill(gate);
    }

    @Test
    void gradientsOfSamplesAndTheirDensityAreDifferences() {
        NormalisingFlow q = flow(3, 2);
        List<Tensor> parameters =
                new ArrayList<>(List.of(q.base().loc(), q.base().logVar()));
        for (Transformation each : q.steps()) {
            InverseAutoregressive step = (InverseAutoregressive) each;
            parameters.addAll(step.step().parameters().values());
            parameters.remove(step.context());
            parameters.add(step.context());
        }
        GradientCheck.compare(
                () -> {
                    Scored scored = q.rsample(3, seeded(2));
                    return scored.value().tanh().sum().plus(scored.logProb().mean());
                },
                parameters.toArray(Tensor[]::new));
    }

    @Test
    void itHasNoClosedFormOfADivergenceAndDetachedNoGradient() {
        NormalisingFlow q = flow(3, 2);
        assertThat(q.klTo(q.base())).isEmpty();
        assertThat(q.klPerElementTo(q.base())).isEmpty();
        Scored detached = q.detached().rsample(2, seeded(2));
        assertThat(detached.value().requiresGradient()).isFalse();
        assertThat(detached.logProb().requiresGradient()).isFalse();
        assertThat(detached.value().toHost())
                .isEqualTo(q.rsample(2, seeded(2)).value().toHost());
    }
}
