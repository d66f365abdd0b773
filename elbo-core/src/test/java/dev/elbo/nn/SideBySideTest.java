package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Vectors that are one input: an image's beside those of all classes. */
@ExtendWith(InAScope.class)
class SideBySideTest {
    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);
    private final Tensor x = rng.normal(Shape.of(4, 5)).requireGradient(); // [B, 5]
    private final Tensor y = rng.normal(Shape.of(3, 4, 2)).requireGradient(); // [C, B, 2]
    private final Layer network = Sequential.of(
            Linear.of(7, 6, initial),
            Activation.RELU,
            Linear.of(6, 6, initial),
            Activation.TANH,
            Linear.of(6, 2, initial));

    @Test
    void whatStandsBesideSeveralGivesTheSameAsBesideEachOfThem() {
        List<double[]> apart = outputAndGradients(network.forward(Pass.deterministic(), x, y));
        Tensor concatenated = Tensor.cat(-1, x.expand(Shape.of(3, 4, 5)), y);
        List<double[]> together = outputAndGradients(network.forward(concatenated, Pass.deterministic()));
        for (int i = 0; i < together.size(); i++) {
            assertThat(apart.get(i)).containsExactly(together.get(i), within(1e-5)); // the same sums in another order
        }
    }

    private List<double[]> outputAndGradients(Tensor output) {
        output.square().sum().backward();
        List<double[]> all = new ArrayList<>(List.of(output.toHost().toDoubles()));
        List<Tensor> leaves = new ArrayList<>(List.of(x, y));
        leaves.addAll(network.parameters().values());
        for (Tensor leaf : leaves) {
            all.add(leaf.gradient().toHost().toDoubles());
            leaf.gradient().fill(0);
        }
        return all;
    }

    @Test
    void vectorsOfTheSameNumberAreConcatenated() {
        Tensor labels = rng.normal(Shape.of(4, 2));
        Tensor concatenated = Tensor.cat(-1, x, labels);
        assertThat(network.forward(Pass.deterministic(), x, labels).toFloats())
                .containsExactly(
                        network.forward(concatenated, Pass.deterministic()).toFloats());
    }
}
