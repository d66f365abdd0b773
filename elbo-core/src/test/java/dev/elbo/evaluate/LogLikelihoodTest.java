package dev.elbo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.LinearGaussian;
import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLikelihoodTest {
    /** The rounding of the evidence, a formula whose terms are about 10 nats. */
    private static final double ROUNDING = Rounding.ofFormula(DType.FLOAT32, 10);

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open("test");
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void manySamplesGiveTheExactEvidence() {
        HostArray x = LinearGaussian.observations(30, 1);
        LatentVariableModel model = LinearGaussian.amiss().model();
        Estimate estimate = Estimate.of(IntStream.range(0, 10)
                .mapToDouble(seed -> nll(model, x, 1000, seed).nll())
                .toArray());
        double bias = 1e-3; // of log of a mean: half the weights' variance, which is about 1, over 1,000 samples
        assertThat(estimate.standardError()).isLessThan(0.005);
        assertThat(estimate.mean())
                .isEqualTo(-LinearGaussian.meanLogEvidence(x), within(3 * estimate.standardError() + bias));
    }

    /** Points come by the hundred and samples by twenty; here are fewer, as many, and what does not divide. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20, 41})
    void howPointsAndSamplesAreGroupedChangesNothing(int samples) {
        for (int points : new int[] {1, 99, 100, 101, 237}) {
            HostArray x = LinearGaussian.observations(points, 2);
            LogLikelihood estimate = nll(LinearGaussian.exact().model(), x, samples, 3);
            // with the exact posterior each weight is the evidence
            assertThat(estimate.nll()).isEqualTo(-LinearGaussian.meanLogEvidence(x), within(ROUNDING));
            assertThat(estimate.points()).isEqualTo(points);
            assertThat(estimate.samples()).isEqualTo(samples);
        }
    }

    @Test
    void moreSamplesAreNoWorse() {
        HostArray x = LinearGaussian.observations(237, 2);
        LatentVariableModel model = LinearGaussian.amiss().model();
        assertThat(nll(model, x, 41, 3).nll()).isLessThan(nll(model, x, 7, 3).nll());
        assertThat(nll(model, x, 7, 3).nll()).isLessThan(nll(model, x, 1, 3).nll());
    }

    @Test
    void theStandardErrorIsThatOfTheMeanOverPoints() {
        HostArray x = LinearGaussian.observations(237, 2);
        double[] values = x.toDoubles();
        double[] evidence = IntStream.range(0, 237)
                .mapToDouble(i -> LinearGaussian.logEvidence(values[3 * i], values[3 * i + 1], values[3 * i + 2]))
                .toArray();
        assertThat(nll(LinearGaussian.exact().model(), x, 5, 3).standardError())
                .isEqualTo(Estimate.of(evidence).standardError(), within(ROUNDING / Math.sqrt(237)));
    }

    @Test
    void ofOnePointTheStandardErrorIsUnknownAndNotSmall() {
        LogLikelihood estimate = nll(LinearGaussian.exact().model(), LinearGaussian.observations(1, 2), 5, 3);
        assertThat(estimate.nll()).isFinite();
        assertThat(estimate.standardError()).isInfinite();
    }

    @Test
    void progressRunsToTheWhole() {
        List<Double> fractions = new ArrayList<>();
        HostArray x = LinearGaussian.observations(250, 2);
        LogLikelihood.of(LinearGaussian.exact().model(), examples(x), 2, 1, fractions::add);
        // chunks of 100, 100 and 50 end in any order
        assertThat(fractions).hasSize(3).isSorted().endsWith(1.0);
    }

    @Test
    void nothingIsLeftBehind() {
        LatentVariableModel model = LinearGaussian.exact().model();
        Examples examples = examples(LinearGaussian.observations(250, 2));
        int before = scope.size();
        LogLikelihood.of(model, examples, 41, 1, done -> {});
        BoundEstimate.of(model, examples, 1);
        assertThat(scope.size()).isEqualTo(before);
    }

    @Test
    void importanceSamplingNeedsASample() {
        assertThatThrownBy(() -> nll(LinearGaussian.exact().model(), LinearGaussian.observations(1, 2), 0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("importance sampling needs a sample; got 0");
    }

    private static LogLikelihood nll(LatentVariableModel model, HostArray x, int samples, long seed) {
        return LogLikelihood.of(model, examples(x), samples, seed, done -> {});
    }

    private static Examples examples(HostArray x) {
        return new Examples(new Split(Map.of("image", x)), LinearGaussian.spec(), Pixels.GREY, 1, Device.CPU);
    }
}
