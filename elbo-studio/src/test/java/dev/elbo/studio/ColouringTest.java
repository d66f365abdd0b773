package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColouringTest {
    @Test
    void tenthsHoldAsManyExamplesEach() {
        double[] ages = IntStream.range(0, 100).mapToDouble(i -> (i * 37) % 100).toArray();

        Colouring byAge = Colouring.ofNumbers("age", ages);

        assertThat(byAge.isOrdered()).isTrue();
        assertThat(byAge.labels()).hasSize(10).startsWith("0 … 9", "10 … 19").endsWith("90 … 99");
        for (int i = 0; i < ages.length; i++) {
            assertThat(byAge.kinds()[i]).isEqualTo((byte) (ages[i] / 10));
        }
    }

    @Test
    void equalNumbersAreOfOnePart() {
        double[] mostlyZero = new double[50];
        Arrays.fill(mostlyZero, 45, 50, 1);

        Colouring by = Colouring.ofNumbers("smile", mostlyZero);

        assertThat(by.labels()).containsExactly("0", "1");
        assertThat(by.kinds()[0]).isEqualTo((byte) 0);
        assertThat(by.kinds()[49]).isEqualTo((byte) 1);
    }

    @Test
    void asManyDigitsAreShownAsTellPartsApart() {
        assertThat(Colouring.ofNumbers("x", new double[] {-0.123456, 123456.5}).labels())
                .containsExactly("-0.123", "123000");
        assertThat(Colouring.ofNumbers("x", new double[] {0.10001, 0.10002}).labels())
                .containsExactly("0.10001", "0.10002");
        double[] years = IntStream.range(0, 10).mapToDouble(i -> 1990 + i).toArray();
        assertThat(Colouring.ofNumbers("year", years).labels())
                .containsExactly("1990", "1991", "1992", "1993", "1994", "1995", "1996", "1997", "1998", "1999");
    }

    @Test
    void ofNoNumbersThereIsNoPart() {
        assertThat(Colouring.ofNumbers("x", new double[0]).labels()).isEmpty();
    }
}
