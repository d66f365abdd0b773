package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialoguesTest {
    private static final Reading TWO =
            Reading.standard().texts(4, 100, 1).turns(2).tokens(Tokeniser.SPACES);

    @TempDir
    Path folder;

    @Test
    void eachTurnButTheFirstIsAnAnswerToThoseBeforeIt() throws IOException {
        DataSource source = open(write("talk.txt", "hi\nhello you\nbye\nso long\n\n\nwho\nme"), TWO);

        assertThat(source.spec().fields()).containsOnlyKeys("context", "text");
        assertThat(dialogues(source, source.train()))
                .containsExactly("[hi] → [hello you]", "[hi, hello you] → [bye]", "[hello you, bye] → [so long]");
        assertThat(dialogues(source, source.validation().orElseThrow())).containsExactly("[<unk>] → [<unk>]");
        assertThat(source.notes()).contains("one dialogue of 20 is held out for validation, with all its turns");
    }

    @Test
    void contextAndAnswerHaveOneVocabularyAndTheContextRoomForAllTurns() throws IOException {
        DataSpec spec = open(write("talk.txt", "hi\nhello you"), TWO).spec();

        assertThat(tokens(spec, "context").vocabulary())
                .isSameAs(tokens(spec, "text").vocabulary());
        assertThat(tokens(spec, "context").longest()).isEqualTo(10);
        assertThat(tokens(spec, "text").longest()).isEqualTo(3);
        assertThat(DataSpec.of(spec.toJson())).isEqualTo(spec);
    }

    @Test
    void aTurnThatIsTooLongIsNoAnswerAndItsBeginningIsContext() throws IOException {
        DataSource source = open(write("talk.txt", "hi\na b c d e\nbye\n"), TWO);

        assertThat(dialogues(source, source.train())).containsExactly("[hi, a b c d] → [bye]");
        assertThat(source.notes())
                .contains("turns of more than 4 words: 1; they are no answers, and their first 4 words are context");
    }

    @Test
    void dialoguesOfOneTurnAreToldAndAFileOfThemRefused() throws IOException {
        assertThat(open(write("talk.txt", "alone\n\nhi\nbye\n\nalone too\n"), TWO)
                        .notes())
                .contains("dialogues of one turn, which have no answer, left out: 2");
        Path alone = write("alone.txt", "alone\n\nalone too\n");
        assertThatThrownBy(() -> open(alone, TWO))
                .hasMessage(
                        alone + " has no answer. Give dialogues of two turns or more, a turn on each line, and a blank"
                                + " line between dialogues.");
    }

    @Test
    void aLineMayBeADialogueAndItsTurnsHaveActs() throws IOException {
        Path file = write("dialogues.txt", "Who ? __eou__ Me . __eou__ Go ! __eou__\nHi __eou__ Bye __eou__\n");
        write("dialogues_act.txt", "2 1 3 \n1 4\n");
        DataSource source = open(file, TWO);

        assertThat(dialogues(source, source.train())).containsExactly("[Who ?] → [Me .]", "[Who ?, Me .] → [Go !]");
        assertThat(source.spec().field("label").names())
                .containsExactly("commissive", "directive", "inform", "question");
        assertThat(source.train().field("label").toHost().toLongs()).containsExactly(2, 1);
    }

    @Test
    void actsThatDoNotFitAreNamedByFileAndLine() throws IOException {
        Path file = write("dialogues.txt", "Hi __eou__ Bye __eou__\nHi __eou__ Bye __eou__\n");
        write("dialogues_act.txt", "1 1\n1\n");

        assertThatThrownBy(() -> open(file, TWO))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith(folder.resolve("dialogues_act.txt") + ", line 2 says '1', and line 2 of " + file
                        + " has 2 turns.");
    }

    @Test
    void foldersHaveTheirSplits() throws IOException {
        write("train.txt", "hi\nbye\n\nhi\nbye\n");
        write("valid.txt", "hi\nhi\nbye\n");
        DataSource source = open(folder, TWO);

        assertThat(source.train().size()).isEqualTo(2);
        assertThat(source.validation().orElseThrow().size()).isEqualTo(2);
    }

    @Test
    void dailyDialogIsReadAsItIsUnpacked() throws IOException {
        for (String split : List.of("train", "validation", "test")) {
            write(split + "/dialogues.txt", "Hi __eou__ Bye __eou__\n");
        }
        DataSource source = open(folder, TWO);

        assertThat(source.test().orElseThrow().size()).isEqualTo(1);
        assertThat(source.validation()).isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(folder, Reading.standard()))
                .withMessageEndingWith(
                        "holds dialogues; say how many turns before an answer are its context: --set" + " turns=5");
        assertThat(DataLook.at(folder, Reading.standard().texts(4, 100, 1), cache())
                        .reading()
                        .turns())
                .isEqualTo(5);
    }

    @Test
    void whatDailyDialogLacksIsSaid() throws IOException {
        write("test/dialogues.txt", "Hi __eou__ Bye __eou__\n");

        assertThatThrownBy(() -> open(folder, TWO))
                .hasMessage(folder + " has no file train/dialogues.txt to learn from. Put it there, or learn from"
                        + " another: --data " + folder.resolve("test/dialogues.txt") + " --set turns=2.");
    }

    @Test
    void dialoguesReadAsSentencesAreTold() throws IOException {
        Path file = write("talk.txt", "Hi __eou__ Bye __eou__\n");

        assertThat(open(file, TWO.turns(0)).notes())
                .contains("lines hold dialogues, with __eou__ behind each turn; --set turns=5 reads them as such");
    }

    private static List<String> dialogues(DataSource source, Split split) {
        return IntStream.range(0, (int) split.size())
                .mapToObj(row -> said(source, split, "context", row) + " → " + said(source, split, "text", row))
                .toList();
    }

    private static List<String> said(DataSource source, Split split, String field, int row) {
        long[] ids = split.field(field).select(new long[] {row}).toLongs();
        return tokens(source.spec(), field).vocabulary().decodeAll(Arrays.copyOf(ids, (int) split.lengths(field)[row]));
    }

    private static Field.Tokens tokens(DataSpec spec, String field) {
        return (Field.Tokens) spec.field(field);
    }

    private Path write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), text);
    }

    private DataCache cache() {
        return new DataCache(folder.resolve("cache"), Optional.empty(), event -> {});
    }

    private DataSource open(Path path, Reading options) throws IOException {
        return DataCatalog.standard().open(path.toString(), cache(), options);
    }
}
