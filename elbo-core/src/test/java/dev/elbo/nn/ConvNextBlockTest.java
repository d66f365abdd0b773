package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class ConvNextBlockTest {
    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);
    private final Tensor x = rng.normal(Shape.of(2, 7, 3));

    private static double apart(Tensor a, Tensor b) {
        return a.minus(b).abs().max().item();
    }

    @Test
    void eachChannelIsCorrelatedByItself() {
        DepthwiseConv1d depthwise = DepthwiseConv1d.of(3, 5, initial);
        Tensor each = depthwise.weight().transpose(0, 1).unsqueeze(1); // [C, 1, width]
        Tensor diagonal =
                Tensor.arange(3, Device.CPU).oneHot(3).to(each.dtype()).unsqueeze(-1); // [C, C, 1]
        Conv1d full = new Conv1d(diagonal.times(each), depthwise.bias(), 1);

        Tensor made = depthwise.forward(x, Pass.deterministic());

        assertThat(apart(made, full.forward(x, Pass.deterministic()))).isLessThan(1e-6); // sums in another order
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DepthwiseConv1d.of(3, 4, initial))
                .withMessageContaining("odd width");
    }

    @Test
    void withoutScaleABlockIsTheIdentity() {
        ConvNextBlock block = ConvNextBlock.of(3, 2, initial);
        ConvNextBlock still = new ConvNextBlock(
                block.depthwise(), block.norm(), block.wide(), block.narrow(), initial.constant(0, 3));
        Tensor ones = Tensor.zeros(Device.CPU, 2, 7, 1).plus(1);

        assertThat(apart(still.among(x, ones, Pass.deterministic()), x)).isZero();
        assertThat(apart(block.among(x, ones, Pass.deterministic()), x)).isPositive();
    }

    @Test
    void whatIsPaddingIsNotSeen() {
        ConvNextBlock block = ConvNextBlock.of(3, 2, initial);
        Tensor mask = Tensor.zeros(Device.CPU, 2, 4, 1).plus(1).pad(1, 0, 3, 0);
        Tensor other = Tensor.cat(1, x.narrow(1, 0, 4), rng.normal(Shape.of(2, 3, 3)));

        Tensor made = block.among(x, mask, Pass.deterministic()).narrow(1, 0, 4);

        assertThat(apart(made, block.among(other, mask, Pass.deterministic()).narrow(1, 0, 4)))
                .isZero();
    }
}
