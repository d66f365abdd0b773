package dev.elbo.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.option.Form;
import dev.elbo.posterior.PosteriorKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PriorKindTest {
    static List<Form<PriorKind>> priors() {
        return PriorKind.forms();
    }

    static List<Form<PosteriorKind>> posteriors() {
        return PosteriorKind.forms();
    }

    @ParameterizedTest
    @MethodSource("priors")
    void whatIsWrittenIsReadAgain(Form<PriorKind> form) {
        String text = form.standard().toString();
        assertThat(PriorKind.parse(text)).isEqualTo(form.standard()).hasToString(text);
        assertThat(PriorKind.parse(" " + form.name() + " ")).isEqualTo(form.standard());
        if (text.contains("(")) {
            String other = form.name() + "(7)";
            assertThat(PriorKind.parse(other)).hasToString(other);
        }
    }

    @ParameterizedTest
    @MethodSource("posteriors")
    void soIsAPosterior(Form<PosteriorKind> form) {
        String text = form.standard().toString();
        assertThat(PosteriorKind.parse(text)).isEqualTo(form.standard()).hasToString(text);
        assertThat(PosteriorKind.parse(form.name())).isEqualTo(form.standard());
    }

    @ParameterizedTest
    @MethodSource("posteriors")
    void besideEveryPosteriorSomePriorsStandAndAllOthersAreRefusedWithTheirNames(Form<PosteriorKind> form) {
        PosteriorKind posterior = form.standard();
        List<PriorKind> fitting = PriorKind.forms().stream()
                .map(Form::standard)
                .filter(prior -> prior.fits(posterior))
                .toList();
        assertThat(fitting).isNotEmpty();
        for (Form<PriorKind> prior : PriorKind.forms()) {
            if (fitting.contains(prior.standard())) {
                prior.standard().requireBeside(posterior);
            } else {
                assertThatThrownBy(() -> prior.standard().requireBeside(posterior))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("posterior=" + posterior)
                        .hasMessageMatching("(?s).*[sS]et .*prior=.*");
            }
        }
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
                "gauss     | choose one of normal, learned, mixture(10), vamp(500), flow(4), maf(4)",
                "vampp(3)  | did you mean 'vamp'? Choose one of normal, learned, mixture(10), vamp(500), flow(4), maf(4)",
                "flow(4    | did you mean 'flow'? Choose one of normal, learned, mixture(10), vamp(500), flow(4), maf(4)",
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
                .hasMessageStartingWith(message);
    }

    @Test
    void whatIsNoPosteriorIsRefusedAndThePosteriorsAreNamed() {
        assertThatThrownBy(() -> PosteriorKind.parse("ifa(2)"))
                .hasMessageStartingWith("did you mean 'iaf'? Choose one of normal, full, low-rank(3), iaf(2), ");
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
