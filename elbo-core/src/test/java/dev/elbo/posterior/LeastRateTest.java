package dev.elbo.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.prior.PriorKind;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Posteriors whose rate beside N(0, I) cannot fall below a number. */
@ExtendWith(InAScope.class)
class LeastRateTest {
    private static final int DIMS = 4;
    private static final int BATCH = 64;

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);
    private final Distribution prior = DiagonalNormal.standard(DIMS, Device.CPU);

    private static double rate(DiagonalNormal q, Distribution prior) {
        return q.klTo(prior).orElseThrow().mean().item();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.5, 5, 200})
    void deltaIsTheLeastRateAndIsReached(double nats) {
        DeltaHead head = new DeltaHead.Kind(nats).head(DIMS, initial);
        // an encoder that says −40 of the variance and 0 of the mean
        Tensor silent = Tensor.cat(
                -1,
                Tensor.zeros(Device.CPU, DIMS),
                Tensor.zeros(Device.CPU, DIMS).plus(-40));
        assertThat(rate(head.of(silent), prior)).isCloseTo(nats, within(1e-5 * (1 + nats))); // FLOAT32
        for (int i = 0; i < 20; i++) {
            Tensor output = rng.normal(Shape.of(2 * DIMS)).times(3);
            assertThat(rate(head.of(output), prior)).isGreaterThan(nats * (1 - 1e-5));
        }
    }

    /** D γ² / 2 of the means' spread, and more of their shift and of the variances. */
    @Test
    void batchNormalHasAtLeastTheRateOfItsScaleHoweverSilentTheEncoder() {
        double scale = 0.6;
        BatchNormalHead head = new BatchNormalHead.Kind(scale).head(DIMS, initial);
        for (double loudness : new double[] {0.1, 1, 100}) {
            Tensor means = rng.normal(Shape.of(BATCH, DIMS)).times(loudness).plus(3);
            Tensor output = Tensor.cat(-1, means, means.zerosLike());
            DiagonalNormal q = head.of(output, Pass.training(rng));
            // 1e-5 in the normalisation's root is 1e-3 of the least loud variance
            assertThat(rate(q, prior)).isCloseTo(DIMS * scale * scale / 2, within(2e-3));
            assertThat(q.loc().mean(0).abs().max().item()).isLessThan(1e-4); // FLOAT32
        }
    }

    @Test
    void inUseBatchNormalHasTheStatisticsOfItsTraining() {
        BatchNormalHead head = new BatchNormalHead.Kind(0.5).head(DIMS, initial);
        Tensor output = rng.normal(Shape.of(BATCH, 2 * DIMS)).times(2).plus(1);
        for (int i = 0; i < 200; i++) {
            head.of(output, Pass.training(rng));
        }
        Tensor used = head.of(output, Pass.deterministic()).loc();
        // the running variance is the unbiased one, 1/64 larger
        Tensor difference = used.minus(head.of(output, Pass.training(rng)).loc());
        assertThat(difference.abs().max().item()).isLessThan(0.02);
        assertThat(head.parameters()).containsOnlyKeys("norm.bias");
        assertThat(head.state()).containsKeys("norm.weight", "norm.running_mean", "norm.running_var");
    }

    @Test
    void numbersInBracketsMayHaveDecimals() {
        assertThat(PosteriorKind.parse("delta(0.25)"))
                .isEqualTo(new DeltaHead.Kind(0.25))
                .hasToString("delta(0.25)");
        assertThat(PosteriorKind.parse("batch-normal")).hasToString("batch-normal(0.6)");
        assertThat(PosteriorKind.parse("batch-normal(1)")).isEqualTo(new BatchNormalHead.Kind(1));
        assertThatThrownBy(() -> PosteriorKind.parse("delta(x)"))
                .hasMessage("'delta' takes a number, and got 'x'; write delta(5)");
        assertThatThrownBy(() -> PosteriorKind.parse("delta(0)"))
                .hasMessage("the least rate δ is a positive number of nats; got delta(0); without one it is"
                        + " posterior=normal");
        assertThatThrownBy(() -> PosteriorKind.parse("batch-normal(-1)"))
                .hasMessageStartingWith("the scale γ of means is positive; got batch-normal(-1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"learned", "vamp(10)", "flow(2)"})
    void aPriorThatLearnsToBeLikeThePosteriorIsRefused(String learned) {
        assertThatThrownBy(() -> PriorKind.parse(learned).requireBeside(PosteriorKind.parse("delta(2)")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("posterior=delta(2) has a least rate beside N(0, I), and none beside prior=" + learned
                        + "; set prior=normal, or posterior=normal");
    }

    @Test
    void aHeadThatActsAlikeInTrainingIsAskedOnce() {
        Head<DiagonalNormal> head = new NormalHead();
        Tensor output = rng.normal(Shape.of(2 * DIMS));
        assertThat(head.of(output, Pass.training(rng)).loc().toHost())
                .isEqualTo(head.of(output).loc().toHost());
    }
}
