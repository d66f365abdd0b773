package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.InAScope;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class MarkersTest {
    private final Markers markers = Markers.of(2, 10, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));

    private static void mark(Tensor table, int style, long column) {
        table.get(0, style).narrow(0, column, 1).plusInPlace(1);
    }

    private float[] in(long[] tokens, long style) {
        Tensor x = Tensor.of(tokens, 1, tokens.length);
        return markers.in(x, x.greaterThan(3), Tensor.of(new long[] {style}, 1))
                .to(DType.FLOAT32)
                .toHost()
                .toFloats();
    }

    @Test
    void withoutMarkersNothingIsMarked() {
        assertThat(in(new long[] {4, 5, 3, 0}, 0)).containsOnly(0);
    }

    @Test
    void aWordMarksTheStyleThatItIsAMarkerOf() {
        mark(markers.words(), 1, 5);

        assertThat(in(new long[] {4, 5, 6, 5, 3}, 1)).containsExactly(0, 1, 0, 1, 0);
        assertThat(in(new long[] {4, 5, 6, 5, 3}, 0)).containsOnly(0);
        assertThat(in(new long[] {5}, 1)).containsExactly(1);
    }

    @Test
    void bothWordsOfAPairAreMarkedAndNeitherByItself() {
        mark(markers.pairs(), 0, Markers.pair(7, 8));

        assertThat(in(new long[] {4, 7, 8, 5, 3}, 0)).containsExactly(0, 1, 1, 0, 0);
        assertThat(in(new long[] {8, 7, 4, 8, 3}, 0)).containsOnly(0);
        assertThat(in(new long[] {4, 7, 8, 5, 3}, 1)).containsOnly(0);
    }

    @Test
    void whatIsNoWordIsNeverMarkedThoughAMarkerSharesItsNumber() {
        mark(markers.pairs(), 0, Markers.pair(0, 0));
        mark(markers.pairs(), 0, Markers.pair(3, 0));
        mark(markers.pairs(), 0, Markers.pair(5, 3));
        mark(markers.pairs(), 0, Markers.pair(1, 5));
        mark(markers.words(), 0, 1);

        assertThat(in(new long[] {1, 5, 3, 0, 0}, 0)).containsOnly(0);
    }

    @Test
    void numbersOfPairsStayInTheirRange() {
        assertThat(Markers.pair(1_000_000, 1_000_000)).isBetween(0, Markers.pairNumbers() - 1);
    }
}
