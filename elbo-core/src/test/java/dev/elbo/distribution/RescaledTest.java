package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.normals;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class RescaledTest {
    private final Tensor mean = normals(Shape.of(3), 5, 2, seeded(1));
    private final Tensor deviation = normals(Shape.of(3), 0, 1, seeded(2)).exp();
    private final Tensor zeros = mean.zerosLike();
    private final Rescaled rescaled = new Rescaled(new DiagonalNormal(zeros, zeros, 1), mean, deviation);

    /** FLOAT64: what is left is rounding. */
    @Test
    void ofAStandardNormalItIsTheNormalWithThatMeanAndDeviation() {
        DiagonalNormal normal = new DiagonalNormal(mean, deviation.log().times(2), 1);
        Tensor z = normals(Shape.of(7, 3), 3, 4, seeded(3));
        assertThat(rescaled.logProb(z).minus(normal.logProb(z)).abs().max().item())
                .isLessThan(1e-12 * normal.logProb(z).abs().max().item());
        Tensor apart = rescaled.sample(4, 0.5, seeded(4)).minus(normal.sample(4, 0.5, seeded(4)));
        assertThat(apart.abs().max().item()).isCloseTo(0, within(1e-12));
        assertThat(rescaled.centre().toHost()).isEqualTo(mean.toHost());
    }
}
