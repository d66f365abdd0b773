package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @Test
    void punctuationAndEndingsAreSplitOff() {
        assertThat(Words.of("\"Don't stop,\" said Mr. J. Hall (he'd left)!"))
                .containsExactly(
                        "\"", "do", "n't", "stop", ",", "\"", "said", "mr.", "j.", "hall", "(", "he", "'d", "left", ")",
                        "!");
    }

    @Test
    void numbersAbbreviationsAndHyphenatedWordsStayWhole() {
        assertThat(Words.of("The U.S. paid $1,000.50 at 10:30 for hard-fought o'clock--yes..."))
                .containsExactly(
                        "the",
                        "u.s.",
                        "paid",
                        "$",
                        "1,000.50",
                        "at",
                        "10:30",
                        "for",
                        "hard-fought",
                        "o'clock",
                        "--",
                        "yes",
                        "...");
    }

    @Test
    void typographicMarksAreThoseOfATypewriter() {
        assertThat(Words.of("“It’s” — ``no''")).isEqualTo(Words.of("\"It's\" -- \"no\""));
    }

    @Test
    void accentsOnTheirLettersAreTheSameAsBesideThem() {
        assertThat(Words.of("Cafe\u0301")).isEqualTo(Words.of("Café")).containsExactly("café");
    }

    @Test
    void chineseAndJapaneseCharactersAreWords() {
        List<String> words = Words.of("今天、很好。OK です");

        assertThat(words).containsExactly("今", "天", "、", "很", "好", "。", "ok", "で", "す");
        assertThat(Words.join(words)).isEqualTo("今天、很好。ok です");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"do n't\", said mr. hall.",
                "the boys' dogs didn't bark: it's 3.5% of $20 (or more)!",
                "she said, 'hello', and left -- he wouldn't, and/or couldn't.",
                "\"yes!\" \"no?\"",
                "it may have begun before and end here\".",
                "they've got 'em; we'll see...",
            })
    void whatWasSplitIsJoinedAsItIsUsuallyWritten(String sentence) {
        String once = Words.join(Words.of(sentence));

        assertThat(once).isEqualTo(sentence.replace("do n't", "don't"));
        assertThat(Words.of(once)).isEqualTo(Words.of(sentence));
    }

    @Test
    void lineOfOneEndlessWordNeedsNoEndlessStack() {
        assertThat(Words.of("a".repeat(200_000))).hasSize(1);
        assertThat(Words.of("1,".repeat(200_000))).hasSize(2);
        assertThat(Words.of("a-".repeat(200_000))).hasSize(2);
        assertThat(Words.of("a.".repeat(200_000))).hasSize(1);
        assertThat(Words.of("e\u0301\u0302".repeat(100_000))).hasSize(1);
    }

    @Test
    void lineOfSpacesAndControlCharactersHasNoWords() {
        assertThat(Words.of(" \t\u0000\u200b")).isEmpty();
    }
}
