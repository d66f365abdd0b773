package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.grid;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.nn.Bijection;
import dev.elbo.nn.Flows;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InAScope.class)
class FlowTest {
    /** N(0, I) in FLOAT64. */
    private static DiagonalNormal standard(int dims) {
        Tensor zeros = Tensor.zeros(DType.FLOAT64, Device.CPU, Shape.of(dims));
        return new DiagonalNormal(zeros, zeros, 1);
    }

    private static Flow flow(int dims, int layers) {
        return new Flow(
                standard(dims),
                IntStream.range(0, layers)
                        .mapToObj(i -> Flows.coupling(dims, i % 2 == 0, seeded(i)))
                        .toList());
    }

    @Test
    void withoutLayersItIsItsBase() {
        Flow none = new Flow(standard(3), List.of());
        Tensor z = standard(3).sample(5, seeded(1));
        assertThat(none.logProb(z).toHost()).isEqualTo(standard(3).logProb(z).toHost());
        assertThat(none.sample(5, seeded(1)).toHost()).isEqualTo(z.toHost());
    }

    @Test
    void theDensityIntegratesToOne() {
        double[] side = grid(-40, 40, 1201);
        double[] points = new double[2 * side.length * side.length];
        for (int i = 0; i < points.length / 2; i++) {
            points[2 * i] = side[i / side.length];
            points[2 * i + 1] = side[i % side.length];
        }
        Tensor density = flow(2, 2)
                .logProb(Tensor.of(HostArray.of(points, points.length / 2, 2), Device.CPU))
                .exp();
        double cell = 80.0 / 1200 * 80 / 1200;
        assertThat(density.sum().item() * cell).isEqualTo(1, within(1e-4)); // of cells, and of mass beyond ±40
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void aSamplesDensityIsThatOfTheNoiseItWasMadeOfAndHowThatWasSpread(int dims) {
        Flow flow = flow(dims, 4);
        Scored x = flow.base().rsample(7, seeded(3));
        Bijection.Image y = Bijection.Image.of(x.value());
        for (Bijection layer : flow.layers()) {
            y = y.then(layer::forward);
        }
        Scored scored = flow.rsample(7, seeded(3));
        assertThat(scored.value().toHost()).isEqualTo(y.value().toHost());
        assertThat(largest(scored.logProb().minus(x.logProb().minus(y.logDeterminant()))))
                .isLessThan(1e-12);
        assertThat(scored.logProb().shape()).isEqualTo(Shape.of(7));
        assertThat(flow.sample(7, seeded(3)).toHost()).isEqualTo(scored.value().toHost());
    }

    @Test
    void colderSamplesComeFromNearTheImageOfTheBasesCentre() {
        Flow flow = flow(3, 4);
        assertThat(flow.sample(2, 0, seeded(1)).get(0, 1).toHost())
                .isEqualTo(flow.centre().toHost());
        assertThat(flow.sample(2, 1, seeded(1)).toHost())
                .isEqualTo(flow.sample(2, seeded(1)).toHost());
        assertThat(flow.sample(2, 0.5, seeded(1)).requiresGradient()).isFalse();
    }

    @Test
    void gradientsOfTheDensityAreItsDifferences() {
        Flow flow = flow(3, 3);
        Tensor z = standard(3).sample(5, seeded(2));
        GradientCheck.compare(() -> flow.logProb(z).mean(), parameters(flow));
    }

    @Test
    void gradientsThroughSamplesAreThoseOfTheExpectationUnderTheSameNoise() {
        Flow flow = flow(3, 3);
        GradientCheck.compare(() -> flow.rsample(5, seeded(2)).value().tanh().sum(), parameters(flow));
    }

    @Test
    void detachedParametersReceiveNoGradient() {
        Flow flow = flow(3, 3);
        Flow detached = flow.detached();
        Tensor value = detached.rsample(2, seeded(2)).value();
        assertThat(value.requiresGradient()).isFalse();
        assertThat(detached.logProb(value).requiresGradient()).isFalse();
        assertThat(detached.logProb(value).toHost())
                .isEqualTo(flow.logProb(value).toHost());
    }

    private static Tensor[] parameters(Flow flow) {
        List<Tensor> parameters = new ArrayList<>();
        flow.layers().forEach(layer -> parameters.addAll(layer.parameters().values()));
        return parameters.toArray(Tensor[]::new);
    }

    private static double largest(Tensor differences) {
        return differences.abs().max().item();
    }
}
