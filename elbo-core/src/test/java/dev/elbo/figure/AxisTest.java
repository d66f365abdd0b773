package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    private static List<String> texts(Axis axis) {
        return axis.ticks().stream().map(Axis.Tick::text).toList();
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(texts(Axis.linear("", 0, 20))).containsExactly("0", "5", "10", "15", "20");
        assertThat(texts(Axis.linear("", 24.7, 26.2)))
                .containsExactly("24.8", "25.0", "25.2", "25.4", "25.6", "25.8", "26.0", "26.2");
        assertThat(texts(Axis.linear("", -3, 3))).containsExactly("−3", "−2", "−1", "0", "1", "2", "3");
        assertThat(texts(Axis.linear("", 0, 48000))).containsExactly("0", "10,000", "20,000", "30,000", "40,000");
    }

    @Test
    void aLogarithmicAxisHasItsTicksAtPowersOfTen() {
        assertThat(texts(Axis.logarithmic("", 0.02, 20))).containsExactly("0.1", "1", "10");
        assertThat(texts(Axis.logarithmic("", 1, 20))).containsExactly("1", "2", "5", "10", "20");
        assertThat(Axis.logarithmic("", 1, 100).position(10)).isEqualTo(0.5);
    }

    @Test
    void hugeAndTinyNumbersStayShort() {
        assertThat(texts(Axis.linear("", 0, 4e30))).contains("1.0e+30");
        assertThat(texts(Axis.linear("", 0, 4e-9))).contains("1.0e−09");
    }

    @Test
    void anAxisOfOneValueStillHasALength() {
        Axis axis = Axis.linear("", 100, 100);
        assertThat(axis.max()).isGreaterThan(axis.min());
        assertThat(axis.ticks()).isNotEmpty();
    }
}
