package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batch;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IwaeTest {
    private static final int EXAMPLES = 20;

    private Scope scope;
    private Batch batch;
    private Step step;

    @BeforeEach
    void open() {
        scope = Scope.open("test");
        batch = LinearGaussian.batch(EXAMPLES, 1);
        step = new Step(1, 10, 1000, Device.CPU);
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void theBoundIsNonDecreasingInSamples() {
        int steps = 300;
        double[] before = bounds(1, steps);
        for (int samples = 2; samples <= 32; samples *= 2) {
            double[] bounds = bounds(samples, steps);
            Estimate gain = Estimate.of(differences(bounds, before));
            assertThat(gain.mean()).as("K = %d", samples).isGreaterThan(-gain.margin());
            before = bounds;
        }
        Estimate tightest = Estimate.of(before);
        double exact = LinearGaussian.meanLogEvidence(LinearGaussian.observations(EXAMPLES, 1));
        assertThat(tightest.mean()).isLessThan(exact + tightest.margin());
        assertThat(exact - tightest.mean()).isLessThan(0.05); // and it is tight by then: K = 1 is off by 0.3
    }

    /** The first K samples of a step are the same whatever K: the tape is laid out sample by sample. */
    private double[] bounds(int samples, int steps) {
        Vae model = LinearGaussian.amiss().model();
        double[] bounds = new double[steps];
        for (int i = 0; i < steps; i++) {
            try (Scope work = Scope.open("draw");
                    GradientMode off = GradientMode.off()) {
                step.advance(i, 0);
                bounds[i] = -new Iwae(samples, false)
                        .loss(model, batch, step)
                        .total()
                        .item();
            }
        }
        return bounds;
    }

    private static double[] differences(double[] a, double[] b) {
        double[] differences = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            differences[i] = a[i] - b[i];
        }
        return differences;
    }

    @Test
    void withTheExactPosteriorEveryWeightIsTheEvidence() {
        int samples = 50;
        Vae model = LinearGaussian.exact().model();
        double[] x = LinearGaussian.observations(EXAMPLES, 1).toDoubles();
        Tensor logWeights = model.draw(batch, samples, Pass.evaluation(Rng.seeded(2, Device.CPU)))
                .logWeights();
        for (int i = 0; i < EXAMPLES; i++) {
            double[] evidence = new double[samples];
            Arrays.fill(evidence, LinearGaussian.logEvidence(x[3 * i], x[3 * i + 1], x[3 * i + 2]));
            double rounding = Rounding.ofFormula(DType.FLOAT32, 10); // of terms of about 10 nats
            assertThat(logWeights.get(1, i).toHost().toDoubles()).containsExactly(evidence, within(rounding));
        }
    }

    @Test
    void bothGradientsOfTheDecoderAreTheSame() {
        Vae model = LinearGaussian.amiss().model();
        ParameterBuffer buffer = new ParameterBuffer(model.parameters());
        Map<String, Tensor> plain = buffer.split(gradient(model, buffer, new Iwae(16, false), 0));
        Map<String, Tensor> doubly = buffer.split(gradient(model, buffer, new Iwae(16, true), 0));
        assertThat(plain.keySet()).anyMatch(name -> name.startsWith("likelihood"));
        double rounding = Rounding.ofSum(DType.FLOAT32, EXAMPLES * 16, 5); // residuals over σ², times z
        plain.forEach((name, gradient) -> {
            if (name.startsWith("likelihood")) {
                assertThat(Objects.requireNonNull(doubly.get(name)).toHost().toDoubles())
                        .as(name)
                        .containsExactly(gradient.toHost().toDoubles(), within(rounding));
            }
        });
    }

    @Test
    void bothGradientsOfTheEncoderHaveTheSameExpectationAndTheDoublyReparameterisedLessVariance() {
        double[][] plain = gradients(new Iwae(64, false));
        double[][] doubly = gradients(new Iwae(64, true));
        double variances = 0;
        double doublyVariances = 0;
        for (int p = 0; p < plain.length; p++) {
            Estimate a = Estimate.of(plain[p]);
            Estimate b = Estimate.of(doubly[p]);
            double margin = 4 * Math.hypot(a.standardError(), b.standardError());
            assertThat(b.mean()).as("parameter %d", p).isEqualTo(a.mean(), within(margin));
            variances += a.standardError() * a.standardError();
            doublyVariances += b.standardError() * b.standardError();
        }
        assertThat(doublyVariances).isLessThan(variances / 5);
    }

    /** Gradients of the encoder's parameters, [P, steps], each of other noise. */
    private double[][] gradients(Iwae objective) {
        int steps = 400;
        Vae model = LinearGaussian.amiss().model();
        ParameterBuffer buffer = new ParameterBuffer(model.posterior().parameters());
        int count = (int) buffer.values().size(0);
        double[][] gradients = new double[count][steps];
        for (int i = 0; i < steps; i++) {
            try (Scope work = Scope.open("step")) {
                // one stream of noise for each objective
                double[] gradient = gradient(model, buffer, objective, objective.doublyReparameterised() ? -1 - i : i)
                        .toHost()
                        .toDoubles();
                for (int p = 0; p < count; p++) {
                    gradients[p][i] = gradient[p];
                }
            }
        }
        return gradients;
    }

    private Tensor gradient(Vae model, ParameterBuffer buffer, Iwae objective, long number) {
        step.advance(number, 0);
        buffer.clearGradients();
        objective.loss(model, batch, step).total().backward();
        return buffer.gradients().copy();
    }

    @Test
    void theDoublyReparameterisedLossCanBeComputedWithoutGradients() {
        step.advance(0, 0);
        Loss loss;
        try (GradientMode off = GradientMode.off()) {
            loss = new Iwae(5, true).loss(LinearGaussian.amiss().model(), batch, step);
        }
        step.advance(0, 0);
        Loss plain = new Iwae(5, false).loss(LinearGaussian.amiss().model(), batch, step);
        double bound = term(plain, "negBound"); // a mean over examples of the logarithm of a mean of 5
        assertThat(term(loss, "negBound")).isEqualTo(bound, within(Rounding.ofSum(DType.FLOAT32, EXAMPLES * 5, bound)));
    }

    private static double term(Loss loss, String name) {
        return Objects.requireNonNull(loss.terms().get(name)).item();
    }

    @Test
    void theBoundNeedsASample() {
        assertThatThrownBy(() -> new Iwae(0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the importance-weighted bound needs a sample; got 0");
    }
}
