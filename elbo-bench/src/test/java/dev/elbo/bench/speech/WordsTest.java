package dev.elbo.bench.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Units, their best path, and how far transcripts are from what was said. */
class WordsTest {
    private static final Units UNITS = new Units(List.of("a", "b"));

    @Test
    void repeatsAreOneUnitAndBlanksAreNone() {
        assertThat(UNITS.bestPath(0, 1, 1, 0, 2, 2, 2, 0)).containsExactly("a", "b");
        assertThat(UNITS.bestPath(1, 2, 1)).containsExactly("a", "b", "a");
        assertThat(UNITS.bestPath(0, 0)).isEmpty();
        assertThat(UNITS.bestPath()).isEmpty();
    }

    @Test
    void aBlankPartsTwoUnitsThatAreTheSame() {
        assertThat(UNITS.bestPath(1, 0, 1)).containsExactly("a", "a");
        assertThat(UNITS.bestPath(1, 1)).containsExactly("a");
        assertThat(Units.steps(List.of("a", "a", "b"))).isEqualTo(4);
        assertThat(Units.steps(List.of())).isZero();
    }

    @Test
    void aWordThatIsNoUnitIsNamed() {
        assertThat(UNITS.numbers(List.of("b", "a"))).containsExactly(2, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UNITS.numbers(List.of("c")))
                .withMessageContaining("'c'")
                .withMessageContaining("[a, b]");
    }

    @Test
    void aDistanceCountsInsertionsDeletionsAndReplacements() {
        assertThat(EditDistance.of(letters("kitten"), letters("sitting"))).isEqualTo(3);
        assertThat(EditDistance.of(letters(""), letters("abc"))).isEqualTo(3);
        assertThat(EditDistance.of(letters("abc"), letters(""))).isEqualTo(3);
        assertThat(EditDistance.of(letters("abc"), letters("abc"))).isZero();
        assertThat(EditDistance.of(letters("flaw"), letters("lawn")))
                .isEqualTo(EditDistance.of(letters("lawn"), letters("flaw")))
                .isEqualTo(2);
    }

    @Test
    void anErrorRateIsEditsForEachUnitThatWasSaid() {
        ErrorRate errors =
                ErrorRate.of(List.of(List.of("two", "seven"), List.of("one")), List.of(List.of("two"), List.of("one")));
        assertThat(errors).isEqualTo(new ErrorRate(1, 3, 1, 2));
        assertThat(errors.accuracy()).isEqualTo(0.5);
        assertThat(errors.rate()).isEqualTo(1.0 / 3);
    }

    private static List<String> letters(String word) {
        return word.isEmpty() ? List.of() : List.of(word.split(""));
    }
}
