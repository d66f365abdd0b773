package dev.elbo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.LinearGaussian;
import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rounding;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class BoundsTest {
    private static Examples observations(int count) {
        return new Examples(
                new Split(Map.of("image", LinearGaussian.observations(count, 1))),
                LinearGaussian.spec(),
                Pixels.GREY,
                1,
                Device.CPU);
    }

    private static Bounds of(LatentVariableModel model, Examples examples, int samples, long seed) {
        return Bounds.of(model, examples, samples, seed, done -> {});
    }

    /** By Jensen's inequality, sample by sample: no number of examples and no seed makes an exception. */
    @Test
    void theTighterBoundIsTheLowerOneHoweverFewExamplesThereAre() {
        LatentVariableModel model = LinearGaussian.amiss().modelWithoutClosedForm();
        for (int count = 1; count < 4; count++) {
            for (long seed = 0; seed < 10; seed++) {
                Bounds bounds = of(model, observations(count), 30, seed);
                assertThat(bounds.likelihood().orElseThrow().nll())
                        .isLessThanOrEqualTo(bounds.elbo().negElbo());
            }
        }
    }

    @Test
    void ofOneSampleBothAreTheSameFigure() {
        Bounds bounds = of(LinearGaussian.amiss().modelWithoutClosedForm(), observations(5), 1, 3);
        double rounding = Rounding.ofSum(DType.FLOAT32, 16 * 5, bounds.elbo().negElbo()); // 16 pixels of 5 examples
        assertThat(bounds.likelihood().orElseThrow().nll())
                .isEqualTo(bounds.elbo().negElbo(), within(rounding));
    }

    /** 41 samples are taken in three groups: each counts by its size. */
    @Test
    void expectationsAreMeansOverAllSamplesAndTheRateStaysExact() {
        LatentVariableModel model = LinearGaussian.amiss().model();
        Examples examples = observations(120);
        BoundEstimate single = BoundEstimate.of(model, examples, 1);
        Bounds bounds = of(model, examples, 41, 1);
        double rounding = Rounding.ofSum(DType.FLOAT32, 16 * 120, single.rate());
        assertThat(bounds.elbo().rate()).isEqualTo(single.rate(), within(rounding));
        assertThat(bounds.elbo().activeUnits()).isEqualTo(single.activeUnits());
        assertThat(bounds.elbo().points()).isEqualTo(120);
        // means over 41 samples deviate by less than a sixth of what single samples do; 12 of each tell a half from a
        // sixth
        Estimate singles = Estimate.of(IntStream.range(0, 12)
                .mapToDouble(seed -> BoundEstimate.of(model, examples, seed).distortion())
                .toArray());
        Estimate means = Estimate.of(IntStream.range(0, 12)
                .mapToDouble(seed -> of(model, examples, 41, seed).elbo().distortion())
                .toArray());
        assertThat(means.standardError()).isLessThan(singles.standardError() / 2);
        assertThat(means.mean()).isEqualTo(singles.mean(), within(4 * singles.standardError()));
    }

    @Test
    void importanceSamplingNeedsASample() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(LinearGaussian.exact().model(), observations(1), 0, 1))
                .withMessage("importance sampling needs a sample; got 0");
    }
}
