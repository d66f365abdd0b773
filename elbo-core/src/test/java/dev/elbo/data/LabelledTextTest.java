package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledTextTest {
    private static final Reading SHORT = Reading.standard().texts(4, 10, 1);

    @TempDir
    Path folder;

    @Test
    void eachRowIsASentenceWithItsLabel() throws IOException {
        DataSource source = open(write("a.tsv", "\ufeffid\tText\tLABEL\r\n1\tgood \"food\tup\r\n\r\n2\tbad\tdown\r\n"));

        assertThat(source.spec().field("label")).isEqualTo(new Field.Category(List.of("down", "up")));
        assertThat(source.train().field("label").toHost().toLongs()).containsExactly(1, 0);
        assertThat(sentences(source)).containsExactly("good \"food", "bad");
    }

    @Test
    void cellsOfACsvFileMayHoldCommas() throws IOException {
        DataSource source = open(write("a.csv", "y,sentence\nup,\"good, good\"\ndown,bad\n"));

        assertThat(sentences(source)).containsExactly("good, good", "bad");
    }

    @Test
    void withoutALabelThereAreSentencesAlone() throws IOException {
        assertThat(open(write("a.tsv", "text\nthe end\n")).spec().fields()).containsOnlyKeys("text");
    }

    @Test
    void labelsOfSentencesThatAreLeftOutAreLeftOut() throws IOException {
        DataSource source = open(write("a.tsv", "text\tlabel\na b c d e\tlong\n\tnone\na\tshort\n"));

        assertThat(source.spec().field("label")).isEqualTo(new Field.Category(List.of("short")));
        assertThat(source.notes())
                .startsWith("lines without words, left out: 1", "sentences of more than 4 words, left out: 1 of 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "review", "sentence"})
    void aColumnOfNumbersIsNoText(String name) throws IOException {
        DataSource source = open(write("n.csv", "x," + name + "\n1,2\n3,-4.5e1\n5,6\n"));

        assertThat(source.spec().fields()).containsOnlyKeys("row");
    }

    @Test
    void aRaggedRowIsNamed() throws IOException {
        Path file = write("a.tsv", "text\tlabel\na\tup\n\nb\n");

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(file + ", line 4 has 1 cells, and the first line names 2 columns."
                        + " Give each row as many cells as there are columns.");
    }

    @Test
    void aSentenceWithoutALabelIsNamed() throws IOException {
        Path file = write("a.tsv", "text\tlabel\na\tup\nb\t\n");

        assertThatThrownBy(() -> open(file)).hasMessageStartingWith(file + ", line 3 has no label.");
    }

    @Test
    void aLineThatIsNotUtf8IsNamed() throws IOException {
        Path file = folder.resolve("a.tsv");
        Files.write(file, "text\tlabel\ncafé\tup\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> open(file)).hasMessage(file + ", line 2 is not UTF-8. Save the file as UTF-8.");
    }

    @Test
    void aFirstLineAloneIsRefused() throws IOException {
        Path file = write("a.tsv", "text\tlabel\n");

        assertThatThrownBy(() -> open(file)).hasMessageStartingWith(file + " has no sentence.");
    }

    @Test
    void aFolderHasItsSplits() throws IOException {
        write("train.tsv", "text\tlabel\na\tup\nb\tdown\n");
        write("test.csv", "label,text\nup,b\n");
        DataSource source = open(folder);

        assertThat(source.train().size()).isEqualTo(2);
        assertThat(source.test().orElseThrow().field("label").toHost().toLongs())
                .containsExactly(1);
    }

    @Test
    void aPairIsASentenceAndWhatItStandsFor() throws IOException {
        DataSource source =
                open(write("p.tsv", "target\tlabel\tsource\nyou\told\tthou\nb\told\ta b c d e\nit is\tnew\t'tis\n"));
        Field.Tokens context = (Field.Tokens) source.spec().field("context");

        assertThat(source.spec().fields()).containsOnlyKeys("context", "text", "label");
        assertThat(sentences(source)).containsExactly("you", "it is");
        assertThat(context.vocabulary()
                        .decode(source.train().field("context").rows(0, 1).toLongs()))
                .isEqualTo("thou");
        assertThat(source.spec().field("label").names()).containsExactly("new", "old");
        assertThat(source.notes()).startsWith("sentences of more than 4 words, left out: 1 of 3");
    }

    @Test
    void splitsOfPairsAreAllPairs() throws IOException {
        write("train.tsv", "source\ttarget\na\tb\n");
        Path test = write("test.tsv", "text\na\n");

        assertThatThrownBy(() -> open(folder)).hasMessageStartingWith(test + " has no column 'source'.");
    }

    @Test
    void tablesHaveNoTurns() throws IOException {
        Path file = write("a.tsv", "text\na\n");

        assertThatThrownBy(() -> DataCatalog.standard()
                        .open(file.toString(), new DataCache(folder, Optional.empty(), event -> {}), SHORT.turns(3)))
                .hasMessage("turns=3 is for dialogues in .txt files; leave it out for '" + file + "'");
    }

    @Test
    void aLabelThatNoSentenceToLearnFromHasIsNamed() throws IOException {
        write("train.tsv", "text\tlabel\na\tup\nb\tdown\n");
        write("test.tsv", "text\tlabel\na\taside\n");

        assertThatThrownBy(() -> open(folder)).hasMessageContaining("has the label 'aside'");
    }

    private static List<String> sentences(DataSource source) {
        Field.Tokens tokens = (Field.Tokens) source.spec().field("text");
        long[] ids = source.train().field("text").toHost().toLongs();
        return IntStream.range(0, ids.length / tokens.longest())
                .mapToObj(row -> Arrays.copyOfRange(ids, row * tokens.longest(), (row + 1) * tokens.longest()))
                .map(tokens.vocabulary()::decode)
                .toList();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private DataSource open(Path path) throws IOException {
        DataCache cache = new DataCache(folder.resolve("cache"), Optional.empty(), event -> {});
        return DataCatalog.standard().open(path.toString(), cache, SHORT);
    }
}
