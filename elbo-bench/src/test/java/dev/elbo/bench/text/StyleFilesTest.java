package dev.elbo.bench.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StyleFilesTest {
    private static final List<String> STYLES = List.of("down", "up");
    private static final StyledSentences SENTENCES =
            new StyledSentences(List.of(List.of("a"), List.of("b"), List.of("c")), List.of(1, 0, 1), STYLES);

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void filesAreToldApartByStyleAndSeries() throws IOException {
        write("reference0.0", "x\n");
        write("reference0.up", "y\nz");
        write("test.0-1.tsf", "not one of a style\n");

        assertThat(StyleFiles.read(folder, STYLES))
                .isEqualTo(Map.of("reference0", List.of(List.of("x"), List.of("y", "z"))));
    }

    @Test
    void linesAreBroughtIntoTheOrderOfSentences() throws IOException {
        write("out.0.txt", "bb\n");
        write("out.1.txt", "aa\ncc\n");

        assertThat(StyleFiles.aligned(folder, SENTENCES)).isEqualTo(Map.of("out.txt", List.of("aa", "bb", "cc")));
    }

    @Test
    void columnsOfAFileAreReferences() throws IOException {
        write("references.tsv", "a1\ta2\nb1\tb2\nc1\tc2\n");

        assertThat(StyleFiles.aligned(folder.resolve("references.tsv"), SENTENCES))
                .isEqualTo(Map.of(
                        "references.tsv, column 1", List.of("a1", "b1", "c1"),
                        "references.tsv, column 2", List.of("a2", "b2", "c2")));
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(() -> StyleFiles.read(folder, STYLES))
                .withMessageContaining("has no file of a style");
        write("out.0", "bb\n");
        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(() -> StyleFiles.read(folder, STYLES))
                .withMessageContaining("has out of down alone; the styles are down, up");
        write("out.1", "aa\n");
        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(() -> StyleFiles.aligned(folder, SENTENCES))
                .withMessageContaining("has 1 lines in out of style up for 2 sentences");
    }

    @Test
    void anUnknownWordIsOneWord() {
        SentenceWords words = new SentenceWords(new Vocabulary(List.of(new Vocabulary.Word("good", 1))));

        assertThat(words.split("The <unk> is <unk>, good")).containsExactly("the", "<unk>", "is", "<unk>", ",", "good");
    }
}
