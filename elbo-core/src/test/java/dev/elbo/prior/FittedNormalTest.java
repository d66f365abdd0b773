package dev.elbo.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class FittedNormalTest {
    private final FittedNormal prior = FittedNormal.of(2, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));

    private FittedNormal.Moments normal() {
        return prior.given(Pass.deterministic());
    }

    @Test
    void beforeCodesAreMetItIsTheStandardNormal() {
        assertThat(normal().centre().toFloats()).containsExactly(0, 0);
        Tensor z = Tensor.of(new float[] {1, 2}, 2);
        double expected = -0.5 * (1 + 4) - Math.log(2 * Math.PI);
        assertThat(normal().logProb(z).item()).isEqualTo(expected, within(1e-2)); // variances are a thousandth wider
    }

    @Test
    void itHasTheMeanAndTheCovarianceOfTheCodesThatWereMet() {
        Tensor codes = Tensor.of(new float[] {1, 5, 3, 6, 5, 10}, 1, 3, 2);
        for (int i = 0; i < 3000; i++) {
            prior.observe(codes);
        }
        // what the first values still count is 0.99^3000; squares of 100 have 7 digits
        assertThat(normal().centre().toHost().toDoubles()).containsExactly(new double[] {3, 7}, within(1e-4));
        int count = 40_000;
        double[] z = normal().sample(count, Rng.seeded(2, Device.CPU)).toHost().toDoubles();
        double[] moments = new double[3];
        for (int i = 0; i < count; i++) {
            double a = z[2 * i] - 3;
            double b = z[2 * i + 1] - 7;
            moments[0] += a * a / count;
            moments[1] += a * b / count;
            moments[2] += b * b / count;
        }
        // of the codes: 8/3, 10/3 and 14/3; 4 standard errors of 40,000 draws, and a thousandth
        assertThat(moments).containsExactly(new double[] {8 / 3.0, 10 / 3.0, 14 / 3.0}, within(0.14));
    }

    @Test
    void whatWasMetAHundredStepsAgoCountsForAThird() {
        for (int i = 0; i < 100; i++) {
            prior.observe(Tensor.of(new float[] {1, 1}, 1, 2));
        }
        double remains = Math.pow(0.99, 100); // of the first mean, 0
        assertThat(prior.mean().toHost().toDoubles())
                .containsExactly(new double[] {1 - remains, 1 - remains}, within(1e-5));
    }

    @Test
    void codesThatAreAllAlikeCanBeSampled() {
        for (int i = 0; i < 3000; i++) {
            prior.observe(Tensor.of(new float[] {1, 2, 1, 2}, 2, 2));
        }
        assertThat(normal().sample(5, Rng.seeded(2, Device.CPU)).allFinite().item())
                .isEqualTo(1);
    }

    @Test
    void noGradientReachesIt() {
        assertThat(prior.parameters()).isEmpty();
        assertThat(prior.state()).containsOnlyKeys("mean", "products");
    }
}
