package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model of sentences in two styles writes, and what one of images does not. */
@ExtendWith(TinyRun.Extension.class)
class WritingCommandsTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    @BeforeAll
    static void train(TinyRun images) throws IOException {
        StringBuilder rows = new StringBuilder("text\tlabel\n");
        List<String> things = List.of("food", "place", "staff");
        for (int i = 0; i < 48; i++) {
            rows.append("the ").append(things.get(i % 3)).append(i % 2 == 0 ? " is good .\tup\n" : " is bad .\tdown\n");
        }
        Files.writeString(ELBO.folder().resolve("reviews.tsv"), rows);
        String training = " --data reviews.tsv --epochs 1 --batch 8 --set embedding=4 --set hidden=4 --samples 1";
        lines("train style-vae --quiet --set latents=2 --out runs/style" + training);
        lines("train latent-style-vae --quiet --set contentLatents=4 --out runs/latent" + training);
        ELBO.process().copy(images.directory(), "runs/images");
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
    void sentencesAreWrittenALineEach() {
        assertThat(lines("write style --count 3")).hasSize(3);
        assertThat(lines("write style --count 3 --given label=up --top 99999 --no-repeat 1"))
                .hasSize(3)
                .allMatch(sentence -> !sentence.matches(".*\\b(\\w+)\\b.* \\1\\b.*"));
        assertThat(lines("write style --count 2 --beam 50")).hasSize(2);
    }

    @Test
    void jsonIsOneObjectOfTheLines() throws IOException {
        JsonNode json = run("write style --count 2 --json").json();

        assertThat(json.fieldNames()).toIterable().containsExactly("lines");
        assertThat(json.path("lines")).hasSize(2);
    }

    @Test
    void theSameSeedWritesTheSameAndNothingIsDrawnAtTemperatureZero() {
        String drawn = "write style --count 8 --temperature 2 --seed ";
        assertThat(lines(drawn + 4)).isEqualTo(lines(drawn + 4)).isNotEqualTo(lines(drawn + 5));
        String likeliest = "transfer style --to up --temperature 0 --seed ";
        assertThat(lines(likeliest + 4, "the food is bad .")).isEqualTo(lines(likeliest + 5, "the food is bad ."));
    }

    @Test
    void eachLineOfAFileIsSaidAgainAndAnEmptyOneStaysEmpty() throws IOException {
        Files.writeString(ELBO.folder().resolve("bad.txt"), "\ufeffthe food is bad .\r\n\nthe staff is bad .\n");

        assertThat(lines("transfer style --to up --file bad.txt"))
                .hasSize(3)
                .element(1)
                .isEqualTo("");
        assertThat(lines("transfer style --from down --to up --beam 3", "the food is bad ."))
                .hasSize(1);
    }

    @Test
    void aRunOfStyleAndContentSaysSentencesAgainAndReadsThemWithoutTheirStyle() {
        String sentence = "the food is bad .";

        assertThat(lines("transfer latent --to up", sentence, sentence)).hasSize(2);
        assertThat(lines("reconstruct latent --text", sentence)).isNotEmpty();
        assertThat(lines("interpolate latent --steps 3 --from food --to", sentence))
                .isNotEmpty();
        assertThat(lines("write latent --count 2")).hasSize(2);
    }

    @Test
    void wordsThatTheModelDoesNotKnowAreTold() {
        ElboProcess.Ended ended = run("transfer style --to up", "the zebra is bad", "zebra gnu");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out().lines()).hasSize(2);
        assertThat(ended.notes()).isEqualTo("not in the model's vocabulary, read as <unk>: zebra gnu\n");
    }

    @Test
    void aRunIsJudgedBesideCopiesAndOtherSystems() throws IOException {
        write("test/test.down", "the food is bad .\n");
        write("test/test.up", "the place is good .\n");
        write("people/one.0", "the food is nice .\n");
        write("people/one.1", "the place is awful .\n");
        write("people/two.0", "i like the food .\n");
        write("people/two.1", "i left the place .\n");
        write("others/rule/out.0.txt", "the food is good .\n");
        write("others/rule/out.1.txt", "the place is bad .\n");
        String files = " --sources test --references people --outputs others --json";

        JsonNode json = run("bench transfer style" + files).json();

        assertThat(json.path("styles")).extracting(JsonNode::asText).containsExactly("down", "up");
        assertThat(json.path("sentences").asInt()).isEqualTo(2);
        assertThat(json.path("references").asInt()).isEqualTo(2);
        assertThat(json.path("judge").path("training").asInt()).isLessThan(48 - 16); // 8 + 8 are said again
        assertThat(json.path("systems"))
                .extracting(system -> system.path("system").asText())
                .containsExactly("copy", "style", "rule");
        JsonNode copy = json.path("systems").get(0);
        assertThat(copy.path("selfBleu").asDouble()).isEqualTo(1);
        assertThat(copy.path("accuracy").asDouble()).isZero();
        assertThat(json.path("systems").get(2).path("accuracy").asDouble()).isEqualTo(1);

        JsonNode without =
                run("bench transfer --data reviews.tsv --tokens words" + files).json();
        assertThat(without.path("systems"))
                .extracting(system -> system.path("system").asText())
                .containsExactly("copy", "rule");
        assertThat(without.path("systems").get(0)).isEqualTo(copy);
    }

    private static void write(String name, String text) throws IOException {
        Files.createDirectories(ELBO.folder().resolve(name).getParent());
        Files.writeString(ELBO.folder().resolve(name), text);
    }

    @Test
    void whatARunWritesIsJudgedBesideHeldOutSentences() throws IOException {
        JsonNode json = run("bench text style --count 4 --json").json();

        assertThat(json.fieldNames()).toIterable().containsExactly("written", "heldOut");
        assertThat(json.path("written").path("sentences").asInt()).isEqualTo(4);
        assertThat(json.path("heldOut").path("known").asDouble()).isEqualTo(1); // there are six sentences in all
        assertThat(lines("bench text style --count 2")).hasSize(3);
    }

    @Test
    void aLineThatIsNotUtf8IsNamed() throws IOException {
        Files.write(ELBO.folder().resolve("latin.txt"), "the food\ncafé\n".getBytes(StandardCharsets.ISO_8859_1));
        ElboProcess.Ended ended = run("transfer style --to up --file latin.txt");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .isEqualTo("elbo: latin.txt, line 2 is not UTF-8. Save what is to be said again as UTF-8.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "transfer style food --to upp, '--to: unknown style ''upp''; did you mean ''up''? Known: down, up'",
        "transfer style food --to up --file bad.txt, 'give sentences or --file, not both'",
        "transfer images food --to up, 'which is none; train a model of text, such as sentence-vae'",
        "bench transfer style, 'have no test or validation split: give the sentences to be said again with --sources'",
        "bench transfer, 'give a run to judge; or --outputs, what others wrote, and --data, text with labels to learn from'",
        "bench transfer style --to upp --sources test, '--to: unknown style ''upp''; did you mean ''up''? Known: down, up'",
        "bench transfer images, 'the model makes ''image'', which is no text'",
        "bench text images, 'the model makes ''image'', which is no text'",
        "bench text style --count 1, '--count is from 2 to 100,000; got 1'",
        "bench dialogue style, 'it is given [label], and no context. Train dialogue-cvae'",
        "write images, 'which is none; train a model of text, such as sentence-vae'",
        "write style --count 0, '--count is from 1 to 10,000; got 0'",
        "write style --beam 3 --top 2, 'a beam searches and does not draw'",
        "write style --beam 3 --temperature 1, 'a beam searches and does not draw'",
        "write style --top 2 --temperature 0, 'at --temperature 0 nothing is drawn'",
        "write style --temperature NaN, 'a temperature is from 0 to'",
        "write style --nucleus 0, 'a nucleus has a probability above 0, up to 1; got 0.0'",
        "reconstruct style --text food, 'the model writes given label'",
        "interpolate style --from food --to food, 'the model writes given label'",
        "interpolate style --from food, 'give both --from and --to'"
    })
    void whatCannotBeWrittenIsRefused(String line, String sentence) {
        ElboProcess.Ended ended = run(line);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("elbo: ").contains(sentence);
    }
}
