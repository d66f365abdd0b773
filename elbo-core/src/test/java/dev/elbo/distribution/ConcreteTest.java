package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.floats;
import static dev.elbo.distribution.DistributionContract.normals;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcreteTest extends VectorContract {
    private static final double TEMPERATURE = 1.5;

    @Override
    Tensor[] parameters(int batch, int dims, Rng rng) {
        return new Tensor[] {normals(Shape.of(batch, dims), 0, 0.7, rng)};
    }

    @Override
    Pathwise of(Tensor... parameters) {
        DType type = parameters[0].dtype();
        return new Concrete(
                parameters[0], Tensor.zeros(type, Device.CPU, Shape.of()).fill(TEMPERATURE));
    }

    @Override
    Quadrature quadrature() {
        return new DirichletTest().quadrature();
    }

    /** Of triangles at the border, where the density rises as a root. */
    @Override
    double integrationError() {
        return 2e-3;
    }

    @Override
    List<Distribution> closedTo(int batch, int dims, Rng rng) {
        return List.of();
    }

    /** The centre is that of the choices, which shares come near as they are cooled. */
    @Override
    boolean isStraight() {
        return false;
    }

    /** With two classes, logit x = (l + logistic noise) / T. Maddison et al. (2017), section 3.3. */
    @Test
    void ofTwoClassesTheLogOddsAreLogistic() {
        double odds = 0.625;
        Concrete two = new Concrete(
                floats(odds, 0).to(DType.FLOAT64), floats(0.5).to(DType.FLOAT64).get(0, 0));
        Tensor x = Tensor.of(HostArray.of(new double[] {0.3, 0.7}, 2), Device.CPU);
        double logit = Math.log(0.3 / 0.7);
        double t = 0.5 * logit - odds;
        double logistic = -t - 2 * Math.log1p(Math.exp(-t));
        double expected = logistic + Math.log(0.5) - Math.log(0.3 * 0.7);
        assertThat(two.logProb(x).item()).isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 10})
    void coldAndWarmDrawsAreFiniteInSinglePrecision(double temperature) {
        Tensor logits = floats(30, 0, -30).requireGradient();
        Scored x = new Concrete(logits, floats(temperature).get(0, 0)).rsample(200, seeded(1));
        x.value().square().sum().plus(x.logProb().sum()).backward();
        assertThat(x.value().min().item()).isPositive();
        assertThat(x.logProb().allFinite().to(DType.INT64).item()).isEqualTo(1);
        assertThat(logits.gradient().norm().item()).isFinite();
    }
}
