package dev.elbo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.checkpoint.Weights;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.data.Stripes;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundEstimateTest {
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
    void negElboIsDistortionAndRateAndTheRateIsThatOfItsDimensions() {
        BoundEstimate bound = BoundEstimate.of(LinearGaussian.amiss().model(), gaussian(237), 1);
        assertThat(bound.negElbo()).isEqualTo(bound.distortion() + bound.rate(), within(1e-9));
        assertThat(bound.ratePerDimension().stream().mapToDouble(r -> r).sum())
                .isEqualTo(bound.rate(), within(rounding(bound.rate())));
        assertThat(bound.points()).isEqualTo(237);
    }

    /** The rounding of means over a hundred examples, each a sum over up to 16 pixels. */
    private static double rounding(double mean) {
        return Rounding.ofSum(DType.FLOAT32, 16 * 100, mean);
    }

    @Test
    void theBoundIsNotBelowTheExactFigure() {
        double exact = -LinearGaussian.meanLogEvidence(LinearGaussian.observations(237, 1));
        assertThat(BoundEstimate.of(LinearGaussian.amiss().model(), gaussian(237), 1)
                        .negElbo())
                .isGreaterThan(exact);
    }

    @Test
    void dimensionsWhoseMeansVaryByMoreThanAHundredthAreActive() {
        // observations of variance 1: the variance of a mean a x + 5 is a²
        assertThat(activeUnits(0, 0)).isZero();
        assertThat(activeUnits(0.11, 0)).isEqualTo(1);
        assertThat(activeUnits(0.11, 0.09)).isEqualTo(1);
        assertThat(activeUnits(-0.11, 0.11)).isEqualTo(2);
    }

    private static int activeUnits(double first, double second) {
        float[] x = new float[3 * 200];
        for (int n = 0; n < 200; n++) {
            x[3 * n] = n % 2 == 0 ? 1 : -1;
        }
        Vae model = LinearGaussian.exact().model();
        float[] weight = new float[4 * 3];
        weight[0] = (float) first;
        weight[3] = (float) second;
        Map<String, HostArray> encoder = Map.of(
                "posterior.network.1.weight", HostArray.of(weight, 4, 3),
                "posterior.network.1.bias", HostArray.of(new float[] {5, 5, 0, 0}, 4));
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.state());
        tensors.keySet().retainAll(encoder.keySet());
        Weights.load(tensors, encoder);
        return BoundEstimate.of(model, examples(HostArray.of(x, 200, 1, 1, 3)), 1)
                .activeUnits();
    }

    @Test
    void aPosteriorWithoutClosedFormHasARateButNoneForEachDimension() {
        BoundEstimate estimated = BoundEstimate.of(LinearGaussian.amiss().modelWithoutClosedForm(), gaussian(200), 1);
        BoundEstimate exact = BoundEstimate.of(LinearGaussian.amiss().model(), gaussian(200), 1);
        assertThat(estimated.ratePerDimension()).isEmpty();
        assertThat(estimated.rate()).isEqualTo(exact.rate(), within(0.3)); // 4 standard errors of 200 estimates
        assertThat(estimated.activeUnits()).isEqualTo(exact.activeUnits());
    }

    @Test
    void codesThatArePointsHaveADistortionAndNothingElse() {
        DataSource data = Stripes.of(1, 4, 4, 12);
        Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
        LatentVariableModel model =
                Recipes.named("ae").compose(data.spec(), initial).model();
        Examples examples = new Examples(data.train(), data.spec(), Pixels.GREY, 1, Device.CPU);
        Bounds bounds = Bounds.of(model, examples, 7, 1, done -> {});
        assertThat(bounds.elbo().isBound()).isFalse();
        assertThat(bounds.elbo().score()).isEqualTo(bounds.elbo().distortion()).isPositive();
        assertThat(bounds.elbo().activeUnits()).isZero();
        assertThat(bounds.likelihood()).isEmpty();
        assertThatThrownBy(() -> LogLikelihood.of(model, examples, 7, 1, done -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "log p(x) is estimated by posteriors with a density, and codes of this model are points; measure"
                                + " its distortion");
    }

    /** A model that ignores its latents says the same of an image whatever they are: only the image matters. */
    @Test
    void allFiguresAreTakenOnTheSameBinarisedImages() {
        DataSource grey = Stripes.of(1, 4, 4, 730);
        Recipe recipe = Recipes.with(Recipes.named("vae"), Map.of("hidden", "", "latents", "1"));
        Rng rng = Rng.seeded(1, Device.CPU);
        LatentVariableModel model =
                recipe.compose(grey.spec(), new Initializer(rng, Device.CPU)).model();
        Map<String, HostArray> silent = new LinkedHashMap<>();
        model.state()
                .forEach((name, tensor) -> silent.put(name, tensor.zerosLike().toHost()));
        float[] logits = new float[16];
        Arrays.fill(logits, 1);
        silent.put("likelihood.network.0.bias", HostArray.of(logits, 16));
        Weights.load(model, silent);

        Examples examples = new Examples(grey.train(), grey.spec(), Pixels.DYNAMIC, 1, Device.CPU);
        BoundEstimate bound = BoundEstimate.of(model, examples, 1);
        LogLikelihood likelihood = LogLikelihood.of(model, examples, 3, 1, done -> {});
        assertThat(bound.rate()).isZero();
        assertThat(likelihood.nll()).isEqualTo(bound.negElbo(), within(rounding(bound.negElbo())));
        assertThat(BoundEstimate.of(model, examples, 2).negElbo()).isNotCloseTo(bound.negElbo(), within(1e-3));
    }

    private static Examples gaussian(int count) {
        return examples(LinearGaussian.observations(count, 1));
    }

    private static Examples examples(HostArray x) {
        return new Examples(new Split(Map.of("image", x)), LinearGaussian.spec(), Pixels.GREY, 1, Device.CPU);
    }
}
