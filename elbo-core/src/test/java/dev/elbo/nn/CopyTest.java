package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(InAScope.class)
class CopyTest {
    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);

    private record Critic(
            Layer trunk, Map<String, Layer> heads, Optional<Layer> gate, List<Layer> tied, Tensor scale, Tensor mean)
            implements Module {}

    private Critic critic() {
        Linear trunk = Linear.of(2, 2, initial);
        return new Critic(
                trunk,
                Map.of("real", Linear.of(2, 1, initial), "fake", Activation.TANH),
                Optional.of(Sequential.of(trunk, Activation.RELU)),
                List.of(trunk),
                initial.constant(1, 3),
                initial.buffer(0, 3));
    }

    @Test
    void aCopyHasTheSameNamesTheSameSharingAndTheSameMemoryAndGradientsOfItsOwn() {
        Critic critic = critic();
        Critic copy = Copy.of(critic);
        assertThat(copy.state().keySet())
                .containsExactlyElementsOf(critic.state().keySet());
        assertThat(copy.parameters().keySet())
                .containsExactlyElementsOf(critic.parameters().keySet());
        assertThat(copy.mean()).isSameAs(critic.mean());

        copy.scale().sum().backward();
        assertThat(copy.scale().gradient().toFloats()).containsExactly(1, 1, 1);
        assertThat(critic.scale().hasGradient()).isFalse();
    }

    @Test
    void whatIsFrozenHasNoParameterAndTheMemoryOfTheOriginal() {
        Critic critic = critic();
        Critic frozen = Copy.frozen(critic);
        assertThat(frozen.parameters()).isEmpty();
        assertThat(frozen.state().keySet())
                .containsExactlyElementsOf(critic.state().keySet());

        critic.scale().detach().fill(7);
        assertThat(frozen.scale().toFloats()).containsExactly(7, 7, 7);
    }

    static Stream<Named<Function<Initializer, Layer>>> networks() {
        return Stream.of(
                named("linear", i -> Sequential.of(Reshape.flatten(Shape.of(2, 4, 4)), Linear.of(32, 3, i))),
                named(
                        "linear with its nonlinearity",
                        i -> Sequential.of(Reshape.flatten(Shape.of(2, 4, 4)), Linear.of(32, 3, i), Activation.TANH)),
                named("convolution", i -> Sequential.of(Conv2d.of(2, 3, 3, 2, 1, i), Activation.RELU)),
                named("transposed convolution", i -> ConvTranspose2d.of(2, 3, 3, 2, 1, 1, 1, i)),
                named("normalisation", i -> GroupNorm.of(1, 2, i)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientsPassThroughWhatIsFrozenAsThroughTheOriginalAndNeverIntoIt(Function<Initializer, Layer> network) {
        Layer layer = network.apply(initial);
        ParameterBuffer parameters = new ParameterBuffer(layer.parameters());
        Tensor x = rng.normal(Shape.of(5, 2, 4, 4)).requireGradient();
        Tensor other = x.detach().requireGradient();

        layer.forward(x, Pass.evaluation(rng)).square().sum().backward();
        assertThat(parameters.gradients().norm().item()).isPositive();
        parameters.clearGradients();
        Copy.frozen(layer).forward(other, Pass.evaluation(rng)).square().sum().backward();

        assertThat(other.gradient().toHost()).isEqualTo(x.gradient().toHost());
        assertThat(parameters.gradients().norm().item()).isZero();
    }
}
