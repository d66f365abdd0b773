package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    private static final Reading SHORT = Reading.standard().texts(4, 10, 1);

    @TempDir
    Path folder;

    @Test
    void eachLineIsASentence() throws IOException {
        DataSource source = open(write("tales.txt", "\ufeffThe end.\r\n\nWe saw the end!\n"), SHORT);
        Field.Tokens tokens = (Field.Tokens) source.spec().field("text");

        assertThat(source.spec().name()).isEqualTo("tales.txt");
        assertThat(tokens.longest()).isEqualTo(4);
        assertThat(source.train().field("text")).hasToString("INT64 [1, 4]");
        assertThat(source.train().lengths("text")).containsExactly(4);
        assertThat(tokens.vocabulary()
                        .decode(source.train().field("text").toHost().toLongs()))
                .isEqualTo("the end.");
        assertThat(source.test()).isEmpty();
        assertThat(source.notes())
                .containsExactly(
                        "lines without words, left out: 1",
                        "sentences of more than 4 words, left out: 1 of 2",
                        "3 words in the vocabulary; others, read as <unk>: 0.0 % of the text");
    }

    @Test
    void shorterSentencesArePaddedBehindTheirEnd() throws IOException {
        DataSource source = open(write("tales.txt", "a b c\na"), SHORT);

        assertThat(source.train().field("text").toHost().toLongs())
                .containsExactly(4, 5, 6, Vocabulary.END, 4, Vocabulary.END, Vocabulary.PADDING, Vocabulary.PADDING);
        assertThat(source.train().lengths("text")).containsExactly(4, 2);
    }

    @Test
    void folderHasItsSplits() throws IOException {
        write("train.txt", "a b\na b");
        write("valid.txt", "a");
        write("test.txt", "b\nc");
        DataSource source = open(folder, SHORT);

        assertThat(source.train().size()).isEqualTo(2);
        assertThat(source.validation().orElseThrow().size()).isEqualTo(1);
        assertThat(source.test().orElseThrow().field("text").toHost().toLongs())
                .containsExactly(5, Vocabulary.END, 0, Vocabulary.UNKNOWN, Vocabulary.END, 0);
    }

    @Test
    void lineThatIsNotUtf8IsNamed() throws IOException {
        Path file = folder.resolve("latin.txt");
        Files.write(file, "one\ncafé\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> open(file, SHORT))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(file + ", line 2 is not UTF-8. Save the file as UTF-8.");
    }

    @Test
    void lineThatNeverEndsIsNamed() throws IOException {
        Path file = write("long.txt", "a ".repeat(1 << 20));

        assertThatThrownBy(() -> open(file, SHORT)).hasMessageContaining("line 1 is longer than a MiB");
    }

    @Test
    void fileWithoutSentencesIsRefused() throws IOException {
        Path empty = write("empty.txt", "");
        Path tooLong = write("long.txt", "one two three four five");

        assertThatThrownBy(() -> open(empty, SHORT))
                .hasMessage(empty + " has no sentence. Give a text file with a sentence on each line.");
        assertThatThrownBy(() -> open(tooLong, SHORT))
                .hasMessage(tooLong + " has no sentence of at most 4 words; lines that are longer: 1."
                        + " Give a text file with a sentence on each line.");
    }

    @Test
    void textWhoseWordsAllDifferIsRefused() throws IOException {
        Path file = write("names.txt", "ada\nbob\n");

        assertThatThrownBy(() -> open(file, Reading.standard()))
                .hasMessage(file + " has no word that occurs 2 times. Give a longer text, or set minCount=1.");
    }

    @Test
    void textHasNoImageSize() throws IOException {
        Path file = write("tales.txt", "a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(file, SHORT.imageSize(ImageSize.square(32))))
                .withMessageEndingWith("'" + file + "' is none");
    }

    @Test
    void optionsArePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reading.standard().texts(0, 10, 1))
                .withMessage(
                        "a text has sentences of up to 0 words, and 10 different words that occur 1 times: all must be"
                                + " positive");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private DataSource open(Path path, Reading options) throws IOException {
        DataCache cache = new DataCache(folder.resolve("cache"), Optional.empty(), event -> {});
        return DataCatalog.standard().open(path.toString(), cache, options);
    }
}
