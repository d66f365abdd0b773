package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.InverseAutoregressive;
import dev.elbo.distribution.NormalisingFlow;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.evaluate.LogLikelihood;
import dev.elbo.nn.AutoregressiveStep;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Iwae;
import dev.elbo.objective.Loss;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Step;
import dev.elbo.prior.FlowPrior;
import dev.elbo.prior.VampPrior;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Priors and posteriors without a closed form, in a model of which everything is known because they change nothing. */
@ExtendWith(InAScope.class)
class WrappedLinearGaussianTest {
    private static final int DIMS = 2;
    private static final int POINTS = 237;

    private final Initializer initial = new Initializer(Rng.seeded(4, Device.CPU), Device.CPU);
    private final HostArray x = LinearGaussian.observations(POINTS, 1);

    private Vae wrapped(String how) {
        Vae exact = LinearGaussian.exact().model();
        return switch (how) {
            case "flow" -> with(FlowPrior.of(DIMS, 4, initial), exact.posterior(), exact);
            case "vamp" -> with(single(), exact.posterior(), exact);
            default -> with(exact.prior(), new Moved(exact.posterior(), List.of(step(false), step(true))), exact);
        };
    }

    private static Vae with(
            Conditional<? extends Distribution> prior, Conditional<? extends Reparameterised> posterior, Vae exact) {
        return exact.withPrior(prior).withPosterior(posterior);
    }

    /** A mixture of one component, which is the prior whatever the pseudo-input. */
    private VampPrior single() {
        return VampPrior.of(1, "image", Shape.of(1, 1, 3), new Always(), initial);
    }

    private record Always() implements Conditional<DiagonalNormal> {
        @Override
        public DiagonalNormal given(Pass pass, Tensor... parents) {
            Tensor zeros = Tensor.zeros(Device.CPU, parents[0].size(0), DIMS);
            return new DiagonalNormal(zeros, zeros, 1);
        }
    }

    /** A posterior that steps move. */
    private record Moved(Conditional<? extends Reparameterised> inner, List<AutoregressiveStep> steps)
            implements Conditional<NormalisingFlow> {
        @Override
        public NormalisingFlow given(Pass pass, Tensor... parents) {
            DiagonalNormal base = (DiagonalNormal) inner.given(pass, parents);
            return new NormalisingFlow(
                    base,
                    steps.stream()
                            .map(step -> new InverseAutoregressive(step, base.centre()))
                            .toList());
        }
    }

    /** A step whose gates are wide open: σ(40) is 1 in FLOAT32. */
    private AutoregressiveStep step(boolean fromLast) {
        AutoregressiveStep step = AutoregressiveStep.of(DIMS, DIMS, 8, fromLast, initial);
        step.output().weight().detach().fill(0);
        step.output().bias().detach().fill(40);
        return step;
    }

    private Examples examples() {
        DataSpec spec = new DataSpec("gaussian", Map.of("image", new Field.Image(1, 1, 3)), "");
        return new Examples(new Split(Map.of("image", x)), spec, Pixels.GREY, 1, Device.CPU);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flow", "vamp", "iaf"})
    void withTheExactPosteriorTheLogLikelihoodIsTheEvidence(String how) {
        LogLikelihood estimate = LogLikelihood.of(wrapped(how), examples(), 7, 3, done -> {});
        // each weight is the evidence; FLOAT32 sums of terms of about 10 nats
        assertThat(estimate.nll()).isEqualTo(-LinearGaussian.meanLogEvidence(x), within(2e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flow", "vamp", "iaf"})
    void bothBoundsAreTheEvidenceWithoutAnyClosedForm(String how) {
        Batch batch = Batch.of(Map.of("image", x), Device.CPU);
        Step step = new Step(1, 10, 1000, Device.CPU);
        for (Objective objective : List.of(Elbo.standard(), new Iwae(5, false))) {
            step.advance(0, 0);
            Loss loss = objective.loss(wrapped(how), batch, step);
            assertThat(loss.total().item()).isEqualTo(-LinearGaussian.meanLogEvidence(x), within(2e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flow", "vamp", "iaf"})
    void theRateIsEstimatedAndHasNoParts(String how) {
        BoundEstimate estimated = BoundEstimate.of(wrapped(how), examples(), 1);
        BoundEstimate exact = BoundEstimate.of(LinearGaussian.exact().model(), examples(), 1);
        assertThat(estimated.ratePerDimension()).isEmpty();
        assertThat(estimated.negElbo()).isEqualTo(-LinearGaussian.meanLogEvidence(x), within(2e-5));
        assertThat(estimated.rate()).isEqualTo(exact.rate(), within(0.3)); // 4 standard errors of 237 estimates
        assertThat(estimated.activeUnits()).isEqualTo(exact.activeUnits());
    }

    @Test
    void theDoublyReparameterisedGradientIsThatOfTheClosedForm() {
        Batch batch = Batch.of(Map.of("image", x), Device.CPU);
        double[] plain = gradient(LinearGaussian.amiss().model(), batch);
        Vae amiss = LinearGaussian.amiss().model();
        double[] wrapped = gradient(with(FlowPrior.of(DIMS, 4, initial), amiss.posterior(), amiss), batch);
        assertThat(wrapped).containsExactly(plain, within(1e-5)); // FLOAT32
    }

    private static double[] gradient(Vae model, Batch batch) {
        Step step = new Step(1, 10, 1000, Device.CPU);
        step.advance(0, 0);
        new Iwae(5, true).loss(model, batch, step).total().backward();
        return Objects.requireNonNull(model.posterior().parameters().get("network.1.weight"))
                .gradient()
                .toHost()
                .toDoubles();
    }
}
