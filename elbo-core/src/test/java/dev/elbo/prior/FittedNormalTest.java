package dev.elbo.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.distribution.DiagonalNormal;
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

    @Test
    void beforeCodesAreMetItIsTheStandardNormal() {
        DiagonalNormal p = prior.given(Pass.deterministic());
        assertThat(p.loc().toFloats()).containsExactly(0, 0);
        assertThat(p.logVar().toFloats()).containsExactly(0, 0);
    }

    @Test
    void itHasTheMeanAndTheVariancesOfTheCodesThatWereMet() {
        Tensor codes = Tensor.of(new float[] {1, 5, 3, 5, 5, 5}, 1, 3, 2);
        for (int i = 0; i < 3000; i++) {
            prior.observe(codes);
        }
        DiagonalNormal p = prior.given(Pass.deterministic());
        // what the first values still count is 0.99^3000; squares of 25 have 7 digits
        assertThat(p.loc().toHost().toDoubles()).containsExactly(new double[] {3, 5}, within(1e-4));
        assertThat(p.logVar().exp().toHost().toDoubles()).containsExactly(new double[] {8 / 3.0, 0}, within(1e-3));
        assertThat(p.logVar().allFinite().item()).isEqualTo(1);
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
    void noGradientReachesIt() {
        assertThat(prior.parameters()).isEmpty();
        assertThat(prior.state()).containsOnlyKeys("mean", "squares");
    }
}
