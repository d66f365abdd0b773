package dev.elbo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.model.Latent;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.NormalMixture;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class TotalCorrelationEstimateTest {
    private static final Vae MODEL = LinearGaussian.amiss().model();
    private static final Examples SOME = examples(LinearGaussian.observations(37, 1));

    @Test
    void itIsThatOfTheMixtureOfAllPosteriors() {
        NormalMixture exact = Chunks.of(MODEL, SOME, 3)
                .map((batch, rng) -> {
                    Latent z = MODEL.draw(batch, 1, Pass.evaluation(rng)).latents().get(0);
                    return NormalMixture.of(z.value(), (DiagonalNormal) z.posterior());
                })
                .get(0);
        TotalCorrelationEstimate estimate = TotalCorrelationEstimate.of(MODEL, SOME, 3);
        // FLOAT32 densities against double: some units in the last place of about 5 nats
        assertThat(estimate.mutualInformation()).isEqualTo(exact.mutualInformation(), within(1e-5));
        assertThat(estimate.totalCorrelation()).isEqualTo(exact.totalCorrelation(), within(1e-5));
        assertThat(estimate.dimensionWise()).isEqualTo(exact.dimensionWise(), within(1e-5));
        assertThat(estimate.points()).isEqualTo(37);
    }

    @Test
    void itsPartsAreTheRateOfTheSameCodes() {
        Examples several = examples(LinearGaussian.observations(237, 1));
        TotalCorrelationEstimate parts = TotalCorrelationEstimate.of(MODEL, several, 3);
        BoundEstimate estimated = BoundEstimate.of(LinearGaussian.amiss().modelWithoutClosedForm(), several, 3);
        double sum = parts.mutualInformation() + parts.totalCorrelation() + parts.dimensionWise();
        assertThat(sum).isEqualTo(estimated.rate(), within(1e-5)); // FLOAT32 sums of a hundred examples
    }

    @Test
    void theDivergenceOfDimensionsIsTheSumOfThose() {
        TotalCorrelationEstimate estimate = TotalCorrelationEstimate.of(MODEL, SOME, 3);
        assertThat(estimate.perDimension()).hasSize(2);
        assertThat(estimate.perDimension().stream().mapToDouble(nats -> nats).sum())
                .isEqualTo(estimate.dimensionWise(), within(1e-5)); // FLOAT32 sums of 37 examples
    }

    /** Both dimensions have mean a x and variance 1, with x of N(0, 1): z is normal with correlation ρ = a² / (a² + 1). */
    @Test
    void twoDimensionsThatTellTheSameNumberHaveTheTotalCorrelationOfTheirNormal() {
        double a = 2;
        float[] x = new float[3 * 2000];
        java.util.Random random = new java.util.Random(1);
        for (int n = 0; n < x.length; n += 3) {
            x[n] = (float) random.nextGaussian();
        }
        Vae model = LinearGaussian.exact().model();
        float[] weight = new float[4 * 3];
        weight[0] = (float) a;
        weight[3] = (float) a;
        Map<String, HostArray> encoder = Map.of(
                "posterior.network.1.weight", HostArray.of(weight, 4, 3),
                "posterior.network.1.bias", HostArray.of(new float[4], 4));
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.state());
        tensors.keySet().retainAll(encoder.keySet());
        Weights.load(tensors, encoder);
        TotalCorrelationEstimate estimate = TotalCorrelationEstimate.of(model, examples(HostArray.of(x, 2000, 1, 1, 3)), 1);

        double correlation = a * a / (a * a + 1);
        double exact = -0.5 * Math.log(1 - correlation * correlation);
        assertThat(exact).isGreaterThan(0.5);
        // 4 standard errors of 2000 codes, whose log-density ratios have a deviation of about ρ; the mixture's own error is smaller
        assertThat(estimate.totalCorrelation()).isEqualTo(exact, within(4 * correlation / Math.sqrt(2000)));
    }

    @Test
    void aPosteriorThatDoesNotFactoriseIsRefused() {
        Vae estimated = LinearGaussian.amiss().modelWithoutClosedForm();
        assertThatThrownBy(() -> TotalCorrelationEstimate.of(estimated, SOME, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the total correlation needs a factorised posterior; latent 'z' has Estimated."
                        + " Measure it of a model with posterior=normal");
    }

    private static Examples examples(HostArray x) {
        return new Examples(new Split(Map.of("image", x)), Pixels.GREY, 1, Device.CPU);
    }
}
