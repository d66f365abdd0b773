package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The maximum mean discrepancy, and the losses that it is a part of. */
@ExtendWith(InAScope.class)
class KernelTest {
    private static final double[] SCALES = {0.1, 0.2, 0.5, 1, 2, 5, 10};

    /** On a line, so that D = 1: pairs of a are 1, 3 and 2 apart. */
    private static final double[] A = {0, 1, 3};

    private static final double[] B = {0.5, 2};

    /** k of a squared distance, by hand. */
    private static DoubleUnaryOperator byHand(Kernel kernel) {
        return squared -> {
            double sum = 0;
            for (double scale : SCALES) {
                double c = 2 * scale;
                sum += kernel == Kernel.IMQ ? c / (c + squared) : Math.exp(-squared / c);
            }
            return sum;
        };
    }

    @ParameterizedTest
    @EnumSource
    void theDiscrepancyIsThatOfPairsByHand(Kernel kernel) {
        DoubleUnaryOperator k = byHand(kernel);
        double within = (k.applyAsDouble(1) + k.applyAsDouble(9) + k.applyAsDouble(4)) / 3;
        double other = k.applyAsDouble(2.25);
        double between = 0;
        for (double a : A) {
            for (double b : B) {
                between += k.applyAsDouble((a - b) * (a - b)) / 6;
            }
        }
        assertThat(kernel.discrepancy(line(A), line(B)).item())
                .isEqualTo(within + other - 2 * between, within(1e-5)); // FLOAT32 sums of seven numbers below 1
    }

    private static Tensor line(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, values.length, 1);
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoSetsOfOneDistributionItIsZeroOnAverage(Kernel kernel) {
        Rng rng = Rng.seeded(1, Device.CPU);
        double[] figures = new double[400];
        for (int i = 0; i < figures.length; i++) {
            try (Scope scope = Scope.open("draw")) {
                figures[i] = kernel.discrepancy(rng.normal(Shape.of(8, 3)), rng.normal(Shape.of(8, 3)))
                        .item();
            }
        }
        Estimate estimate = Estimate.of(figures);
        assertThat(estimate.mean()).isEqualTo(0, within(estimate.margin()));
        assertThat(Arrays.stream(figures).min().orElseThrow()).isNegative(); // a biased estimate is never negative
    }

    @ParameterizedTest
    @EnumSource
    void codesThatLieApartFromThePriorAreFoundOut(Kernel kernel) {
        Rng rng = Rng.seeded(1, Device.CPU);
        Tensor prior = rng.normal(Shape.of(64, 3));
        double near =
                kernel.discrepancy(rng.normal(Shape.of(64, 3)).plus(0.5), prior).item();
        double far =
                kernel.discrepancy(rng.normal(Shape.of(64, 3)).plus(2), prior).item();
        double narrow = kernel.discrepancy(rng.normal(Shape.of(64, 3)).times(0.1), prior)
                .item();
        assertThat(near).isPositive().isLessThan(far);
        assertThat(narrow).isPositive();
    }

    @Test
    void aSingleCodeCannotBeCompared() {
        assertThatThrownBy(() -> Kernel.IMQ.discrepancy(line(1), line(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the discrepancy compares the codes of a batch's examples, and this one has a single example; set"
                                + " batch to 2 or more");
    }

    @Test
    void withoutItsTermsTheInfoVaeIsTheElbo() {
        Vae model = LinearGaussian.amiss().model();
        assertThat(loss(new InfoVae(0, 1, Kernel.IMQ), model)).isEqualTo(loss(Elbo.standard(), model), within(1e-5));
        // all of the rate left out, and as much of the discrepancy: the Wasserstein autoencoder with random codes
        assertThat(loss(new InfoVae(1, 3, Kernel.RBF), model)).isEqualTo(loss(new Wasserstein(3, Kernel.RBF), model));
    }

    private static double loss(Objective objective, Vae model) {
        Step step = new Step(1, 10, 1000, Device.CPU);
        step.advance(0, 0);
        return objective.loss(model, LinearGaussian.batch(6, 1), step).total().item();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new Wasserstein(-1, Kernel.IMQ)).hasMessage("weight must be at least 0; got -1.0");
        assertThatThrownBy(() -> new InfoVae(0, 0.5, Kernel.IMQ))
                .hasMessage("alpha is at most 1, and alpha + lambda at least 1; got alpha 0.0 and lambda 0.5");
        assertThatThrownBy(() -> Recipes.with(Recipes.named("wae"), Map.of("prior", "fitted")))
                .hasMessageContaining(
                        "wae brings codes to a prior that stays as it is; got prior=fitted. Set prior=normal");
        assertThatThrownBy(() -> Recipes.with(Recipes.named("aae"), Map.of("prior", "flow(2)", "posterior", "normal")))
                .hasMessageContaining(
                        "aae brings codes to a prior that stays as it is; got prior=flow(2). Set prior=normal");
    }
}
