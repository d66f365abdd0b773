package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.data.VerseForm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Talk with a model of dialogue, poems of a form, and what lies near a sentence. */
class DialogueCommandsTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    private static final String SMALL =
            " --epochs 1 --batch 8 --set embedding=4 --set hidden=4 --set latents=2 --samples 1";

    @BeforeAll
    static void train() throws IOException {
        StringBuilder talk = new StringBuilder();
        StringBuilder rows = new StringBuilder("text\tlabel\n");
        List<String> things = List.of("food", "place", "staff");
        for (int i = 0; i < 24; i++) {
            String thing = things.get(i % 3);
            talk.append("how is the ").append(thing).append(" ?\nit is good .\nthank you .\n\n");
            rows.append("the ").append(thing).append(i % 5 < 2 ? " is good .\tup\n" : " is bad .\tdown\n");
        }
        Files.writeString(ELBO.folder().resolve("talk.txt"), talk);
        Files.writeString(ELBO.folder().resolve("reviews.tsv"), rows);
        trained("train dialogue-cvae --data talk.txt --set turns=2 --out runs/talk" + SMALL);
        trained("train sentence-vae --data reviews.tsv --set validation=0.25 --out runs/sentences" + SMALL);
        trained("train poem-vae --data reviews.tsv --out runs/poems" + SMALL);
    }

    private static void trained(String line) {
        ElboProcess.Ended ended = run(line);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }

    private static ElboProcess.Ended run(String line, String... more) {
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        words.addAll(List.of(more));
        return ELBO.run(words.toArray(String[]::new));
    }

    private static List<String> lines(String line, String... more) {
        ElboProcess.Ended ended = run(line, more);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.notes()).isEmpty();
        return ended.out().lines().toList();
    }

    @Test
    void eachTurnIsAnsweredAndSeveralAnswersAreNumbered() {
        assertThat(lines("chat talk", "how is the food ?", "thank you .")).hasSize(2);
        assertThat(lines("chat talk --answers 3", "how is the food ?"))
                .hasSize(3)
                .element(1)
                .asString()
                .startsWith("2  ");
    }

    @Test
    void aNumberChoosesAnAnswerAndAnEmptyLineBeginsAnew() throws IOException {
        JsonNode turns = run(
                        "chat talk --answers 2 --json",
                        "how is the food ?",
                        "2",
                        "thank you .",
                        "",
                        "how is the place ?")
                .json()
                .path("turns");

        assertThat(turns).hasSize(4); // the number is no turn
        assertThat(turns.get(2).path("answers")).isEmpty();
        assertThat(turns.get(3).path("said").asText()).isEqualTo("how is the place ?");
        assertThat(turns.get(3).path("answers")).hasSize(2);
    }

    @Test
    void answersAreWrittenToAContextThatIsGiven() {
        assertThat(lines("write talk --count 2 --given", "context=how is the food ?"))
                .hasSize(2)
                .allMatch(line -> line.startsWith("how is the food? → "));
    }

    @Test
    void poemsBeginAsTheyAreAskedTo() {
        assertThat(lines("write poems --count 3 --given label=up --keyword food --first", "the place"))
                .hasSize(3)
                .allMatch(line -> line.startsWith("the place"));
    }

    @Test
    void poemsKeepTheFormThatTheirLabelNames() throws IOException {
        Files.writeString(ELBO.folder().resolve("verses.tsv"), "text\tlabel\n" + "日月。\t2x1\n日月。月日。\t2x2\n".repeat(12));
        trained("train poem-vae --data verses.tsv --set tokens=characters --out runs/verses" + SMALL);

        assertThat(lines("write verses --first-draw --count", "40"))
                .anyMatch(line -> VerseForm.of(line).isEmpty());
        assertThat(lines("write verses --count 40 --given", "label=2x1"))
                .filteredOn(line -> VerseForm.isKept(line, "2x1"))
                .hasSizeGreaterThan(lines("write verses --first-draw --count 40 --given", "label=2x1").stream()
                        .filter(line -> VerseForm.isKept(line, "2x1"))
                        .toList()
                        .size());
    }

    @Test
    void theNearestSentenceIsTheSentenceItself() throws IOException {
        assertThat(lines("neighbours sentences --count 2 --split train --text", "the food is good ."))
                .hasSize(2)
                .first()
                .asString()
                .isEqualTo("  0.00  the food is good.");
        JsonNode near = run("neighbours sentences --count 1 --json --text", "the staff is bad .")
                .json()
                .path("neighbours");
        assertThat(near.get(0).fieldNames()).toIterable().containsExactly("distance", "text", "label");
    }

    @Test
    void aSentenceIsMovedTowardsAClass() {
        assertThat(lines("reconstruct sentences --plus up --strength 0 --text", "the food is bad ."))
                .isEqualTo(lines("reconstruct sentences --text", "the food is bad ."));
        assertThat(lines("reconstruct sentences --plus up --strength 3 --text", "the food is bad ."))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "chat sentences hello, 'the model answers nothing; train dialogue-cvae on dialogues'",
        "chat talk hello --label inform, 'the model''s answers have no label; train with --set labels=true'",
        "chat talk --answers 0 hello, '--answers is from 1 to 100; got 0'",
        "write talk, 'give it with --given ''context=…'''",
        "write sentences --keyword food, 'the model takes no keyword; train poem-vae'",
        "write poems --first zebra, 'the model was not trained on zebra'",
        "reconstruct sentences --plus up, '--plus moves the code of a sentence: add --text'",
        "reconstruct sentences --text food --plus upp, 'unknown label ''upp''; did you mean ''up''?'",
        "neighbours talk --text food, 'the model writes given context'"
    })
    void whatCannotBeSaidIsRefused(String line, String sentence) {
        ElboProcess.Ended ended = run(line);

        assertThat(ended.exitCode()).as(ended.out()).isEqualTo(2);
        assertThat(ended.err()).startsWith("elbo: ").contains(sentence);
    }
}
