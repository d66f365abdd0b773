package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InAScope.class)
class MaskedConv2dTest {
    private static final int HEIGHT = 4;
    private static final int WIDTH = 5;

    private final Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);

    /** Seen from place (2, 2), 12 in the order of rows. A kernel of 3 reaches 1 place to each side. */
    @ParameterizedTest
    @CsvSource({"false, 3, '6 7 8 11'", "true, 3, '6 7 8 11 12'", "false, 5, '0 1 2 3 4 5 6 7 8 9 10 11'"})
    void aPlaceSeesThoseBeforeIt(boolean seesItself, int kernel, String seen) {
        MaskedConv2d layer = MaskedConv2d.of(2, 3, kernel, seesItself, initial);
        Tensor x =
                Rng.seeded(2, Device.CPU).normal(Shape.of(1, 2, HEIGHT, WIDTH)).requireGradient();
        layer.forward(x, Pass.deterministic())
                .reshape(3, HEIGHT * WIDTH)
                .get(1, 12)
                .sum()
                .backward();
        float[] influence = x.gradient().abs().sum(1).reshape(HEIGHT * WIDTH).toFloats();
        assertThat(IntStream.range(0, HEIGHT * WIDTH).filter(place -> influence[place] > 0))
                .containsExactly(IntStream.of(places(seen)).boxed().toArray(Integer[]::new));
    }

    private static int[] places(String text) {
        return java.util.Arrays.stream(text.split(" ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    @Test
    void theMaskIsNoPartOfWhatIsKept() {
        assertThat(MaskedConv2d.of(2, 3, 3, true, initial).state()).containsOnlyKeys("weight", "bias");
    }

    @Test
    void weightsThatDoNotCountGetNoGradient() {
        MaskedConv2d layer = MaskedConv2d.of(1, 1, 3, false, initial);
        Tensor x = Rng.seeded(2, Device.CPU).normal(Shape.of(1, 1, HEIGHT, WIDTH));
        layer.forward(x, Pass.deterministic()).sum().backward();
        float[] gradient = layer.weight().gradient().toFloats();
        assertThat(IntStream.range(0, 9).filter(i -> gradient[i] != 0)).containsExactly(0, 1, 2, 3);
    }
}
