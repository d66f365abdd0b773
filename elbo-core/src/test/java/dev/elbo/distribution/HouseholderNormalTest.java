package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.normals;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class HouseholderNormalTest extends VectorContract {
    @Override
    Tensor[] parameters(int batch, int dims, Rng rng) {
        return new Tensor[] {
            normals(Shape.of(batch, dims), 0, 1, rng),
            normals(Shape.of(batch, dims), 0, 0.7, rng),
            normals(Shape.of(batch, 3, dims), 0, 1, rng)
        };
    }

    @Override
    Pathwise of(Tensor... parameters) {
        return new HouseholderNormal(new DiagonalNormal(parameters[0], parameters[1], 1), parameters[2]);
    }

    @Override
    Quadrature quadrature() {
        return Quadrature.ofPlane(14, 351);
    }

    @Override
    List<Distribution> closedTo(int batch, int dims, Rng rng) {
        return List.of(new DiagonalNormal(
                normals(Shape.of(batch, dims), 0, 1, rng), normals(Shape.of(batch, dims), 0, 0.7, rng), 1));
    }

    @Test
    void itsDivergenceFromTheStandardNormalIsThatOfItsBase() {
        HouseholderNormal q = (HouseholderNormal) of(parameters(4, 5, seeded(1)));
        Tensor zeros = q.base().loc().zerosLike();
        DiagonalNormal standard = new DiagonalNormal(zeros, zeros, 1);
        assertThat(largest(q.klTo(standard)
                        .orElseThrow()
                        .minus(q.base().klTo(standard).orElseThrow())))
                .isLessThan(1e-12);
        assertThat(q.klTo(new Laplace(zeros, zeros, 1))).isEmpty();
    }

    @Test
    void reflectionsKeepLengthsAndTwiceTheSameIsNone() {
        Tensor v = normals(Shape.of(4, 1, 5), 0, 1, seeded(1));
        Tensor z = normals(Shape.of(3, 4, 5), 0, 1, seeded(2));
        Tensor turned = new Reflections(v).of(z);
        assertThat(largest(turned.square().sum(-1).minus(z.square().sum(-1)))).isLessThan(1e-12);
        assertThat(largest(new Reflections(Tensor.cat(-2, v, v)).of(z).minus(z)))
                .isLessThan(1e-12);
        assertThat(new Reflections(v.zerosLike()).of(z).toHost()).isEqualTo(z.toHost());
    }
}
