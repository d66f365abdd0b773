package dev.elbo.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.pronunciation.Markup;
import dev.elbo.pronunciation.Pronunciation;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceTest {
    private static List<Sentence> sentences(String text) {
        return Sentence.of(Markup.parse(text).read(Pronunciation.of("en")));
    }

    private static Sentence.Part part(String phones, double rate, double semitones) {
        return new Sentence.Part(List.of(phones.split(" ")), rate, semitones);
    }

    @Test
    void aTextIsCutAtTheEndsOfItsSentences() {
        assertThat(sentences("Go. Two, go!"))
                .containsExactly(
                        new Sentence(List.of(part("sil G OW1 sil", 1, 0)), 0),
                        new Sentence(List.of(part("sil T UW1 pau G OW1 sil", 1, 0)), 0));
    }

    @Test
    void aSentenceHasPartsInTheirManners() {
        assertThat(sentences("go <prosody rate=\"50%\" pitch=\"+2st\">two</prosody> go"))
                .containsExactly(new Sentence(
                        List.of(part("sil G OW1", 1, 0), part("T UW1", 0.5, 2), part("G OW1 sil", 1, 0)), 0));
    }

    @Test
    void aPauseEndsASentenceAndBelongsToIt() {
        assertThat(sentences("go <break time=\"1s\"/> two.<break time=\"2s\"/>"))
                .containsExactly(
                        new Sentence(List.of(part("sil G OW1 sil", 1, 0)), 1),
                        new Sentence(List.of(part("sil T UW1 sil", 1, 0)), 2));
    }

    @Test
    void aPauseBeforeAllElseSaysNothing() {
        assertThat(sentences("<break time=\"1s\"/>go").get(0)).isEqualTo(new Sentence(List.of(), 1));
    }
}
