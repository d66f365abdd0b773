package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.Idx;
import dev.elbo.data.Npy;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said in one sentence on standard error, with nothing on standard output. */
@ExtendWith(TinyRun.Extension.class)
class BadInputTest {
    /** Where there is no run, and none is begun. */
    @RegisterExtension
    static final ElboSession EMPTY = new ElboSession();

    /** Where each test has a run of its own. */
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    @AfterAll
    static void whatIsRefusedBeginsNoRun() {
        assertThat(EMPTY.folder().resolve("runs")).doesNotExist();
    }

    private static void refuse(int exitCode, String sentence, String... arguments) {
        requireRefused(ELBO.run(arguments), exitCode, sentence);
    }

    private static void requireRefused(ElboProcess.Ended ended, int exitCode, String sentence) {
        assertThat(ended.err())
                .containsPattern("(?m)^elbo: ")
                .contains(sentence)
                .doesNotContain("\tat ", "Exception");
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        assertThat(ended.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            "" | a command is missing; 'elbo --help' lists them
            bench | a command is missing; 'elbo bench --help' lists them
            bench record --device cpu | steps are recorded by CUDA cards only; add --device cuda
            trian vae --data mnist | unknown command 'trian'; did you mean 'train'?
            train vea --data mnist | unknown recipe 'vea'; did you mean 'vae'? Known: aae, adgm, ae, annealed-vae
            train vae --data mnits | unknown data 'mnits'; did you mean 'mnist'? Known: asterisk-en, asterisk-es, asterisk-fr, asterisk-it, asterisk-ru, celeba
            train vae --data no/where | there is no file or folder /
            train vae --dta mnist | unknown option '--dta'; did you mean '--data'?
            train vae --data mnist --epohcs 3 | unknown option '--epohcs'; did you mean '--epochs'?
            train vae --data mnist --set latent=3 | unknown setting 'latent'; did you mean 'latents'?
            train vae --data mnist --set latents=many | latents=many: a whole number was expected
            train vae --data mnist --set latents=0 | z has one dimension or more; got latents 0
            train vae --data mnist --set latents | 'latents' is no name=value
            train vae --data mnist --set beta=linear(0) | beta=linear(0): 'linear(0)' is no schedule
            train vae --data mnist --epochs -1 | epochs must be positive, and at most a million; got -1
            train vae --data mnist --batch none | batch=none: a whole number was expected
            train vae --data mnist --batch 1.5 | batch=1.5: a whole number was expected
            train vae --data mnist --image-size -1 | imageSize=-1: '-1' is no image size; write 64, or 64x48
            train vae --data mnist --epochs 1e308 | epochs must be positive, and at most a million; got 1.0E308
            train vae --data mnist --seed x | --seed: a whole number was expected; got 'x'
            train vae --data mnist --pixels blue | pixels=blue: choose one of probabilities, dynamic, static, grey
            train vae --data mnist --pixels grey | set pixels to dynamic or static or probabilities
            train vae --data mnist --image-size 32 | an image size can be chosen for a folder
            train vae --data mnist --device gpu | unknown device 'gpu'; use auto, cpu, cuda or cuda:1
            train vae --data mnist --samples 0 | --samples is from 1 to 1,000,000; got 0
            train vae --data tiny.npz | there is no file or folder /
            train vae --data mnist --threads -2 | --threads is from 1 to 1,024; got -2
            train vae --data mnist --threads 0 | --threads is from 1 to 1,024; got 0
            train vae --data mnist --set beta=-1 | beta must be at least 0 everywhere; got -1
            train vae --data mnist --set learningRate=cosine(0.1,-1) | learningRate must be at least 0 everywhere
            train vae | '--data=DATA'
            train | 'RECIPE'
            sample | 'RUN'
            sample vae-7 | there is no run 'vae-7' here or in runs; 'elbo runs' lists those there are
            sample last | there is no run yet in runs
            recipes vae extra | unexpected argument 'extra'
            recipes cave | unknown recipe 'cave'; did you mean 'cvae'?
            data minst | unknown data 'minst'; did you mean 'mnist'?
            """)
    void wrongUsageIsRefusedWithTheNearestName(String line, String sentence) {
        requireRefused(EMPTY.run(line.isEmpty() ? new String[0] : line.split(" ")), 2, sentence);
    }

    @Test
    void whereAnErrorAroseIsShownOnRequest() {
        ElboProcess.Ended ended = EMPTY.process().run("recipes", "cave", "--verbose"); // by itself: with its exit code
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("elbo: unknown recipe 'cave'").contains("\tat dev.elbo.recipe.Recipes");
    }

    @Test
    void aTruncatedIdxFileIsNamed() throws IOException {
        Path file = EMPTY.folder().resolve("digits-idx3-ubyte");
        Idx.write(file, HostArray.of(new byte[20 * 8 * 8], 20, 8, 8));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 700));
        // by itself, with its exit code, while libraries load
        ElboProcess.Ended ended = EMPTY.process().run("train", "vae", "--data", "digits-idx3-ubyte");
        requireRefused(ended, 1, "digits-idx3-ubyte is truncated");
        assertThat(EMPTY.folder().resolve("runs")).doesNotExist();
    }

    @Test
    void aFileThatIsNoDataIsNamed() throws IOException {
        Files.writeString(EMPTY.folder().resolve("notes.npy"), "not an array");
        requireRefused(EMPTY.run("train", "vae", "--data", "notes.npy"), 1, "notes.npy");
    }

    /** A combination that only an objective can refuse is refused by its loss of a few examples. */
    @Test
    void whatTheFirstStepWouldRefuseIsRefusedBeforeThereIsARun() throws IOException {
        Npy.write(EMPTY.folder().resolve("digits.npy"), HostArray.of(new byte[20 * 8 * 8], 20, 8, 8));
        requireRefused(
                EMPTY.run("train", "vae", "--data", "digits.npy", "--set", "freeBits=0.25", "--set", "posterior=full"),
                2,
                "free");
        requireRefused(
                EMPTY.run("train", "vq-vae", "--data", "digits.npy", "--set", "encoderUpdates=3"),
                2,
                "encoderUpdates=3 is of models with a posterior that is learned together with the rest");
        assertThat(EMPTY.folder().resolve("runs")).doesNotExist();
    }

    @Test
    void dataThatDoNotFitTheRecipeAreRefusedBeforeThereIsARun() throws IOException {
        Npy.write(EMPTY.folder().resolve("rows.npy"), HostArray.of(new float[20 * 8], 20, 8));
        Npy.write(EMPTY.folder().resolve("images.npy"), HostArray.of(new byte[20 * 8 * 8], 20, 8, 8));
        requireRefused(
                EMPTY.run("train", "conv-vae", "--data", "rows.npy"),
                2,
                "data 'rows.npy' has no field 'image'; it has [row]. Give images, [N, height, width]");
        requireRefused(
                EMPTY.run("train", "cvae", "--data", "images.npy"),
                2,
                "data 'images.npy' has no field 'label'; it has [image]. Give labels: a sub-folder");
        assertThat(EMPTY.folder().resolve("runs")).doesNotExist();
    }

    @Test
    void aTruncatedCheckpointIsNamed(TinyRun run) throws IOException {
        Path copy = ELBO.process().copy(run.directory(), "runs/truncated");
        for (String step : List.of("step-0000000009", "step-0000000018")) {
            Path weights = copy.resolve("checkpoints").resolve(step).resolve("model.safetensors");
            Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 300));
        }
        ElboProcess.Ended ended = ELBO.run("sample", "truncated");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains("runs/truncated/checkpoints/step-0000000018 is damaged")
                .contains("elbo: runs/truncated has damaged checkpoints only");
    }

    @Test
    void aDamagedCheckpointIsLeftOutForAnEarlierOne(TinyRun run) throws IOException {
        Path copy = ELBO.process().copy(run.directory(), "runs/damaged");
        Path weights = copy.resolve("checkpoints/step-0000000018/model.safetensors");
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 300));
        ElboProcess.Ended ended = ELBO.run("resume", "damaged", "--samples", "2");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("step-0000000018 is damaged");
        assertThat(ended.out()).contains("goes on after 1 epoch");
        assertThat(weights)
                .hasSize(Files.size(run.directory().resolve("checkpoints/step-0000000018/model.safetensors")));
    }

    @Test
    void aRunOfANewerVersionIsRefused(TinyRun run) throws IOException {
        Path config = ELBO.process().copy(run.directory(), "runs/newer").resolve("config.json");
        String written = Files.readString(config);
        Files.writeString(config, written.replace("\"format\" : 1", "\"format\" : 99"));
        refuse(1, "was written by a newer version of Elbo, in format 99", "resume", "newer");
        assertThat(config).content().contains("\"format\" : 99");
    }

    @Test
    void aDirectoryThatIsNoRunIsRefused() throws IOException {
        Files.createDirectories(ELBO.folder().resolve("empty"));
        refuse(1, "empty is no run: it has no config.json", "evaluate", "empty");
    }

    @Test
    void aRunWithoutCheckpointIsRefused(TinyRun run) throws IOException {
        Path young = Files.createDirectories(ELBO.folder().resolve("runs/young"));
        Files.copy(run.directory().resolve("config.json"), young.resolve("config.json"));
        refuse(1, "runs/young has no checkpoint yet", "evaluate", "young");
    }

    @Test
    void aRunIsNotBegunWhereThereIsOne(TinyRun run) throws IOException {
        ELBO.process().copy(run.directory(), "runs/there");
        String images = run.folder().resolve("images").toString();
        refuse(1, "runs/there holds a run already", "train", "vae", "--data", images, "--out", "runs/there");
    }

    @Test
    void withoutANetworkEverySourceAndTheWayOutAreNamed() {
        requireRefused(EMPTY.run("train", "vae", "--data", "mnist"), 1, "name it with --data-dir or ELBO_DATA");
    }

    @Test
    void filesWithAWrongChecksumAreRefused() throws IOException {
        Path supplied = Files.createDirectories(EMPTY.folder().resolve("supplied"));
        Files.write(supplied.resolve("train-labels-idx1-ubyte"), new byte[60_008]);
        Files.write(supplied.resolve("t10k-labels-idx1-ubyte"), new byte[10_008]);
        Files.write(supplied.resolve("t10k-images-idx3-ubyte"), new byte[7_840_016]);
        Files.write(supplied.resolve("train-images-idx3-ubyte"), new byte[47_040_016]);
        ElboProcess.Ended ended = EMPTY.run("train", "vae", "--data", "mnist", "--data-dir", "supplied");
        requireRefused(ended, 1, "SHA-256");
    }

    @Test
    void conditionsThatAModelOrItsDataDoNotHaveAreRefused(TinyRun run) throws IOException {
        ELBO.process().copy(run.directory(), "runs/conditions");
        refuse(2, "unknown label 'liyng'; did you mean 'lying'?", "sample", "conditions", "--given", "label=liyng");
        refuse(2, "unknown condition 'lable'; did you mean 'label'?", "sample", "conditions", "--given", "lable=lying");
        refuse(
                2,
                "--given label=lying and label=standing: give one value, or leave it out to have all of them",
                "sample",
                "conditions",
                "--given",
                "label=lying",
                "--given",
                "label=standing");
    }

    @Test
    void figuresThatCannotBeDrawnAreRefused(TinyRun run) throws IOException {
        ELBO.process().copy(run.directory(), "runs/figures");
        refuse(2, "--out s.jpg: the file's name must end in .png", "sample", "figures", "--out", "s.jpg");
        refuse(2, "latent dimensions are 0 to 1; got [5]", "traverse", "figures", "--dims", "5");
        refuse(2, "unknown split 'tset'; choose test, validation or train", "encode", "figures", "--split", "tset");
    }

    @Test
    void aModelThatIsLargerThanMemoryIsToldSo(TinyRun run) {
        String images = run.folder().resolve("images").toString();
        refuse(1, "elbo: out of memory: ", "train", "vae", "--data", images, "--set", "hidden=999999999,999999999");
    }

    @Test
    void aFigureThatCannotBeWrittenIsNamed(TinyRun run) throws IOException {
        ELBO.process().copy(run.directory(), "runs/unwritable");
        Files.writeString(ELBO.folder().resolve("file"), "in the way");
        refuse(1, "file/s.png could not be written: ", "sample", "unwritable", "--out", "file/s.png");
    }

    @Test
    void aConfigurationThatDoesNotFitTheWeightsIsToldSo(TinyRun run) throws IOException {
        Path config = ELBO.process().copy(run.directory(), "runs/unfitting").resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\"latents\" : 2", "\"latents\" : 3"));
        refuse(1, "does not fit the model of the run's config.json", "sample", "unfitting");
        Files.writeString(config, "{\"format\" : 1,\n oops");
        refuse(1, "config.json is no JSON at line 2. Repair it, or choose another run.", "sample", "unfitting");
    }

    @Test
    void dataThatHaveGoneAreMissed(TinyRun run) throws IOException {
        Path copy = ELBO.process().copy(run.directory(), "runs/gone");
        Path config = copy.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("/images\"", "/gone\""));
        refuse(2, "they are not at hand; say with --data where they are", "reconstruct", "gone", "--count", "2");
        ElboProcess.Ended sampled = ELBO.run("sample", "gone"); // needs none
        assertThat(sampled.exitCode()).as(sampled.err()).isZero();
        String images = run.folder().resolve("images").toString();
        ElboProcess.Ended ended = ELBO.run("reconstruct", "gone", "--count", "2", "--data", images);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }

    @Test
    void aMistypedPathOfANewTrainingIsNotTakenForDataThatHaveGone() throws IOException {
        Path images = Files.createDirectories(EMPTY.folder().resolve("pictures"));
        String mistyped = EMPTY.folder().resolve("pictuers").toString();
        ElboProcess.Ended ended = EMPTY.run("train", "vae", "--data", mistyped);
        assertThat(ended.err())
                .isEqualTo("elbo: there is no file or folder " + mistyped + "; did you mean " + images + "?\n");
        assertThat(ended.exitCode()).isEqualTo(2);
    }

    @Test
    void aMistypedPathForARunIsNotTakenForTheDataThatItHad(TinyRun run) throws IOException {
        ELBO.process().copy(run.directory(), "runs/mistyped");
        String nowhere = ELBO.folder().resolve("no/where").toString();
        for (String command : new String[] {"reconstruct", "resume", "evaluate"}) {
            ElboProcess.Ended ended = ELBO.run(command, "mistyped", "--data", nowhere);
            assertThat(ended.err()).as(command).isEqualTo("elbo: there is no file or folder " + nowhere + "\n");
            assertThat(ended.exitCode()).isEqualTo(2);
        }
    }
}
