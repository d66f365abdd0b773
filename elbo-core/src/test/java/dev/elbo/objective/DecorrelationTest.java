package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class DecorrelationTest {
    /** The covariance of the means of a batch, by hand, in double precision; of samples the posteriors' variances come to it. */
    @Test
    void thePenaltyIsThatOfTheCovarianceOfTheMeansOrOfSamples() {
        Vae model = LinearGaussian.amiss().model();
        Batch batch = LinearGaussian.batch(50, 1);
        double[] means = Objects.requireNonNull(
                        model.encode(batch, Pass.deterministic()).get("z"))
                .toHost()
                .toDoubles();
        double[] mean = new double[2];
        for (int i = 0; i < means.length; i++) {
            mean[i % 2] += means[i] / 50;
        }
        double[][] covariance = new double[2][2];
        for (int n = 0; n < 50; n++) {
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    covariance[i][j] += (means[2 * n + i] - mean[i]) * (means[2 * n + j] - mean[j]) / 50;
                }
            }
        }
        double[] variances = variances(model, batch);
        for (boolean ofSamples : new boolean[] {false, true}) {
            double between = 2 * covariance[0][1] * covariance[0][1];
            double within = 0;
            for (int i = 0; i < 2; i++) {
                within += Math.pow(covariance[i][i] + (ofSamples ? variances[i] : 0) - 1, 2);
            }
            requirePenalty(model, batch, ofSamples, 10 * between + 100 * within);
        }
    }

    /** E[Σ], the mean of the posteriors' variances, which are those of no x here. */
    private static double[] variances(Vae model, Batch batch) {
        DiagonalNormal q = (DiagonalNormal) model.posterior().given(Pass.deterministic(), batch.get("image"));
        return q.logVar().exp().mean(0).toHost().toDoubles();
    }

    private static void requirePenalty(Vae model, Batch batch, boolean ofSamples, double expected) {
        Step step = new Step(1, 10, 50, Device.CPU);
        step.advance(0, 0);
        Loss loss = new Decorrelation(10, 100, ofSamples).loss(model, batch, step);
        Tensor penalty = Objects.requireNonNull(loss.terms().get("decorrelation"));
        // FLOAT32 sums of 50 products of numbers near 1, times 100
        assertThat(penalty.item()).isEqualTo(expected, within(1e-3));
        assertThat(loss.total().item())
                .isEqualTo(Objects.requireNonNull(loss.terms().get("negElbo")).item() + penalty.item(), within(1e-3));
    }

    @Test
    void withoutWeightsItIsTheBound() {
        Vae model = LinearGaussian.amiss().model();
        Batch batch = LinearGaussian.batch(10, 1);
        Step step = new Step(1, 10, 10, Device.CPU);
        step.advance(0, 0);
        double bound = Elbo.standard().loss(model, batch, step).total().item();
        step.advance(0, 0);
        assertThat(new Decorrelation(0, 0, true)
                        .loss(model, batch, step)
                        .total()
                        .item())
                .isEqualTo(bound);
    }

    @Test
    void negativeWeightsAreRefused() {
        assertThatThrownBy(() -> new Decorrelation(-1, 0, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights are at least 0; got offDiagonal=-1.0 and diagonal=0.0");
    }
}
