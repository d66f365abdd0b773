package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4                       | 0    | 4",
                "4                       | 1e6  | 4",
                "linear(0, 1, 10)        | 0    | 0",
                "linear(0, 1, 10)        | 2.5  | 0.25",
                "linear(0, 1, 10)        | 11   | 1",
                "linear(3, 1, 4)         | 2    | 2",
                "cyclical(0, 1, 10, 0.5) | 2.5  | 0.5",
                "cyclical(0, 1, 10, 0.5) | 7    | 1",
                "cyclical(0, 1, 10, 0.5) | 12.5 | 0.5",
                "cyclical(0, 1, 10, 1)   | 10   | 0",
                "sigmoid(0, 1, 10)       | 5    | 0.5",
                "sigmoid(0, 2, 10)       | 0    | 0.01338570185",
                "sigmoid(0, 2, 10)       | 10   | 1.98661429815",
                "cosine(1, 0, 8)         | 0    | 1",
                "cosine(1, 0, 8)         | 2    | 0.85355339059",
                "cosine(1, 0.5, 8)       | 4    | 0.75",
                "cosine(1, 0.5, 8)       | 9    | 0.5",
                "decay(1, 0.5, 10)       | 9.99 | 1",
                "decay(1, 0.5, 10)       | 10   | 0.5",
                "decay(1, 0.5, 10)       | 25   | 0.25"
            })
    void itsValueAtAnEpochIsTheFormulas(String schedule, double epoch, double value) {
        assertThat(Schedule.parse(schedule).at(epoch)).isCloseTo(value, within(1e-10));
    }

    /** Burda et al. (2016), section 5: 3^i epochs at 0.001 · 10^(−i/7), 3,280 in all. */
    @Test
    void burdasStagesEndWhereThePaperEndsThem() {
        Schedule burda = Schedule.parse("burda(0.001)");
        double end = 0;
        for (int i = 0; i < 8; i++) {
            double expected = 0.001 * Math.pow(10, -i / 7.0);
            assertThat(burda.at(end)).isCloseTo(expected, within(1e-15));
            end += Math.pow(3, i);
            assertThat(burda.at(end - 1e-6)).isCloseTo(expected, within(1e-15));
        }
        assertThat(end).isEqualTo(3280);
        assertThat(burda.at(5000)).isCloseTo(1e-4, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cosine(0.001, 0)  | cosine(0.001, 0, 40)",
                "linear(0, 1)      | linear(0, 1, 40)",
                "sigmoid(0, 1)     | sigmoid(0, 1, 40)",
                "cosine(1, 0, 8)   | cosine(1, 0, 8)",
                "cyclical(0,1,4,1) | cyclical(0, 1, 4, 1)",
                "decay(1, 0.5, 10) | decay(1, 0.5, 10)",
                "burda(0.001)      | burda(0.001)",
                "2                 | 2"
            })
    void anOpenLengthIsThatOfTheTraining(String open, String closed) {
        assertThat(Schedule.parse(open).over(40)).isEqualTo(Schedule.parse(closed));
    }

    @Test
    void aJumpIsAtTheEndOfItsEpochs() {
        Schedule jump = new Schedule.Jump(5, 1, 3);
        assertThat(jump.at(0)).isEqualTo(5);
        assertThat(jump.at(Math.nextDown(3.0))).isEqualTo(5);
        assertThat(jump.at(3)).isEqualTo(1);
        assertThat(jump.least()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "0.001",
                "0.0001",
                "linear(0, 1, 10)",
                "linear(0, 1)",
                "cyclical(0, 1, 10, 0.5)",
                "sigmoid(-1, 0.25, 3)",
                "sigmoid(0, 1)",
                "cosine(0.001, 0.0001, 20)",
                "cosine(0.001, 0.0001)",
                "decay(1, 0.5, 10)",
                "jump(5, 1, 3)",
                "burda(0.001)"
            })
    void itIsReadAsItIsWritten(String schedule) {
        assertThat(Schedule.parse(schedule)).hasToString(schedule);
        assertThat(Schedule.parse(" " + schedule.replace(" ", "") + " ")).hasToString(schedule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fast",
                "linear",
                "linear()",
                "linear(1)",
                "linear(0, 1, 2, 3)",
                "linear(0, one, 2)",
                "cosine(0, NaN)",
                "cosine(0, 1, Infinity)",
                "cosine(0, 1, 2",
                "burda(1, 2)"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Schedule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is no schedule; write a number, linear(from, to, epochs),");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear(0, 1, 0)", "sigmoid(0, 1, -1)", "cosine(0, 1, 0)", "cyclical(0, 1, 0, 1)"})
    void aLengthIsPositive(String schedule) {
        assertThatThrownBy(() -> Schedule.parse(schedule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'s length in epochs must be positive; got ");
    }

    @Test
    void aRampIsAFraction() {
        for (double ramp : new double[] {0, -1, 1.5}) {
            assertThatThrownBy(() -> new Schedule.Cyclical(0, 1, 10, ramp))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("cyclical's ramp is a fraction of its period, in (0, 1]; got " + ramp);
        }
    }
}
