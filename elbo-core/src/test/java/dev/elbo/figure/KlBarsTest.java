package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KlBarsTest {
    @Test
    void dimensionsAreSortedByTheirKl() {
        Plot plot = KlBars.of(List.of(0.5, 0.002, 3.1)).plot();
        assertThat(plot.horizontal().ticks()).extracting(Axis.Tick::text).containsExactly("2", "0", "1");
    }

    @Test
    void theLegendCountsWhatIsAboveTheThreshold() {
        KlBars bars = KlBars.of(List.of(0.5, 0.002, 3.1));
        assertThat(bars.above()).isEqualTo(2);
        assertThat(bars.plot().legend().keys())
                .extracting(Legend.Key::name)
                .containsExactly("2 above 0.01 nats", "1 below");
    }

    @Test
    void manyDimensionsHaveOnlySomeOfTheirLabels() {
        KlBars bars = KlBars.of(Collections.nCopies(512, 0.1));
        assertThat(bars.plot().horizontal().ticks()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void aCollapsedPosteriorCanBeDrawn() {
        assertThat(KlBars.of(List.of(0.0, 0.0)).draw()).isNotNull();
    }

    @Test
    void everyDimensionNeedsAFiniteKl() {
        assertThatThrownBy(() -> KlBars.of(List.of(1.0, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bars need a finite KL for every latent dimension, at least one; got [1.0, NaN]");
        assertThatThrownBy(() -> KlBars.of(List.of())).hasMessageEndingWith("got []");
    }
}
