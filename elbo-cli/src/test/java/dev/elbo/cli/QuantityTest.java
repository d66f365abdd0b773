package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void digitsThatSayNothingAreLeftOut() {
        assertThat(Quantity.plain(30)).isEqualTo("30");
        assertThat(Quantity.plain(1.5)).isEqualTo("1.5");
        assertThat(Quantity.plain(0.254)).isEqualTo("0.25");
    }

    @Test
    void roughNumbersHaveAFewDigits() {
        assertThat(Quantity.rough(950.4)).isEqualTo("950");
        assertThat(Quantity.rough(9_512)).isEqualTo("9.5k");
        assertThat(Quantity.rough(31_234)).isEqualTo("31k");
        assertThat(Quantity.rough(1_240_000)).isEqualTo("1.2M");
    }

    @Test
    void plainNumbersHaveNoDigitsThatSayNothing() {
        assertThat(Quantity.plain(30)).isEqualTo("30");
        assertThat(Quantity.plain(1.5)).isEqualTo("1.5");
        assertThat(Quantity.plain(0.25)).isEqualTo("0.25");
        assertThat(Quantity.plain(2.0 / 3)).isEqualTo("0.67");
        assertThat(Quantity.plain(0.002)).isEqualTo("0.002");
        assertThat(Quantity.plain(0.0022472)).isEqualTo("0.0022");
    }

    @Test
    void timeHasHoursOnlyWhereThereAreSome() {
        assertThat(Quantity.time(42.4)).isEqualTo("0:42");
        assertThat(Quantity.time(725)).isEqualTo("12:05");
        assertThat(Quantity.time(3723)).isEqualTo("1:02:03");
    }

    @Test
    void thousandsAreSeparated() {
        assertThat(Quantity.count(1_082_680)).isEqualTo("1,082,680");
    }
}
