package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhonesTest {
    private static final Tokeniser ENGLISH = Tokeniser.parse("phones(en)");

    @Test
    void aPhoneIsATokenAndSoIsWhatHasNoSound() {
        assertThat(ENGLISH.split("two, 2")).containsExactly("sil", "T", "UW1", "pau", "T", "UW1", "sil");
        assertThat(ENGLISH.split("two 世 two")).containsExactly("sil", "T", "UW1", "<unk>", "T", "UW1", "sil");
        assertThat(ENGLISH.split("世")).isEmpty();
        assertThat(ENGLISH.join(List.of("sil", "T", "UW1", "sil"))).isEqualTo("sil T UW1 sil");
    }

    @Test
    void aVocabularyHasEveryPhoneInTheOrderOfTheAlphabet() {
        Vocabulary vocabulary = ENGLISH.vocabulary(Map.of("sil", 9L, "T", 1L, "UW1", 5L, "<unk>", 3L), 100, 2);

        assertThat(vocabulary.words().stream().map(Vocabulary.Word::text)).containsExactly("T", "UW1", "sil");
        assertThat(vocabulary.decode(vocabulary.encode("two 世"))).isEqualTo("sil T UW1 <unk> sil");
    }

    @Test
    void aRunKeepsTheWordsOfItsLexicon(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("own.txt"), "two T OW1\n");
        Tokeniser own = Tokeniser.parse("phones(en, " + file + ")");
        Vocabulary vocabulary = own.vocabulary(Map.of("sil", 2L, "T", 1L, "OW1", 1L), 100, 1);
        DataSpec written = new DataSpec("digits", Map.of("text", new Field.Tokens(vocabulary, 9)), "");

        DataSpec opened = DataSpec.of(written.toJson());
        Files.delete(file);
        Tokeniser again = ((Field.Tokens) opened.field("text")).vocabulary().tokeniser();

        assertThat(again.split("2")).containsExactly("sil", "T", "OW1", "sil");
        assertThat(again).isEqualTo(own).isNotEqualTo(ENGLISH);
        assertThat(DataSpec.of(opened.toJson())).isEqualTo(opened);
    }

    @Test
    void aLexiconIsReadWhenItIsUsed() {
        Tokeniser absent = Tokeniser.parse("phones(en, absent.txt)");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> absent.split("two"))
                .withMessageMatching(
                        "the lexicon .*absent.txt cannot be read .*; give a file with a word and its phones on"
                                + " each line");
    }

    @Test
    void aSettingThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokeniser.parse("phones"))
                .withMessage("write phones(en), or phones(en, lexicon.txt) with words of your own; got 'phones'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokeniser.parse("phones(xx)"))
                .withMessageStartingWith("unknown language 'xx'");
    }

    @Test
    void sentencesOfPhonesMayBeLongerWhereNothingIsSaidOfThat() {
        Reading standard = Reading.standard();

        assertThat(standard.tokens(ENGLISH).longest()).isEqualTo(200);
        assertThat(standard.texts(40, 100, 1).tokens(ENGLISH).longest()).isEqualTo(40);
        assertThat(Stream.of(Tokeniser.WORDS, Tokeniser.JIEBA)
                        .map(words -> standard.tokens(words).longest()))
                .containsOnly(30);
    }
}
