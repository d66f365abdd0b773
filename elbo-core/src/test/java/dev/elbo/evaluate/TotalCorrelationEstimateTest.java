package dev.elbo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.model.Latent;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.NormalMixture;
import dev.elbo.model.Twins;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class TotalCorrelationEstimateTest {
    private final Vae model = LinearGaussian.amiss().model();
    private final Examples some = examples(LinearGaussian.observations(37, 1));

    @Test
    void itIsThatOfTheMixtureOfAllPosteriors() {
        NormalMixture exact = Chunks.of(model, some, 3)
                .map((batch, rng) -> {
                    Latent z =
                            model.draw(batch, 1, Pass.evaluation(rng)).latents().get(0);
                    return NormalMixture.of(z.value(), (DiagonalNormal) z.posterior());
                })
                .get(0);
        TotalCorrelationEstimate estimate = TotalCorrelationEstimate.of(model, some, 3);
        // FLOAT32 densities against double: some units in the last place of about 5 nats
        assertThat(estimate.mutualInformation()).isEqualTo(exact.mutualInformation(), within(1e-5));
        assertThat(estimate.totalCorrelation()).isEqualTo(exact.totalCorrelation(), within(1e-5));
        assertThat(estimate.dimensionWise()).isEqualTo(exact.dimensionWise(), within(1e-5));
        assertThat(estimate.points()).isEqualTo(37);
    }

    @Test
    void itsPartsAreTheRateOfTheSameCodes() {
        Examples several = examples(LinearGaussian.observations(237, 1));
        TotalCorrelationEstimate parts = TotalCorrelationEstimate.of(model, several, 3);
        BoundEstimate estimated = BoundEstimate.of(LinearGaussian.amiss().modelWithoutClosedForm(), several, 3);
        double sum = parts.mutualInformation() + parts.totalCorrelation() + parts.dimensionWise();
        assertThat(sum).isEqualTo(estimated.rate(), within(1e-5)); // FLOAT32 sums of a hundred examples
    }

    @Test
    void theDivergenceOfDimensionsIsTheSumOfThose() {
        TotalCorrelationEstimate estimate = TotalCorrelationEstimate.of(model, some, 3);
        assertThat(estimate.perDimension()).hasSize(2);
        assertThat(estimate.perDimension().stream().mapToDouble(nats -> nats).sum())
                .isEqualTo(estimate.dimensionWise(), within(1e-5)); // FLOAT32 sums of 37 examples
    }

    @Test
    void dimensionsThatTellTheSameNumberHaveTheTotalCorrelationOfTheirNormal() {
        Twins twins = new Twins(2);
        int count = 2000;
        TotalCorrelationEstimate estimate =
                TotalCorrelationEstimate.of(twins.model(), examples(Twins.numbers(count, 1)), 1);
        assertThat(twins.totalCorrelation()).isGreaterThan(0.5);
        // 4 standard errors of 2000 codes, whose log-density ratios deviate by ρ; the mixture's own error is smaller
        assertThat(estimate.totalCorrelation())
                .isEqualTo(twins.totalCorrelation(), within(4 * twins.correlation() / Math.sqrt(count)));
    }

    @Test
    void aPosteriorThatDoesNotFactoriseIsRefused() {
        Vae estimated = LinearGaussian.amiss().modelWithoutClosedForm();
        assertThatThrownBy(() -> TotalCorrelationEstimate.of(estimated, some, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the total correlation needs a factorised posterior; latent 'z' has Estimated."
                        + " Measure it of a model of one level with posterior=normal");
    }

    private static Examples examples(HostArray x) {
        return new Examples(new Split(Map.of("image", x)), LinearGaussian.spec(), Pixels.GREY, 1, Device.CPU);
    }
}
