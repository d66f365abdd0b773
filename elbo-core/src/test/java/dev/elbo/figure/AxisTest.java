package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    void ticksOfLargeNumbersHaveEnoughDigitsToDiffer() {
        assertThat(texts(Axis.linear("", 1.00e8, 1.02e8)))
                .doesNotHaveDuplicates()
                .contains("1.005e+08");
        assertThat(texts(Axis.linear("", 123456.001, 123456.004)))
                .doesNotHaveDuplicates()
                .contains("123,456.0020");
    }

    @Test
    void fromTwentyActiveUnitsToNineteenIsNoFall() {
        Axis axis = Axis.measured("", 19, 20, true);
        assertThat(axis.min()).isZero();
        assertThat(axis.position(20) - axis.position(19)).isLessThan(0.05);
        assertThat(texts(axis)).containsExactly("0", "5", "10", "15", "20");
    }

    @Test
    void aChangeOfAThousandthIsDrawnSmall() {
        Axis axis = Axis.measured("nats", 98.1, 98.2, false);
        assertThat(axis.max() - axis.min()).isEqualTo(0.05 * 98.2, within(1e-9)); // rounding of sums
        assertThat(axis.position(98.15)).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void whatFallsByMoreThanAThirdIsShownFromZeroAndADifferenceOfSomePercentInFull() {
        assertThat(Axis.measured("nats", 10, 25, false).min()).isZero();
        Axis axis = Axis.measured("nats", 100, 110, false);
        assertThat(axis.min()).isEqualTo(99.2, within(1e-9));
        assertThat(axis.max()).isEqualTo(110.8, within(1e-9));
    }

    @Test
    void valuesBelowZeroKeepTheirPlace() {
        Axis axis = Axis.measured("nats", -1200, -1100, false);
        assertThat(axis.min()).isEqualTo(-1208, within(1e-9));
        assertThat(axis.max()).isEqualTo(-1092, within(1e-9));
        assertThat(Axis.measured("", 0, 0, true).max()).isEqualTo(1);
    }

    @Test
    void aShortLogarithmicAxisHasTicksToo() {
        assertThat(texts(Axis.logarithmic("", 3, 4))).hasSizeGreaterThan(1);
    }

    @Test
    void anAxisOfOneValueStillHasALength() {
        Axis axis = Axis.linear("", 100, 100);
        assertThat(axis.max()).isGreaterThan(axis.min());
        assertThat(axis.ticks()).isNotEmpty();
    }
}
