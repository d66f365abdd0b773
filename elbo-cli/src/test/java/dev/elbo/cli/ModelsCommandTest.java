package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that were packed, in the folder where all looks for them. */
@ExtendWith(TinyRun.Extension.class)
class ModelsCommandTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    @BeforeAll
    static void pack(TinyRun images) throws IOException {
        StringBuilder rows = new StringBuilder("text\tlabel\n");
        for (int i = 0; i < 24; i++) {
            rows.append(i % 2 == 0 ? "the food is good .\tup\n" : "the staff is bad .\tdown\n");
        }
        Files.writeString(ELBO.folder().resolve("reviews.tsv"), rows);
        done(
                "train poem-vae --data reviews.tsv --out runs/verses --epochs 1 --batch 8 --set embedding=4 --set hidden=4 --set latents=2"
                        + " --samples 1");
        ELBO.process().copy(images.directory(), "runs/images");
        assertThat(done("models").out()).startsWith("no models in the folder models; ELBO_MODELS says in which folder");
        assertThat(done(
                                "models pack runs/verses --name reviews --data reviews --licence CC0 --attribution me --figures 3-nats --about",
                                "Writes reviews.")
                        .out())
                .isEqualTo("models/reviews: 0.0 MB\nlook at it: ./elbo models reviews\n");
        assertThat(done(
                                "models pack images --out models --name tiny --data tiny --licence CC0 --about",
                                "Draws stripes.")
                        .out())
                .endsWith("look at it: ELBO_MODELS=models ./elbo models tiny\n");
    }

    private static ElboProcess.Ended run(String line, String... more) {
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        words.addAll(List.of(more));
        return ELBO.run(words.toArray(String[]::new));
    }

    private static ElboProcess.Ended done(String line, String... more) {
        ElboProcess.Ended ended = run(line, more);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended;
    }

    private static Set<Path> files(String folder) throws IOException {
        try (Stream<Path> tree = Files.walk(ELBO.folder().resolve(folder))) {
            return tree.collect(Collectors.toSet());
        }
    }

    @Test
    void allAreListed() throws IOException {
        assertThat(done("models").out()).isEqualTo("""
                        MODEL          WHAT             DATA     LICENCE  SIZE    FIGURES
                        model:reviews  Writes reviews.  reviews  CC0      0.0 MB  3-nats
                        model:tiny     Draws stripes.   tiny     CC0      0.0 MB

                        More of one, and commands to try: ./elbo models reviews
                        """);
        JsonNode models = run("models --json").json().path("models");
        assertThat(models).hasSize(2);
        assertThat(models.get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "name",
                        "about",
                        "data",
                        "licence",
                        "attribution",
                        "figures",
                        "command",
                        "bytes",
                        "recipe",
                        "path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reviews", "tiny"})
    void whatIsSaidToBeTriedWorks(String name) throws IOException {
        JsonNode commands = run("models --json " + name).json().path("try");
        assertThat(commands).isNotEmpty();
        for (JsonNode command : commands) {
            String words = command.asText().replaceFirst("^\\./elbo ", "");
            assertThat(done(words).out()).isNotEmpty();
            assertThat(done("models " + name).out()).contains("\n  ./elbo " + words + "\n");
        }
    }

    @Test
    void aModelWritesLikeTheRunThatItIsMadeOf() {
        String likeliest = " --count 4 --temperature 0 --prior-temperature 0";
        assertThat(done("write model:reviews" + likeliest).out())
                .isEqualTo(done("write verses" + likeliest).out());
    }

    @Test
    void whatIsMadeOfAModelGoesIntoThisFolderAndTheModelStaysAsItIs() throws IOException {
        Set<Path> before = files("models");

        assertThat(done("sample model:tiny --count 4").out()).isEqualTo("tiny-samples.png\n");
        assertThat(done("sample model:tiny --count 2 --as png").out()).isEqualTo("tiny-samples: 2 files\n");
        TinyImages.write(ELBO.folder().resolve("images"));
        assertThat(done("encode model:tiny --data images").out()).startsWith("tiny-codes.npy\n");
        assertThat(done("reconstruct model:tiny --data images").out()).isEqualTo("tiny-reconstructions.png\n");
        assertThat(done("evaluate model:tiny --data images --samples 3").notes())
                .contains("these figures are not kept: a shipped model stays as it is");
        done("compare model:tiny images");

        assertThat(files("models")).isEqualTo(before);
    }

    @Test
    void anotherPriorIsFittedToAModelAndPackedWithIt() throws IOException {
        TinyImages.write(ELBO.folder().resolve("pictures"));
        done("fit-prior model:tiny gmm(2) --data pictures --epochs 1 --samples 2 --out runs/fitted");
        done("models pack runs/fitted --out fitted --name tiny --data tiny --licence CC0 --about", "Draws stripes.");

        assertThat(ELBO.folder().resolve("fitted/tiny/config.json"))
                .content()
                .contains("\"base\" : \"tiny\"")
                .doesNotContain(ELBO.folder().toString());
        assertThat(done("sample fitted/tiny --count 4").out()).isEqualTo("tiny-samples.png\n");
    }

    @ParameterizedTest
    @CsvSource({
        "resume model:tiny, 1, is a shipped model",
        "resume models/tiny, 1, 'Train a run of your own: ''elbo models tiny'' shows the command.'",
        "stop model:tiny, 1, is a shipped model",
        "report model:tiny, 1, is a shipped model",
        "train vae --data reviews.tsv --out models/tiny, 2, ''",
        "models pack model:tiny --name again --about A, 1, is a shipped model",
        "models pack verses --name a --about A, 2, 'Say with --data what these data are called'",
        "models pack verses --name a --about A --data x, 2, 'say it with --licence'",
        "models pack verses --name tiny --about A --data x --licence y, 1, 'is there already'",
        "models tinny, 2, 'unknown model ''tinny''; did you mean ''tiny''? Known: reviews, tiny'",
        "write model:review, 2, 'unknown model ''review''; did you mean ''reviews''? Known: reviews, tiny'",
        "write reviews, 2, 'did you mean ''model:reviews''?'",
        "reconstruct model:tiny, 2, 'say with --data where they are'",
        "evaluate model:tiny, 2, 'say with --data where they are'"
    })
    void whatCannotBeDoneIsRefused(String line, int exitCode, String sentence) {
        ElboProcess.Ended ended = run(line);

        assertThat(ended.exitCode()).as(ended.out()).isEqualTo(exitCode);
        assertThat(ended.err()).contains("elbo: ").contains(sentence);
    }

    @Test
    void aModelThatCannotBeReadIsLeftOut() throws IOException {
        ELBO.process().copy(ELBO.folder().resolve("models/tiny"), "others/broken");
        Files.writeString(ELBO.folder().resolve("others/broken/model.json"), "{}");
        ElboProcess.Ended ended =
                ELBO.process().environment("ELBO_MODELS", "others").run("models");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).startsWith("left out: others/broken/model.json has no text 'name'");
    }
}
