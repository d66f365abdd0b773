package dev.elbo.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.elbo.objective.Schedule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
    void enumsAndTruthValuesHaveChoicesAndOthersNone() {
        assertThat(options.choices("family")).contains("logistic-mixture").doesNotHaveDuplicates();
        assertThat(options.choices("on")).containsExactly("false", "true");
        assertThat(options.choices("beta")).isEmpty();
        assertThat(options.choices("nothing")).isEmpty();
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

    record Networks(@About("of z") int latents, List<Integer> hidden) {}

    record Merged(Networks networks, Networks prior) {}

    record Apart(Networks networks, @Prefixed("prior") Inside prior) {}

    record Inside(
            @About("its own") int latents, @Prefixed("flow") Networks flow) {}

    private static final Networks NETWORKS = new Networks(20, List.of(512));

    @Test
    void twoOptionsOfOneNameAreRefusedAndNotMerged() {
        assertThatThrownBy(() -> Options.of(new Merged(NETWORKS, NETWORKS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two options of Merged have the name 'latents': rename one, or put @Prefixed on the"
                        + " component whose options are to have another");
    }

    @Test
    void thePrefixOfAGroupKeepsItsOptionsApart() {
        Options<Apart> apart = Options.of(new Apart(NETWORKS, new Inside(3, new Networks(4, List.of()))));
        assertThat(apart.entries())
                .containsExactly(
                        new Options.Entry("latents", "20", "of z"),
                        new Options.Entry("hidden", "512", ""),
                        new Options.Entry("prior.latents", "3", "its own"),
                        new Options.Entry("prior.flow.latents", "4", "of z"),
                        new Options.Entry("prior.flow.hidden", "", ""));
        Apart changed = apart.with(Map.of("latents", "1", "prior.latents", "2", "prior.flow.hidden", "8,9"));
        assertThat(changed)
                .isEqualTo(new Apart(new Networks(1, List.of(512)), new Inside(2, new Networks(4, List.of(8, 9)))));
        assertThat(Options.of(changed).toJson())
                .hasToString("{\"latents\":1,\"hidden\":[512],\"prior.latents\":2,\"prior.flow.latents\":4,"
                        + "\"prior.flow.hidden\":[8,9]}");
        assertThat(apart.with(Options.texts(Options.of(changed).toJson()))).isEqualTo(changed);
        assertThatThrownBy(() -> apart.with(Map.of("prior.latent", "1")))
                .hasMessageStartingWith("unknown option 'prior.latent'; did you mean 'prior.latents'?");
    }

    sealed interface Prior {
        static Prior parse(String text) {
            if (text.equals("standard")) {
                return new Standard();
            }
            if (text.matches("vamp\\(\\d+\\)")) {
                return new Vamp(Integer.parseInt(text.replaceAll("\\D", "")));
            }
            throw new IllegalArgumentException("'" + text + "' is no prior; write standard or vamp(500)");
        }
    }

    record Standard() implements Prior {
        @Override
        public String toString() {
            return "standard";
        }
    }

    record Vamp(int components) implements Prior {
        @Override
        public String toString() {
            return "vamp(" + components + ")";
        }
    }

    record WithPrior(Prior prior) {}

    @Test
    void kindsOfASealedInterfaceAreReadByItsParse() {
        Options<WithPrior> standard = Options.of(new WithPrior(new Standard()));
        WithPrior vamp = standard.with(Map.of("prior", "vamp(500)"));
        assertThat(vamp.prior()).isEqualTo(new Vamp(500));
        assertThat(Options.of(vamp).toJson()).hasToString("{\"prior\":\"vamp(500)\"}");
        assertThatThrownBy(() -> standard.with(Map.of("prior", "flow")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prior=flow: 'flow' is no prior; write standard or vamp(500)");
    }

    record Unreadable(int count) {
        static Unreadable parse(String text) {
            return new Unreadable(Integer.parseInt(text));
        }
    }

    record Written(Unreadable way) {}

    @Test
    void aValueThatWouldNotComeBackFromAConfigurationIsRefused() {
        assertThatThrownBy(() -> Options.of(new Written(new Unreadable(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'way' of Written is written as 'Unreadable[count=3]', which is not read as the same; let"
                        + " toString() write what parse(String) reads");
    }

    record Texts(List<String> names) {}

    record Numbers(List<Double> rates) {}

    record Real(float rate) {}

    record Single(@Prefixed("a") int count) {}

    @ParameterizedTest
    @MethodSource("noOptions")
    void whatCannotBeAnOptionIsRefusedBeforeAnybodySetsIt(Record record, String problem) {
        assertThatThrownBy(() -> Options.of(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(problem);
    }

    static Stream<Arguments> noOptions() {
        String kinds = ", which is no option: take int, long, double, boolean, String, an enum, List<Integer>, a record"
                + " of options, or a type with a static parse(String)";
        return Stream.of(
                arguments(new Texts(List.of()), "'names' of Texts is a java.util.List<java.lang.String>" + kinds),
                arguments(new Numbers(List.of()), "'rates' of Numbers is a java.util.List<java.lang.Double>" + kinds),
                arguments(new Real(1), "'rate' of Real is a float" + kinds),
                arguments(
                        new Single(1), "'count' of Single is a single option, and @Prefixed is for a record of them"));
    }
}
