package dev.elbo.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecimalTest {
    @Test
    void whatIsBelowZeroHasTheSignThatItsNameHas() {
        assertThat("−ELBO " + Decimal.of(-12.345, 1)).isEqualTo("−ELBO −12.3");
        assertThat(Decimal.of(3, 2)).isEqualTo("3.00");
    }

    @Test
    void whatRoundsToZeroHasNoSign() {
        assertThat(Decimal.of(-0.004, 2)).isEqualTo("0.00");
        assertThat(Decimal.of(-0.006, 2)).isEqualTo("−0.01");
    }

    @Test
    void whatIsNoNumberStaysSo() {
        assertThat(Decimal.of(Double.NaN, 2)).isEqualTo("NaN");
        assertThat(Decimal.of(Double.NEGATIVE_INFINITY, 2)).isEqualTo("−Infinity");
    }
}
