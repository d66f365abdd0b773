package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.data.Npy;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(TinyRun.Extension.class)
class TrainingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    @BeforeAll
    static void writeImages() throws IOException {
        TinyImages.write(ELBO.folder().resolve("images"));
    }

    private static Path file(String name) {
        return ELBO.folder().resolve(name);
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    @Test
    void trainingSaysWhatItTrainsOnWhatAndWhere(TinyRun run) {
        assertThat(run.trained().out())
                .contains("recipe    cvae, hidden=16,8, latents=2\n")
                .contains("data      images: 152 training + 8 validation + 40 test images, pixels dynamic\n")
                .containsPattern("model     [\\d,]+ parameters\n")
                .contains("training  2 epochs of 9 steps, batch 16, seed 1\n")
                .containsPattern("device    cpu, threads: \\d+\n")
                .containsPattern("run       runs/cvae-images-\\d{8}-\\d{6}\n");
    }

    @Test
    void whereThereIsNoTerminalOnlyEvaluationsAreShown(TinyRun run) {
        assertThat(run.trained().out())
                .containsPattern(
                        "epoch 1    −ELBO \\d+\\.\\d\\d nats = distortion [\\d.]+ \\+ rate [\\d.]+  0:\\d\\d  best\n")
                .containsPattern("epoch 2    −ELBO")
                .doesNotContain("\r", "\u001b", "━");
        assertThat(run.trained().err()).doesNotContain("\r", "\u001b", "━");
        assertThat(run.trained().notes()).isEmpty();
    }

    @Test
    void trainingEndsWithFiguresInNatsTheirPixelsAndWhatToDoNext(TinyRun run) {
        assertThat(run.trained().out())
                .contains("test set, 40 images, pixels dynamic:\n")
                .containsPattern("−ELBO +\\d+\\.\\d\\d nats = distortion [\\d.]+ \\+ rate [\\d.]+\n")
                .containsPattern("−log p\\(x\\) +\\d+\\.\\d\\d ± \\d+\\.\\d\\d nats, by 3 importance samples\n")
                .containsPattern("active units  [0-2] of 2\n")
                .contains("./elbo sample last", "./elbo traverse last", "./elbo evaluate last --samples 1000");
    }

    @Test
    void aRunHasItsConfigurationMetricsCheckpointsFiguresEvaluationAndReport(TinyRun run) throws IOException {
        Path directory = run.directory();
        assertThat(json(directory.resolve("config.json")).path("elbo").asText()).isEqualTo("0.1.0");
        assertThat(Files.readAllLines(directory.resolve("metrics.jsonl")))
                .allSatisfy(line -> assertThat(JSON.readTree(line).isObject()).isTrue());
        assertThat(directory.resolve("checkpoints/step-0000000018/model.safetensors"))
                .isRegularFile();
        assertThat(json(directory.resolve("evaluation.json")).path("points").asInt())
                .isEqualTo(40);
        assertThat(directory.resolve("report.html")).content().contains("cvae");
        for (String figure : List.of(
                "samples",
                "conditional",
                "reconstructions",
                "interpolation",
                "traversal",
                "manifold",
                "latents",
                "kl",
                "curves")) {
            assertThat(directory.resolve("figures").resolve(figure + ".png")).isRegularFile();
        }
    }

    @Test
    void tableIsLearnedWithALikelihoodThatSuitsIt() throws IOException {
        StringBuilder table = new StringBuilder("height,weight,name\n");
        Random random = new Random(1);
        for (int i = 0; i < 40; i++) {
            double height = 1.7 + 0.1 * random.nextGaussian();
            table.append(height).append(',').append(50 * height - 10).append(",somebody\n");
        }
        Files.writeString(file("people.csv"), table);

        ElboProcess.Ended trained = ELBO.run(
                "train", "vae", "--data", "people.csv", "--epochs", "1", "--set", "hidden=8", "--out", "people");

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("what suits these data where nothing is said: likelihood=normal\n");
        assertThat(trained.out())
                .contains("38 training + 2 validation examples\n")
                .contains("columns of text, passed over: name (line 2: 'somebody')")
                .doesNotContain("pixels");
        assertThat(json(file("people/config.json"))
                        .at("/recipe/options/likelihood")
                        .asText())
                .isEqualTo("normal");
        assertThat(Files.readAllLines(file("people/figures/samples.txt")))
                .allMatch(line -> line.matches("height=[-\\d.e]+, weight=[-\\d.e]+"));
        assertThat(ELBO.run("encode", "people", "--out", "people-codes.csv").exitCode())
                .isZero();
        assertThat(ELBO.run("evaluate", "people").exitCode()).isZero();
    }

    @Test
    void dataThatAreLargerThanMemoryMayBeAreReadAsTheyAreNeededAndGiveTheSame() throws IOException {
        Path shards = Files.createDirectories(file("shards"));
        for (int shard = 0; shard < 3; shard++) {
            byte[] levels = new byte[20 * 64];
            new Random(shard).nextBytes(levels);
            Npy.write(shards.resolve("images-" + shard + ".npy"), HostArray.of(levels, 20, 8, 8));
        }
        String[] train = {
            "train",
            "vae",
            "--data",
            "shards",
            "--epochs",
            "2",
            "--batch",
            "16",
            "--set",
            "hidden=8",
            "--set",
            "likelihood=bernoulli",
            "--set",
            "shuffleBlock=4"
        };

        ElboProcess.Ended held = ELBO.run(append(train, "--out", "held"));
        ElboProcess.Ended read =
                ELBO.process().environment("ELBO_DATA_MEMORY", "0").run(append(train, "--out", "read"));

        assertThat(held.exitCode()).as(held.err()).isZero();
        assertThat(held.out()).contains("57 training + 3 validation images").doesNotContain("from disk");
        assertThat(read.out()).contains("pixels dynamic, read from disk as they are needed\n");
        String weights = "checkpoints/step-0000000006/model.safetensors";
        assertThat(file("read").resolve(weights))
                .hasSameBinaryContentAs(file("held").resolve(weights));
    }

    private static String[] append(String[] words, String... more) {
        return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void settingsMayHoldCommasAndParentheses() throws IOException {
        ElboProcess.Ended ended =
                ELBO.run(training("settings", "1", "2", "--set", "beta=linear(0, 1, 10)", "--set", "hidden=8,4"));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        JsonNode options = json(file("settings/config.json")).path("recipe").path("options");
        assertThat(options.path("beta").asText()).isEqualTo("linear(0, 1, 10)");
        assertThat(options.path("hidden").toString()).isEqualTo("[8,4]");
    }

    /** What is typed to train a small VAE. */
    private static String[] training(String run, String epochs, String samples, String... more) {
        List<String> words = new ArrayList<>(List.of("train", "vae", "--data", "images", "--out", run));
        words.addAll(List.of("--batch", "16", "--set", "hidden=8", "--set", "latents=2"));
        words.addAll(List.of("--epochs", epochs, "--samples", samples));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @Test
    void aQuietTrainingSaysOnlyWhereItsRunLies() {
        ElboProcess.Ended ended = ELBO.process().run(training("quiet", "1", "2", "--quiet"));
        assertThat(ended).isEqualTo(new ElboProcess.Ended(0, "quiet\n", ""));
    }

    @Test
    void aFolderThatIsNotLookedAtIsTold() {
        ElboProcess.Ended ended =
                ELBO.process().run(training("ownData", "1", "2", "--quiet", "--data-dir", "elsewhere"));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err())
                .contains("--data-dir is for published sets, and not looked at: ")
                .contains(" is none");
    }

    @Test
    void aTrainingForProgramsPrintsOneObjectAndTheRestAside() throws IOException {
        ElboProcess.Ended ended = ELBO.process().run(training("forPrograms", "1", "2", "--json"));
        assertThat(ended.exitCode()).isZero();
        JsonNode end = ended.json();
        assertThat(end.path("run").asText()).isEqualTo("forPrograms");
        assertThat(end.path("ended").asText()).isEqualTo("finished");
        assertThat(end.path("report").asText()).endsWith("report.html");
        assertThat(end.path("evaluation")).isEqualTo(json(file("forPrograms/evaluation.json")));
        assertThat(ended.err()).contains("epoch 1 ").contains("test set, 40 images");
    }

    @Test
    void anInterruptedTrainingKeepsACheckpointAndIsResumedToItsEnd() throws Exception {
        ElboProcess elbo = ELBO.process();
        Process process = elbo.start(training("interrupted", "100000", "2"));
        awaitOutput(elbo, "epoch 1 ");
        signal(process, "INT");
        ElboProcess.Ended ended = elbo.await(process);
        assertThat(ended.exitCode()).isEqualTo(130);
        assertThat(ended.err())
                .contains("ending at the next step, with a checkpoint")
                .contains("go on with: ./elbo resume last");

        ElboProcess.Ended shortened = ELBO.run("resume", "last", "--epochs", "1", "--samples", "2");
        assertThat(shortened.exitCode()).isEqualTo(2);
        assertThat(shortened.err()).contains("already; give --epochs more, or leave it out");

        double trained = json(file("interrupted/config.json"))
                .path("training")
                .path("epochs")
                .asDouble();
        assertThat(trained).as("what is refused changes nothing").isEqualTo(100_000);
        ElboProcess.Ended resumed = ELBO.run("resume", "last", "--epochs", "40", "--samples", "2");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("goes on after");
        assertThat(file("interrupted/report.html")).isRegularFile();
    }

    @Test
    void aRunThatIsBeingTrainedIsLeftToWhoTrainsIt() throws Exception {
        ElboProcess elbo = ELBO.process();
        Process process = elbo.start(training("taken", "100000", "2"));
        awaitOutput(elbo, "epoch 1 ");
        ElboProcess.Ended second = ELBO.run("resume", "taken", "--epochs", "100001");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("is being trained by another process. Wait until that has ended, or stop it");
        signal(process, "TERM");
        assertThat(elbo.await(process).exitCode()).isEqualTo(143);
        assertThat(json(file("taken/config.json"))
                        .path("training")
                        .path("epochs")
                        .asDouble())
                .isEqualTo(100_000);
    }

    @Test
    void aTrainingIsStoppedFromAnotherTerminal() throws Exception {
        ElboProcess elbo = ELBO.process();
        String run = file("elsewhere").toString();
        Process process = elbo.start(training(run, "100000", "2"));
        awaitOutput(elbo, "epoch 1 ");

        ElboProcess.Ended asked = ELBO.run("stop", run);

        assertThat(asked)
                .isEqualTo(new ElboProcess.Ended(
                        0,
                        run + " ends after its present step, with a checkpoint; go on with: ./elbo resume " + run
                                + "\n",
                        ""));
        ElboProcess.Ended ended = elbo.await(process);
        assertThat(ended.exitCode()).isEqualTo(130);
        assertThat(ended.notes())
                .isEqualTo("stopped by 'elbo stop'; a checkpoint is kept; go on with: ./elbo resume last\n");
        assertThat(json(file("elsewhere/status.json")).path("state").asText()).isEqualTo("stopped");

        ElboProcess.Ended again = ELBO.run("stop", run);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err())
                .isEqualTo("elbo: " + run + " is not being trained: it is stopped. 'elbo runs' says how far each run"
                        + " is.\n");
    }

    @Test
    void aRehearsalLeavesNothingAndIsNotTheLastRun() throws IOException {
        String before = ELBO.run("runs", "--json").out();
        assertThat(ELBO.process().run("rehearse").exitCode()).isZero();
        assertThat(ELBO.run("runs", "--json").out()).isEqualTo(before);
    }

    @Test
    void aSignalDuringTheClosingEvaluationEndsAtOnce() throws Exception {
        ElboProcess elbo = ELBO.process();
        Process process = elbo.start(training("evaluated", "1", "1000000"));
        awaitOutput(elbo, "epoch 1 ");
        signal(process, "TERM");
        assertThat(elbo.await(process).exitCode()).isEqualTo(143);
    }

    private static void awaitOutput(ElboProcess elbo, String text) throws InterruptedException {
        for (int tries = 0; !elbo.out().contains(text); tries++) {
            assertThat(tries)
                    .as("tenths of seconds until '%s' is printed", text)
                    .isLessThan(600);
            Thread.sleep(100);
        }
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        boolean isHeard = isHeard(process);
        if (!isHeard) {
            process.destroyForcibly().waitFor(); // it would go on, and write into what other tests read
        }
        assumeTrue(isHeard, "this test was started with signals turned off, as by nohup or '&'");
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** Whether a process has not been told from outside to ignore SIGINT, which is bit 1. */
    private static boolean isHeard(Process process) throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        return !Files.exists(status)
                || Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .allMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) == 0);
    }

    @Test
    void aRunIsTrainedFurtherThanItWasToBe(TinyRun run) throws IOException {
        Path copy = ELBO.process().copy(run.directory(), "runs/copy");
        ElboProcess.Ended ended = ELBO.run("resume", "copy", "--epochs", "3", "--samples", "2");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("goes on after 2 epochs").contains("\nepoch 3 ");
        JsonNode config = json(copy.resolve("config.json"));
        assertThat(config.path("training").path("epochs").asInt()).isEqualTo(3);
        assertThat(config.path("environment").path("cores").asInt()).isPositive();
        assertThat(copy.resolve("checkpoints/step-0000000027")).isDirectory();
    }

    @Test
    void aLossThatIsNoLongerFiniteEndsTheTraining() {
        ElboProcess.Ended ended = ELBO.run(training("diverged", "1", "2", "--set", "learningRate=1e30"));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.notes())
                .startsWith("elbo: training diverged at step 2: negElbo=")
                .contains("clip=1");
    }

    /** A limit on the size of files stands in for a full disk, which takes a superuser to make. */
    @Test
    void aDiskThatTakesNoMoreEndsTheTrainingWithASentence() {
        ElboProcess elbo = ELBO.process().shell("bash", "-c", "ulimit -f 16; exec \"$0\" \"$@\"");
        ElboProcess.Ended ended = elbo.run(training("full", "1", "2", "--set", "hidden=64"));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.notes())
                .startsWith("elbo: the checkpoint of step 9 could not be written to full/checkpoints:")
                .contains("Earlier ones are untouched.")
                .hasLineCount(1);
    }

    @Test
    void theLastBatchThatIsLeftOutIsSaid(TinyRun run) {
        assertThat(run.trained().out())
                .contains("batch 16, seed 1\n          8 examples fill no batch, and each epoch leaves out others\n");
    }

    @Test
    void aBatchThatIsLargerThanTheDataIsSaidToBe() {
        ElboProcess.Ended ended = ELBO.run(
                "train",
                "vae",
                "--data",
                "images",
                "--out",
                "large",
                "--epochs",
                "1",
                "--batch",
                "500",
                "--samples",
                "1",
                "--set",
                "hidden=8");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("1 epoch of 1 step, batch 152 (all there are, not 500), ")
                .doesNotContain("fill no batch");
    }

    @Test
    void aRunGoesOnWithTheThreadsAndThePrecisionThatItHad() throws IOException {
        ELBO.run(training("threads", "1", "1", "--threads", "3", "--precision", "bf16"));
        ElboProcess.Ended same = ELBO.run("resume", "threads", "--epochs", "2", "--samples", "1");
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(same.notes()).isEmpty();
        assertThat(same.out()).contains("threads: 3", "precision=bf16");
        ElboProcess.Ended other = ELBO.run("resume", "threads", "--epochs", "3", "--samples", "1", "--threads", "2");
        assertThat(other.notes())
                .isEqualTo("not as before, so that figures go on a little differently: threads 2, not 3\n");
        assertThat(file("threads/report.html"))
                .content()
                .contains("resume last --epochs 2", "--threads 3", "resume last --epochs 3");
    }

    @Test
    void aRunGoesOnWithOtherDataOnlyWhereThatIsAskedFor() throws IOException {
        Path images = TinyImages.write(file("changing"));
        ELBO.run(
                "train",
                "vae",
                "--data",
                "changing",
                "--set",
                "hidden=8",
                "--epochs",
                "1",
                "--samples",
                "1",
                "--out",
                "c");
        String before = Files.readString(file("c/config.json"));
        Files.delete(images.resolve("train/lying/0.png"));
        Files.copy(
                images.resolve("test/lying/0.png"),
                images.resolve("test/lying/1.png"),
                StandardCopyOption.REPLACE_EXISTING);

        ElboProcess.Ended refused = ELBO.run("resume", "c", "--epochs", "2", "--samples", "1");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("the data are not those that run 'c' was begun with")
                .contains("train has 159 examples where the run was begun with 160")
                .contains("test has as many examples as the run was begun with, and others")
                .contains("or go on with these by --changed-data");
        assertThat(file("c/config.json")).as("what is refused changes nothing").hasContent(before);
        String evaluation = Files.readString(file("c/evaluation.json"));
        ElboProcess.Ended evaluated = ELBO.run("evaluate", "c", "--samples", "2");
        assertThat(evaluated.notes()).contains("are not kept", "train has 159 examples");
        assertThat(file("c/evaluation.json")).hasContent(evaluation);

        ElboProcess.Ended accepted = ELBO.run("resume", "c", "--epochs", "2", "--samples", "1", "--changed-data");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(accepted.notes()).contains("goes on with other data: train has 159 examples");
    }

    @Test
    void twoSignalsWithinASecondKeepACheckpoint() throws Exception {
        ElboProcess elbo = ELBO.process();
        Process process = elbo.start(training("twice", "100000", "2"));
        awaitOutput(elbo, "epoch 1 ");
        signal(process, "INT");
        signal(process, "TERM"); // at once after it, as from whoever started it
        assertThat(elbo.await(process).exitCode()).isIn(130, 143);
        assertThat(json(file("twice/status.json")).path("state").asText()).isEqualTo("stopped");
    }

    @Test
    void aTrainingDuringWhichAnotherBeganDoesNotCallItselfTheLast() throws Exception {
        ElboProcess elbo = ELBO.process();
        Process process = elbo.start(training("mine", "100000", "2"));
        awaitOutput(elbo, "epoch 1 ");
        assertThat(ELBO.run(training("theirs", "1", "1")).exitCode()).isZero();
        assertThat(ELBO.run("stop", "mine").exitCode()).isZero();
        assertThat(elbo.await(process).notes()).endsWith("go on with: ./elbo resume mine\n");
    }

    /** A folder in the way of a file stands in for a disk that takes no more. */
    @Test
    void whatIsMeasuredIsPrintedBeforeAFullDiskRefusesIt() throws IOException {
        Files.createDirectories(file("unkept/evaluation.json/in-the-way"));
        ElboProcess.Ended ended = ELBO.run(training("unkept", "1", "2"));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).contains("test set, 40 images", "−log p(x) ");
        assertThat(ended.notes()).startsWith("elbo: ").contains("unkept/evaluation.json could not be written");
    }
}
