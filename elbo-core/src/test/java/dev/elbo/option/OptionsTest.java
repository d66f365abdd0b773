package dev.elbo.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.objective.Schedule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    enum Family {
        NORMAL,
        LOGISTIC_MIXTURE
    }

    record Inner(@About("widths") List<Integer> hidden, Family family) {}

    record Outer(Inner inner, @About("β") Schedule beta, double rate, int count, long seed, boolean on, String text) {
        Outer {
            if (count < 0) {
                throw new IllegalArgumentException("counts are at least 0; got " + count);
            }
        }
    }

    private static final Outer VALUES = new Outer(
            new Inner(List.of(512, 256), Family.LOGISTIC_MIXTURE),
            Schedule.parse("linear(0, 1, 10)"),
            0.25,
            3,
            1L << 60,
            true,
            "a");

    private final Options<Outer> options = Options.of(VALUES);

    @Test
    void componentsOfComponentsAreOptionsBesideTheOthers() {
        assertThat(options.entries())
                .containsExactly(
                        new Options.Entry("hidden", "512,256", "widths"),
                        new Options.Entry("family", "logistic-mixture", ""),
                        new Options.Entry("beta", "linear(0, 1, 10)", "β"),
                        new Options.Entry("rate", "0.25", ""),
                        new Options.Entry("count", "3", ""),
                        new Options.Entry("seed", "1152921504606846976", ""),
                        new Options.Entry("on", "true", ""),
                        new Options.Entry("text", "a", ""));
        assertThat(options.has("hidden")).isTrue();
        assertThat(options.has("inner")).isFalse();
    }

    @Test
    void whatIsNotSetStays() {
        assertThat(options.with(Map.of())).isEqualTo(VALUES);
        assertThat(options.with(Map.of("hidden", " 7 , 8")).inner())
                .isEqualTo(new Inner(List.of(7, 8), Family.LOGISTIC_MIXTURE));
        assertThat(options.with(Map.of("hidden", "")).inner().hidden()).isEmpty();
    }

    @Test
    void jsonHoldsNumbersAsNumbersAndComesBackTheSame() {
        assertThat(options.toJson())
                .hasToString("{\"hidden\":[512,256],\"family\":\"logistic-mixture\",\"beta\":\"linear(0, 1, 10)\","
                        + "\"rate\":0.25,\"count\":3,\"seed\":1152921504606846976,\"on\":true,\"text\":\"a\"}");
        Outer other = new Outer(new Inner(List.of(), Family.NORMAL), Schedule.constant(1), 1, 0, 0, false, "");
        assertThat(Options.of(other).with(Options.texts(options.toJson()))).isEqualTo(VALUES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "family | Logistic_Mixture | logistic-mixture",
                "family | normal           | normal",
                "rate   | 1e-3             | 0.001",
                "rate   | -4               | -4",
                "rate   | 1e-4             | 0.0001",
                "rate   | 1e-12            | 1.0E-12",
                "rate   | 1e15             | 1.0E15",
                "on     | false            | false",
                "beta   | 2                | 2"
            })
    void valuesAreReadAsTheyAreUsuallyWritten(String name, String text, String written) {
        assertThat(Options.of(options.with(Map.of(name, text))).entries())
                .filteredOn(entry -> entry.name().equals(name))
                .extracting(Options.Entry::value)
                .containsExactly(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hiden  | 1      | unknown option 'hiden'; did you mean 'hidden'?",
                "inner  | 1      | unknown option 'inner'",
                "hidden | 1,,2   | hidden=1,,2: whole numbers with commas between them were expected",
                "count  | 1.5    | count=1.5: a whole number was expected",
                "count  | -1     | counts are at least 0; got -1",
                "on     | yes    | on=yes: write true or false",
                "family | cauchy | family=cauchy: choose one of normal, logistic-mixture",
                "beta   | slow   | beta=slow: 'slow' is no schedule; write a number"
            })
    void aNameOrValueThatCannotBeIsRefused(String name, String text, String message) {
        assertThatThrownBy(() -> options.with(Map.of(name, text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
