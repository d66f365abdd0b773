package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.model.Latent;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.NormalMixture;
import dev.elbo.model.Vae;
import dev.elbo.objective.TotalCorrelation.Estimator;
import dev.elbo.tensor.Device;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(InAScope.class)
class TotalCorrelationTest {
    private static final int EXAMPLES = 7;

    private final Vae model = LinearGaussian.amiss().model();
    private final Batch batch = LinearGaussian.batch(EXAMPLES, 1);

    private Loss loss(double alpha, double beta, double gamma, Estimator estimator, long examples) {
        return new TotalCorrelation(alpha, Schedule.constant(beta), gamma, estimator)
                .loss(model, batch, step(examples));
    }

    private static Step step(long examples) {
        Step step = new Step(1, 10, examples, Device.CPU);
        step.advance(0, 0);
        return step;
    }

    private static double term(Loss loss, String name) {
        return Objects.requireNonNull(loss.terms().get(name)).item();
    }

    @ParameterizedTest
    @EnumSource
    void withAllWeightsOneItIsTheBoundOfOneSampleWhateverTheEstimator(Estimator estimator) {
        double bound = new Iwae(1, false).loss(model, batch, step(1000)).total().item();
        // the same sums in another order: some units in the last place of about 5 + 7 log 7000 nats
        assertThat(loss(1, 1, 1, estimator, 1000).total().item()).isEqualTo(bound, within(1e-4));
    }

    @ParameterizedTest
    @EnumSource
    void eachPartOfTheRateHasItsWeight(Estimator estimator) {
        Loss loss = loss(0.5, 6, 2, estimator, 1000);
        double expected = term(loss, "distortion")
                + 0.5 * term(loss, "mutualInformation")
                + 6 * term(loss, "totalCorrelation")
                + 2 * term(loss, "dimensionWise");
        assertThat(loss.total().item()).isEqualTo(expected, within(1e-3)); // FLOAT32 sums of up to a hundred nats
    }

    @Test
    void stratifiedSamplingIsExactWhereTheBatchIsTheDataSet() {
        NormalMixture exact = mixture();
        Loss loss = loss(1, 1, 1, Estimator.STRATIFIED, EXAMPLES);
        // FLOAT32 against double: some units in the last place of about 5 nats
        assertThat(term(loss, "mutualInformation")).isEqualTo(exact.mutualInformation(), within(1e-5));
        assertThat(term(loss, "totalCorrelation")).isEqualTo(exact.totalCorrelation(), within(1e-5));
        assertThat(term(loss, "dimensionWise")).isEqualTo(exact.dimensionWise(), within(1e-5));
    }

    @Test
    void weightedSamplingOfTheWholeDataSetIsTooSmallByLogNInEveryDensity() {
        NormalMixture exact = mixture();
        Loss loss = loss(1, 1, 1, Estimator.WEIGHTED, EXAMPLES);
        double logN = Math.log(EXAMPLES);
        assertThat(term(loss, "mutualInformation")).isEqualTo(exact.mutualInformation() + logN, within(1e-5));
        // one density of the whole code, and one of each of its two dimensions
        assertThat(term(loss, "totalCorrelation")).isEqualTo(exact.totalCorrelation() - logN + 2 * logN, within(1e-5));
        assertThat(term(loss, "dimensionWise")).isEqualTo(exact.dimensionWise() - 2 * logN, within(1e-5));
    }

    /** The codes that the objective draws, and their posteriors. */
    private NormalMixture mixture() {
        Latent z = model.draw(batch, 1, step(1).pass()).latents().get(0);
        return NormalMixture.of(z.value(), (DiagonalNormal) z.posterior());
    }

    /** Over all batches that hold example 0 and two of the four others, of densities that differ widely. */
    @Test
    void theStratifiedEstimateOfADensityHasNoBias() {
        double[] densities = {7, 0.1, 3, 0.02, 1};
        float[] logWeights =
                Estimator.STRATIFIED.logWeights(3, densities.length, Device.CPU).toFloats();
        double sum = 0;
        int batches = 0;
        for (int i = 1; i < densities.length; i++) {
            for (int j = i + 1; j < densities.length; j++) {
                sum += Math.exp(logWeights[0]) * densities[0]
                        + Math.exp(logWeights[1]) * densities[i]
                        + Math.exp(logWeights[2]) * densities[j];
                batches++;
            }
        }
        assertThat(sum / batches).isEqualTo((7 + 0.1 + 3 + 0.02 + 1) / 5, within(1e-6)); // FLOAT32 weights
    }

    @Test
    void aPosteriorThatDoesNotFactoriseIsRefused() {
        TotalCorrelation objective = new TotalCorrelation(1, Schedule.constant(6), 1, Estimator.WEIGHTED);
        Vae estimated = LinearGaussian.amiss().modelWithoutClosedForm();
        assertThatThrownBy(() -> objective.loss(estimated, batch, step(1000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("β-TCVAE needs a factorised posterior; latent 'z' has Estimated."
                        + " Set posterior=normal, or choose beta-vae");
    }

    @Test
    void aBatchOfOneExampleIsRefused() {
        TotalCorrelation objective = new TotalCorrelation(1, Schedule.constant(6), 1, Estimator.STRATIFIED);
        assertThatThrownBy(() -> objective.loss(model, LinearGaussian.batch(1, 1), step(1000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("β-TCVAE compares the codes of a batch's examples, and this one has a single example;"
                        + " set batch to 2 or more");
    }

    @Test
    void weightsAreNotNegative() {
        assertThatThrownBy(() -> new TotalCorrelation(1, Schedule.parse("linear(1, -1)"), 1, Estimator.WEIGHTED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alpha, beta and gamma must be at least 0;"
                        + " got alpha=1.0, beta=linear(1, -1) and gamma=1.0");
    }
}
