package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.normals;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class AffineTest {
    private final Tensor mean = normals(Shape.of(3), 5, 2, seeded(1));
    private final Tensor factor =
            normals(Shape.of(3, 3), 0, 1, seeded(2)).tril(-1).plus(identity().times(2));
    private final Tensor zeros = mean.zerosLike();
    private final FullNormal normal = new FullNormal(mean, factor);
    private final Affine affine = new Affine(new DiagonalNormal(zeros, zeros, 1), normal);

    private static Tensor identity() {
        return Tensor.arange(3, Device.CPU).oneHot(3).to(DType.FLOAT64);
    }

    /** FLOAT64: what is left is rounding. */
    @Test
    void ofAStandardNormalItIsTheNormalOfItsFrame() {
        Tensor z = normals(Shape.of(7, 3), 3, 4, seeded(3));
        assertThat(affine.logProb(z).minus(normal.logProb(z)).abs().max().item())
                .isLessThan(1e-12 * normal.logProb(z).abs().max().item());
        Tensor apart = affine.sample(4, 0.5, seeded(4)).minus(normal.sample(4, 0.5, seeded(4)));
        assertThat(apart.abs().max().item()).isCloseTo(0, within(1e-12));
        assertThat(affine.centre().toHost()).isEqualTo(mean.toHost());
    }
}
