package dev.elbo.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.posterior.PosteriorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriorKindTest {
    @ParameterizedTest
    @ValueSource(strings = {"normal", "vamp(500)", "vamp(3)", "flow(4)", "flow(1)", "fitted"})
    void whatIsWrittenIsReadAgain(String text) {
        assertThat(PriorKind.parse(text)).hasToString(text);
        assertThat(PriorKind.parse(text)).isEqualTo(PriorKind.parse(" " + text + " "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal", "iaf(2)", "iaf(1)", "point", "sigmoid-point"})
    void soIsAPosterior(String text) {
        assertThat(PosteriorKind.parse(text)).hasToString(text);
    }

    @Test
    void aNameAloneHasTheUsualNumber() {
        assertThat(PriorKind.parse("vamp")).hasToString("vamp(500)");
        assertThat(PriorKind.parse("flow")).hasToString("flow(4)");
        assertThat(PosteriorKind.parse("iaf")).hasToString("iaf(2)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "gauss     | choose one of normal, vamp(500), flow(4), fitted",
                "vampp(3)  | did you mean 'vamp'? Choose one of normal, vamp(500), flow(4), fitted",
                "flow(4    | did you mean 'flow'? Choose one of normal, vamp(500), flow(4), fitted",
                "flow(x)   | 'flow' takes a whole number, and got 'x'; write flow(4)",
                "flow(1.5) | 'flow' takes a whole number, and got '1.5'; write flow(4)",
                "flow()    | 'flow' takes a whole number, and got ''; write flow(4)",
                "normal(2) | 'normal' takes no number; write normal",
                "flow(0)   | a flow has one layer or more; got flow(0)",
                "vamp(-1)  | a VampPrior has one pseudo-input or more; got vamp(-1)"
            })
    void whatIsNoPriorIsRefusedAndThePriorsAreNamed(String text, String message) {
        assertThatThrownBy(() -> PriorKind.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void whatIsNoPosteriorIsRefusedAndThePosteriorsAreNamed() {
        assertThatThrownBy(() -> PosteriorKind.parse("ifa(2)"))
                .hasMessage("did you mean 'iaf'? Choose one of normal, iaf(2), point, sigmoid-point");
        assertThatThrownBy(() -> PosteriorKind.parse("iaf(0)")).hasMessage("a flow has one step or more; got iaf(0)");
    }

    @Test
    void aMixtureOfPosteriorsNeedsTheirDensity() {
        PosteriorKind iaf = PosteriorKind.parse("iaf(2)");
        assertThatThrownBy(() -> PriorKind.parse("vamp(3)").requireBeside(iaf))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a VampPrior is a mixture of posteriors, whose density it needs for every value;"
                        + " posterior=iaf(2) knows that of its own samples alone. Set posterior=normal, or"
                        + " prior=flow(4)");
        assertThatCode(() -> PriorKind.parse("flow(4)").requireBeside(iaf)).doesNotThrowAnyException();
        assertThatCode(() -> PriorKind.parse("vamp(3)").requireBeside(PosteriorKind.parse("normal")))
                .doesNotThrowAnyException();
    }
}
