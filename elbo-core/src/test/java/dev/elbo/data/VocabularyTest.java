package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private final Vocabulary vocabulary =
            Vocabulary.of(Stream.of("b", "a", "c", "c", "b", "rare", "<unk>", "<unk>", "a", "c"), 10, 2);

    @Test
    void mostFrequentWordsComeFirstAndThenTheAlphabet() {
        assertThat(vocabulary.words())
                .containsExactly(new Vocabulary.Word("c", 3), new Vocabulary.Word("a", 2), new Vocabulary.Word("b", 2));
        assertThat(vocabulary.size()).isEqualTo(7);
        assertThat(vocabulary).hasToString("3 words");
    }

    @Test
    void sentenceIsStoredWithItsEndAndWithoutABeginning() {
        assertThat(vocabulary.encode("C rare a")).containsExactly(4, Vocabulary.UNKNOWN, 5, Vocabulary.END);
    }

    /** As the words of a sentence that a model wrote, or that was decoded. */
    @Test
    void whatIsWrittenForAnUnknownWordIsReadAsOne() {
        long known = vocabulary.id("a");

        assertThat(vocabulary.splitWritten("a <unk>a.")).containsExactly("a", "<unk>", "a", ".");
        assertThat(vocabulary.encodeWritten(vocabulary.decode(known, Vocabulary.UNKNOWN, known, Vocabulary.END)))
                .containsExactly(known, Vocabulary.UNKNOWN, known, Vocabulary.END);
        assertThat(vocabulary.encode("<unk>")).hasSize(4);
    }

    @Test
    void decodingEndsWithTheSentence() {
        assertThat(vocabulary.decode(Vocabulary.BEGIN, 4, 1, 5, Vocabulary.END, 6))
                .isEqualTo("c <unk> a");
        assertThat(vocabulary.decode(4, Vocabulary.PADDING, 5)).isEqualTo("c");
        assertThat(vocabulary.decode()).isEmpty();
    }

    @Test
    void everyTokenIsWritten() {
        assertThat(Stream.iterate(0L, id -> id < 7, id -> id + 1).map(vocabulary::word))
                .containsExactly("<pad>", "<unk>", "<s>", "</s>", "c", "a", "b");
    }

    @Test
    void onlySoManyWordsAreKept() {
        assertThat(Vocabulary.of(Stream.of("a", "b", "b"), 1, 1).words()).containsExactly(new Vocabulary.Word("b", 2));
    }

    @Test
    void vocabulariesOfTheSameWordsAreEqual() {
        assertThat(new Vocabulary(vocabulary.words())).isEqualTo(vocabulary).hasSameHashCodeAs(vocabulary);
        assertThat(new Vocabulary(vocabulary.words().subList(0, 2))).isNotEqualTo(vocabulary);
    }

    @Test
    void wordThatCannotBeToldFromAnotherIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vocabulary(List.of(new Vocabulary.Word("a", 1), new Vocabulary.Word("a", 1))))
                .withMessage("a vocabulary has different words, none of them blank or one of [<pad>, <unk>, <s>, </s>];"
                        + " got 'a' twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vocabulary(List.of(new Vocabulary.Word("<s>", 1))))
                .withMessageEndingWith("got '<s>'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vocabulary.of(Stream.of("a"), 10, 2))
                .withMessage("a vocabulary has at least one word");
    }
}
