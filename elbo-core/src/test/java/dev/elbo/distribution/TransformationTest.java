package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Bijection;
import dev.elbo.nn.Jacobian;
import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.InAScope;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of flows whose parameters an encoder puts out. */
@ExtendWith(InAScope.class)
@ParameterizedClass
@EnumSource
class TransformationTest {
    private static final int BATCH = 4;
    private static final double[] Z = {0.3, -1.2, 0.8};

    /** How each is made of an encoder's numbers, by the number of them and the steps. */
    enum Family {
        PLANAR {
            @Override
            Tensor[] parameters(int batch, int dims, double size, Rng rng) {
                return new Tensor[] {
                    normals(Shape.of(batch, dims), 0, size, rng),
                    normals(Shape.of(batch, dims), 0, size, rng),
                    normals(Shape.of(batch, 1), 0, size, rng)
                };
            }

            @Override
            Transformation of(Tensor... p) {
                return new Planar(p[0], p[1], p[2]);
            }
        },
        RADIAL {
            @Override
            Tensor[] parameters(int batch, int dims, double size, Rng rng) {
                return new Tensor[] {
                    normals(Shape.of(batch, dims), 0, 1, rng),
                    normals(Shape.of(batch, 1), 0, size, rng).softplus(),
                    normals(Shape.of(batch, 1), 0, size, rng)
                };
            }

            @Override
            Transformation of(Tensor... p) {
                return new Radial(p[0], p[1], p[2]);
            }
        },
        SYLVESTER {
            @Override
            Tensor[] parameters(int batch, int dims, double size, Rng rng) {
                return new Tensor[] {
                    normals(Shape.of(batch, 2, dims), 0, 1, rng),
                    normals(Shape.of(batch, dims, dims), 0, size, rng),
                    normals(Shape.of(batch, dims), 0, size, rng),
                    normals(Shape.of(batch, dims), 0, size, rng),
                    normals(Shape.of(batch, dims), 0, size, rng)
                };
            }

            @Override
            Transformation of(Tensor... p) {
                return new Sylvester(p[0], p[1], p[2], p[3], p[4]);
            }
        };

        abstract Tensor[] parameters(int batch, int dims, double size, Rng rng);

        abstract Transformation of(Tensor... parameters);
    }

    private final Family family;

    TransformationTest(Family family) {
        this.family = family;
    }

    private static Tensor normals(Shape shape, double mean, double deviation, Rng rng) {
        return DistributionContract.normals(shape, mean, deviation, rng);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theLogDeterminantIsThatOfTheJacobianWhichKeepsOrientation(long seed) {
        Transformation step = family.of(family.parameters(1, 3, 1.5, seeded(seed)));
        double[][] jacobian = Jacobian.of(z -> step.of(z.unsqueeze(0)).value().squeeze(0), Z);
        double determinant = Jacobian.determinant(jacobian);
        assertThat(determinant).isPositive();
        assertThat(step.of(Jacobian.vector(Z).unsqueeze(0)).logDeterminant().item())
                .isCloseTo(
                        Math.log(determinant), within(1e-6 * Math.max(1, 1 / determinant))); // of central differences
    }

    private NormalisingFlow flow(int dims, int steps, Tensor... parameters) {
        DiagonalNormal base = new DiagonalNormal(
                normals(Shape.of(BATCH, dims), 0, 0.5, seeded(1)),
                normals(Shape.of(BATCH, dims), 0, 0.5, seeded(2)),
                1);
        List<Transformation> all = new ArrayList<>(List.of(family.of(parameters)));
        for (int i = 1; i < steps; i++) {
            all.add(family.of(family.parameters(BATCH, dims, 1, seeded(10 + i))));
        }
        return new NormalisingFlow(base, all);
    }

    private NormalisingFlow flow(int dims, int steps) {
        return flow(dims, steps, family.parameters(BATCH, dims, 1, seeded(10)));
    }

    /** A density g within q: E g(z) / q(z) is ∫ g = 1 if q is the density of z. */
    @Test
    void samplesHaveTheDensityThatTheyAreSaidToHave() {
        NormalisingFlow q = flow(3, 1, family.parameters(BATCH, 3, 0.7, seeded(10)));
        Scored z = q.rsample(50_000, seeded(3));
        Tensor mean = z.value().mean(0);
        Tensor logVar = mean.zerosLike().plus(Math.log(0.15));
        Tensor ratios = new DiagonalNormal(mean, logVar, 1)
                .logProb(z.value())
                .minus(z.logProb())
                .exp();
        for (int b = 0; b < BATCH; b++) {
            Estimate one = Estimate.of(ratios.get(1, b).toHost().toDoubles());
            assertThat(one.mean()).isCloseTo(1, within(one.margin()));
            assertThat(one.margin()).isLessThan(0.2);
        }
    }

    @Test
    void shapesAreThoseOfSamplesBatchAndEvent() {
        NormalisingFlow q = flow(5, 2);
        Scored z = q.rsample(6, seeded(2));
        assertThat(z.value().shape()).isEqualTo(Shape.of(6, BATCH, 5));
        assertThat(z.logProb().shape()).isEqualTo(Shape.of(6, BATCH));
        assertThat(q.centre().shape()).isEqualTo(Shape.of(BATCH, 5));
        assertThat(q.klTo(q.base())).isEmpty();
    }

    @Test
    void gradientsOfSamplesAndTheirDensityAreDifferences() {
        Tensor[] parameters = GradientCheck.requiring(family.parameters(BATCH, 3, 1, seeded(10)));
        GradientCheck.compare(
                () -> {
                    Scored z = flow(3, 2, parameters).rsample(3, seeded(4));
                    return z.value().tanh().sum().plus(z.logProb().mean());
                },
                parameters);
    }

    @Test
    void detachedParametersReceiveNoGradient() {
        NormalisingFlow q = flow(3, 2, GradientCheck.requiring(family.parameters(BATCH, 3, 1, seeded(10))));
        Scored detached = q.detached().rsample(2, seeded(2));
        assertThat(detached.value().requiresGradient()).isFalse();
        assertThat(detached.logProb().requiresGradient()).isFalse();
        assertThat(detached.value().toHost())
                .isEqualTo(q.rsample(2, seeded(2)).value().toHost());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-8, 1e3})
    void smallAndLargeParametersGiveFiniteNumbersAndGradients(double size) {
        Tensor[] parameters = family.parameters(BATCH, 3, size, seeded(10));
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = parameters[i].to(DType.FLOAT32).detach().requireGradient();
        }
        Bijection.Image image = family.of(parameters).of(seeded(1).normal(Shape.of(7, BATCH, 3)));
        assertThat(image.value().allFinite().to(DType.INT64).item()).isEqualTo(1);
        assertThat(image.logDeterminant().allFinite().to(DType.INT64).item()).isEqualTo(1);
        image.value().sum().plus(image.logDeterminant().sum()).backward();
        for (Tensor parameter : parameters) {
            assertThat(parameter.gradient().norm().item()).isFinite();
        }
    }
}
