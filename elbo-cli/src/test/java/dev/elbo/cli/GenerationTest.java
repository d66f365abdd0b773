package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.Npy;
import dev.elbo.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TinyRun.Extension.class)
class GenerationTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    private static final Path RUN = ELBO.folder().resolve("runs/tiny");

    @BeforeAll
    static void copyRun(TinyRun run) throws IOException {
        ELBO.process().copy(run.directory(), "runs/tiny");
    }

    private String print(String... arguments) {
        ElboProcess.Ended ended = ELBO.run(arguments);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.notes()).isEmpty();
        return ended.out();
    }

    private BufferedImage picture(String file) throws IOException {
        BufferedImage picture = ImageIO.read(ELBO.folder().resolve(file).toFile());
        assertThat(picture).as(file).isNotNull();
        return picture;
    }

    @ParameterizedTest
    @CsvSource({
        "sample tiny --count 0, '--count is from 1 to 10,000; got 0'",
        "sample tiny --count 99999999, '--count is from 1 to 10,000; got 99,999,999'",
        "sample tiny --temperature NaN, '--temperature is from 0 to 1000; got NaN'",
        "sample tiny --temperature -1, '--temperature is from 0 to 1000; got -1.0'",
        "interpolate tiny --steps 1, '--steps is from 2 to 1,000; got 1'",
        "evaluate tiny --samples 2147483647, '--samples is from 1 to 1,000,000; got 2,147,483,647'"
    })
    void whatCannotBeDrawnIsRefused(String line, String sentence) {
        ElboProcess.Ended ended = ELBO.run(line.split(" ", -1));
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).isEqualTo("elbo: " + sentence + "\n");
    }

    @Test
    void samplesAreDrawnIntoTheFiguresOfTheRun() throws IOException {
        Files.delete(RUN.resolve("figures/samples.png"));
        assertThat(print("sample", "tiny", "--count", "4")).isEqualTo("runs/tiny/figures/samples.png\n");
        picture("runs/tiny/figures/samples.png");
    }

    @Test
    void samplesAreDrawnOnDemandToAFileOfOnesOwn() throws IOException {
        String[] command = {"sample", "last", "--given", "label=lying", "--count", "9", "--json", "--out", "a/s.png"};
        ElboProcess.Ended ended = ELBO.process().run(command); // by itself, so that nothing else prints either
        assertThat(ended.json().toString()).isEqualTo("{\"file\":\"a/s.png\"}");
        picture("a/s.png");
    }

    @Test
    void theSameSeedDrawsTheSameSamplesAndAnotherDrawsOthers() throws IOException {
        print("sample", "tiny", "--seed", "7", "--temperature", "0.5", "--out", "a.png");
        print("sample", "tiny", "--seed", "7", "--temperature", "0.5", "--out", "b.png");
        print("sample", "tiny", "--seed", "8", "--temperature", "0.5", "--out", "c.png");
        assertThat(ELBO.folder().resolve("b.png"))
                .hasSameBinaryContentAs(ELBO.folder().resolve("a.png"));
        assertThat(Files.readAllBytes(ELBO.folder().resolve("c.png")))
                .isNotEqualTo(Files.readAllBytes(ELBO.folder().resolve("a.png")));
    }

    @Test
    void samplesAreWrittenForOtherPrograms() throws IOException {
        assertThat(print("sample", "tiny", "--count", "3", "--as", "png", "--out", "singles/"))
                .isEqualTo("singles: 3 files\n");
        assertThat(picture("singles/0000-lying.png").getWidth()).isEqualTo(8);
        assertThat(print("sample", "tiny", "--count", "3", "--as", "npy", "--out", "arrays/"))
                .isEqualTo("arrays/samples.npy\narrays/samples-label.npy\n");
        print("sample", "tiny", "--count", "3", "--as", "npy", "--out", "mine.npy");
        assertThat(Npy.read(ELBO.folder().resolve("mine.npy")))
                .isEqualTo(Npy.read(ELBO.folder().resolve("arrays/samples.npy")));
    }

    @ParameterizedTest
    @CsvSource({
        "--as png --out a.png, '--out a.png: a folder is needed here; as in --out samples/'",
        "--as npy --out a.png, '--out a.png: a folder is needed here, or a file whose name ends in .npy; as in --out samples/'",
        "--as wav --out waves, 'these samples cannot be written as wav: they are pictures; choose --as png or npy'"
    })
    void aFormThatDoesNotFitIsRefused(String options, String sentence) {
        ElboProcess.Ended ended = ELBO.run(("sample tiny " + options).split(" ", -1));
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).isEqualTo("elbo: " + sentence + "\n");
    }

    @Test
    void reconstructionsAreDrawn() throws IOException {
        assertThat(print("reconstruct", "tiny", "--count", "6")).isEqualTo("runs/tiny/figures/reconstructions.png\n");
        picture("runs/tiny/figures/reconstructions.png");
    }

    @Test
    void interpolationsAreDrawn() throws IOException {
        print("interpolate", "tiny", "--linear", "--pairs", "2", "--steps", "5", "--out", "short.png");
        print("interpolate", "tiny", "--pairs", "2", "--steps", "9", "--out", "long.png");
        assertThat(picture("long.png").getWidth())
                .isGreaterThan(picture("short.png").getWidth());
    }

    @Test
    void dimensionsAreTraversed() throws IOException {
        print("traverse", "tiny", "--dims", "1", "--example", "3", "--out", "one.png");
        print("traverse", "tiny", "--dims", "1,0", "--out", "two.png");
        assertThat(picture("two.png").getHeight())
                .isGreaterThan(picture("one.png").getHeight());
    }

    /** Which files are written; what is encoded of dynamic pixels is told. */
    private static String encode(String... options) {
        List<String> words = new ArrayList<>(List.of("encode", "tiny"));
        words.addAll(List.of(options));
        ElboProcess.Ended ended = ELBO.run(words.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.notes()).startsWith("encoded are the grey values that pixels=dynamic draws from");
        return ended.out();
    }

    @Test
    void codesAreWrittenAsTextWithLabels() throws IOException {
        assertThat(encode("--split", "train", "--out", "codes.csv")).isEqualTo("codes.csv\n");
        List<String> lines = Files.readAllLines(ELBO.folder().resolve("codes.csv"));
        assertThat(lines).hasSize(1 + 152).startsWith("z0,z1,label,split,file");
        assertThat(lines.subList(1, lines.size()))
                .allMatch(line -> line.matches("[-\\d.E]+,[-\\d.E]+,(lying|standing),train,train/\\1/\\d+\\.png"));
    }

    @Test
    void codesAreWrittenAsArrays() throws IOException {
        assertThat(encode()).isEqualTo("runs/tiny/codes.npy\nruns/tiny/codes-labels.npy\nruns/tiny/codes-files.txt\n");
        assertThat(Npy.read(RUN.resolve("codes.npy")).shape()).isEqualTo(Shape.of(40, 2));
        assertThat(Npy.read(RUN.resolve("codes-labels.npy")).toLongs()).contains(0, 1);
        assertThat(Files.readAllLines(RUN.resolve("codes-files.txt")))
                .hasSize(40)
                .allMatch(file -> file.startsWith("test/"));
    }

    @Test
    void codesOfAllSplitsAreWrittenOneAfterTheOther() throws IOException {
        encode("--split", "all", "--out", "all.csv");
        List<String> lines = Files.readAllLines(ELBO.folder().resolve("all.csv"));
        assertThat(lines).hasSize(1 + 152 + 8 + 40);
        assertThat(lines.get(1)).contains(",train,");
        assertThat(lines.get(153)).contains(",validation,");
        assertThat(lines.get(200)).contains(",test,");
    }

    /** 10 images to learn from, and 3 that are held out. */
    private static String fewImages() throws IOException {
        Path images = ELBO.folder().resolve("few");
        if (!Files.exists(images)) {
            TinyImages.write(images);
            try (Stream<Path> files = Files.walk(images)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".png")).toList()) {
                    boolean isKept = file.toString().contains("train")
                            ? file.getFileName().toString().matches("[0-4].png")
                            : file.toString().contains("lying")
                                    && file.getFileName().toString().matches("[0-2].png");
                    if (!isKept) {
                        Files.delete(file);
                    }
                }
            }
            ImageIO.write(
                    new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY),
                    "png",
                    images.resolve("test/standing/0.png").toFile());
            Files.delete(images.resolve("test/lying/2.png"));
        }
        return images.toString();
    }

    @Test
    void fewerThanTwentyHeldOutImagesAreReconstructedAsTheyAre() throws IOException {
        ElboProcess.Ended ended = ELBO.run("reconstruct", "tiny", "--data", fewImages(), "--out", "few-r.png");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.notes()).isEqualTo("test has 3 examples; what there is, is shown\n");
        picture("few-r.png");
        print("reconstruct", "tiny", "--data", fewImages(), "--count", "3", "--out", "three.png");
        assertThat(ELBO.folder().resolve("few-r.png"))
                .hasSameBinaryContentAs(ELBO.folder().resolve("three.png"));
    }

    @Test
    void fewerThanTenHeldOutImagesAreInterpolatedAsTheyAre() throws IOException {
        ElboProcess.Ended ended = ELBO.run("interpolate", "tiny", "--data", fewImages(), "--out", "few-i.png");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.notes()).isEqualTo("test has 3 examples; what there is, is shown\n");
        print("interpolate", "tiny", "--data", fewImages(), "--pairs", "1", "--out", "pair.png");
        assertThat(ELBO.folder().resolve("few-i.png"))
                .hasSameBinaryContentAs(ELBO.folder().resolve("pair.png"));
    }
}
