package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final String CONFIG = """
            {"elbo": "0.1.0", "format": 1,
             "recipe": {"name": "vae", "options": {"hidden": [512, 256], "latents": 20, "beta": {"to": 1}}},
             "data": {"name": "mnist", "pixels": "dynamic"}, "training": {"epochs": 20, "batch": 128},
             "seed": 7, "environment": {"device": "cpu"}, "unknown": {"a": [1, {"b": null}]}}
            """;
    private static final String EVALUATION = """
            {"negElbo": 101.274, "distortion": 76.1, "rate": 25.174, "nll": 96.31, "nllSamples": 5000,
             "nllStandardError": 0.27, "activeUnits": 16, "points": 10000, "pixels": "dynamic", "seconds": 181.4,
             "klPerDimension": [3.1, 0.002, 1.5], "unknown": 1}
            """;
    private static final String METRICS = """
            {"event":"step","step":100,"epoch":0.5,"seconds":130.2,"terms":{"negElbo":120.5,"rate":20,"distortion":100.5}}
            {"event":"evaluated","step":200,"epoch":1.0,"split":"validation","terms":{"negElbo":110.25,"rate":22}}
            """;

    @TempDir
    private Path parent;

    private Path run;

    @BeforeEach
    void makeRun() throws IOException {
        run = Files.createDirectory(parent.resolve("2026-11-23-vae"));
    }

    private void holds(String file, String content) throws IOException {
        Files.writeString(run.resolve(file), content);
    }

    private String report() throws IOException {
        return report(Map.of("hidden", "512,256"));
    }

    private String report(Map<String, String> settings) throws IOException {
        Path file = Report.write(run, settings, "./elbo", "2026-11-23-vae");
        assertThat(file).isEqualTo(run.resolve("report.html"));
        return Files.readString(file);
    }

    @Test
    void whatAnEvaluationWarnsOfStandsAboveItsNumbers() throws IOException {
        holds(
                "evaluation.json",
                "{\"negElbo\": 206.1, \"activeUnits\": 0, \"warnings\": [\"0 of 20 units are active\"]}");
        String page = report();
        assertThat(page).contains("<p class=\"note\">0 of 20 units are active.</p>");
        assertThat(page.indexOf("0 of 20 units are active")).isLessThan(page.indexOf("206.10"));
    }

    @Test
    void aRunWhoseFirstStageIsOverIsNotToBeTrainedFurther() throws IOException {
        holds("config.json", CONFIG);
        holds("metrics.jsonl", METRICS);
        assertThat(report()).contains("resume 2026-11-23-vae --epochs 40");
        holds("metrics.jsonl", METRICS.replace("0.5", "20.5"));
        assertThat(report()).doesNotContain("--epochs 40").contains("evaluate 2026-11-23-vae");
    }

    @Test
    void whatElseWasMeasuredIsAmongTheNumbers() throws IOException {
        holds("evaluation.json", """
                {"negElbo": 84.8, "activeUnits": 0, "codes": [{"name": "codes", "perplexity": 9.14, "of": 64}],
                 "classes": [{"name": "label", "accuracy": 0.965, "points": 10000}],
                 "dependence": {"mutualInformation": 4.1, "totalCorrelation": 0.75, "dimensionWise": 2}}
                """);
        assertThat(report())
                .contains("9.1<small> of 64</small>", "3.50<small> %</small>", "label, inferred of 10,000", "0.75")
                .doesNotContain("Active units");
    }

    private void holdsFigure(String name) throws IOException {
        Png.write(
                new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB),
                run.resolve("figures").resolve(name));
    }

    @Test
    void aFinishedRunShowsItsNumbersWithTheTreatmentOfItsPixels() throws IOException {
        holds("config.json", CONFIG);
        holds("metrics.jsonl", METRICS);
        holds("evaluation.json", EVALUATION);
        String html = report();
        assertThat(html)
                .contains("<h1>vae on mnist</h1>", "101.27", "<h3>NLL, K = 5,000</h3>", "96.31<small> ± 0.27</small>")
                .contains("25.17", "76.10", "16<small> of 3</small>", "10,000 points")
                .contains("100 steps, 0.5 epochs in 2 min 10 s · seed 7 · on cpu")
                .contains("nats · dynamic pixels")
                .contains("Negative ELBO", "Rate", "Distortion", "KL per latent dimension");
    }

    @Test
    void theCommandThatTrainedItCanBeCopied() throws IOException {
        holds("config.json", CONFIG.replace("\"dynamic\"", "\"it's\""));
        assertThat(report())
                .contains(
                        "<pre>./elbo train vae --data mnist --pixels &#39;it&#39;\\&#39;&#39;s&#39; --epochs 20 --batch 128"
                                + " --seed 7 --set hidden=512,256</pre>")
                .contains("<pre>./elbo resume 2026-11-23-vae --epochs 40</pre>");
    }

    @Test
    void aPriorThatWasFittedIsFittedAgain() throws IOException {
        holds("config.json", CONFIG.replaceFirst("\\{", "{\"base\": \"/runs/vae\","));
        assertThat(report(Map.of("prior", "mixture(10)")))
                .contains("<pre>./elbo fit-prior /runs/vae &#39;mixture(10)&#39; --epochs 20 --batch 128</pre>");
    }

    /** Whoever trains further stretches the schedules from there on, which no single training does. */
    @Test
    void aRunThatWasTrainedFurtherIsTrainedAgainInItsSessions() throws IOException {
        String sessions = """
                {"sessions": [
                    {"step": 0, "epochs": 20, "threads": 2, "cores": 2},
                    {"step": 70, "epochs": 20, "threads": 2, "cores": 2},
                    {"step": 8600, "epochs": 40, "threads": 2, "cores": 4}],
                """;
        holds("config.json", CONFIG.replaceFirst("\\{", sessions));
        assertThat(report())
                .contains("Train it again, in 2 sessions, the later ones from step 8,600")
                .containsPattern("<pre>./elbo train vae --data mnist [^&]*--epochs 20 --batch 128 --seed 7"
                        + " --set hidden=512,256 &amp;&amp; ./elbo resume last --epochs 40 --threads 2</pre>");
    }

    @Test
    void aRunThatWasStoppedAndResumedIsTrainedAgainAtOnce() throws IOException {
        String sessions = "{\"sessions\": [{\"step\": 0, \"epochs\": 20}, {\"step\": 70, \"epochs\": 20}],";
        holds("config.json", CONFIG.replaceFirst("\\{", sessions));
        assertThat(report()).contains("<h3>Train it again</h3>").doesNotContain("&amp;&amp;");
    }

    @Test
    void anEmptyRunHasAReportThatSaysSo() throws IOException {
        assertThat(report()).contains("<h1>2026-11-23-vae</h1>", "Nothing has been evaluated yet");
    }

    @Test
    void aYoungRunShowsWhereItStands() throws IOException {
        holds("config.json", CONFIG);
        holds("metrics.jsonl", METRICS);
        assertThat(report()).contains("So far: the validation split at step 200", "110.25");
    }

    @Test
    void whatCannotBeUnderstoodIsLeftOutAndNoted() throws IOException {
        holds("config.json", CONFIG.substring(0, 100));
        holds("metrics.jsonl", METRICS + "{\"event\":\"step\",\"st");
        holds("evaluation.json", "[1, 2]");
        holdsFigure("samples.png");
        holds("figures/broken.png", "not an image, though it is long enough to be one");
        assertThat(report())
                .contains("config.json is no complete JSON and was left out")
                .contains("metrics.jsonl has 1 incomplete line(s), which were left out")
                .contains("figures/broken.png is no PNG file and was left out")
                .contains("So far: the validation split at step 200", "<h3>Samples</h3>");
    }

    @Test
    void measurementsThatAreNotNumbersDoNotStopTheReport() throws IOException {
        holds("metrics.jsonl", "{\"event\":\"step\",\"step\":1,\"terms\":{\"negElbo\":\"NaN\"}}");
        holds("evaluation.json", "{\"negElbo\": \"NaN\", \"klPerDimension\": [1e999, \"NaN\"], \"activeUnits\": null}");
        assertThat(report()).contains("1 steps");
    }

    @Test
    void figuresAreInsideWithTheirSizesKnownOnesFirst() throws IOException {
        holdsFigure("another one.png");
        holdsFigure("reconstructions.png");
        holdsFigure("samples.png");
        holdsFigure("latents.png");
        byte[] png = Files.readAllBytes(run.resolve("figures/samples.png"));
        String image = "width=\"30\" height=\"20\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png);
        assertThat(report())
                .contains(image)
                .contains("alt=\"Latent codes\" width=\"15\" height=\"10\"")
                .containsSubsequence("<h3>Samples", "<h3>Reconstructions", "<h3>Latent codes", "<h3>another one");
    }

    @Test
    void curvesThatThePageDrawsAreNotShownTwice() throws IOException {
        holdsFigure("curves.png");
        assertThat(report()).contains("<figure>");
        holds("metrics.jsonl", METRICS);
        assertThat(report()).contains("<svg").doesNotContain("<figure>");
    }

    @Test
    void textFromOutsideCannotBecomeMarkup() throws IOException {
        String attack = "</td><script>alert(1)</script>&\\\"'";
        holds(
                "config.json",
                CONFIG.replace("\"mnist\"", "\"" + attack + "\"").replace("\"hidden\"", "\"" + attack + "\""));
        holds("metrics.jsonl", METRICS.replace("validation", attack).replace("distortion", attack));
        holds("evaluation.json", EVALUATION.replace("\"dynamic\"", "\"" + attack + "\""));
        holdsFigure("<b onclick='x'>&.png");
        String html = report();
        assertThat(html.split("<script", -1)).hasSize(2); // the page's own
        assertThat(html).doesNotContain("<script>alert", "<b onclick", "</td>&");
        assertThat(html).contains("&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;");
    }

    @Test
    void valuesCanBeReadOffEveryCurve() throws IOException {
        holds("metrics.jsonl", METRICS);
        holds("evaluation.json", EVALUATION);
        String traces = between(report(), "data-traces=\"", "\"").replace("&quot;", "\"");
        JsonNode training = new ObjectMapper().readTree(traces).get(0);
        assertThat(training.path("name").asText()).isEqualTo("training");
        assertThat(training.path("at").get(0).asText()).isEqualTo("epoch 0.500");
        assertThat(training.path("value").get(0).asText()).isEqualTo("120.50");
        assertThat(report()).contains("dimension 0", "3.1000");
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }

    @Test
    void theOnlyScriptThatMayRunIsThePagesOwn() throws Exception {
        String html = report();
        byte[] script = between(html, "<script>", "</script>").getBytes(StandardCharsets.UTF_8);
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(script));
        assertThat(html).contains("default-src 'none'").contains("script-src 'sha256-" + hash + "'");
        assertThat(new String(script, StandardCharsets.UTF_8))
                .doesNotContainPattern("innerHTML|eval|fetch\\(|XMLHttp|import\\(|%s");
    }

    @Test
    void settingsThatNeverChangedAreSaid() throws IOException {
        holds("metrics.jsonl", METRICS.replace("\"seconds\"", "\"learningRate\":0.001,\"seconds\""));
        assertThat(report()).contains("Held constant: learning rate 0.001.");
    }

    @Test
    void thePageNeedsNothingButItself() throws IOException {
        holds("config.json", CONFIG);
        holds("metrics.jsonl", METRICS);
        holds("evaluation.json", EVALUATION);
        holdsFigure("samples.png");
        assertThat(report())
                .doesNotContainPattern("(?i)https?:(?!//www.w3.org/2000/svg)|<script .|<link|<iframe|@import|url\\(")
                .doesNotContainPattern("src=\"(?!data:)")
                .contains("default-src 'none'");
    }

    @Test
    void theReportIsReplacedAsAWhole() throws IOException {
        report();
        report();
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files).containsExactly(run.resolve("report.html"));
        }
    }

    @Test
    void aRunThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Report.write(parent.resolve("none"), Map.of(), "./elbo", "none"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(
                        parent.resolve("none") + ": no such run: expected a folder with config.json and metrics.jsonl");
    }
}
