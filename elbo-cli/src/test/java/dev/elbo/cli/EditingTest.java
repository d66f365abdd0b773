package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TinyRun.Extension.class)
class EditingTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    @BeforeAll
    static void copyRun(TinyRun run) throws IOException {
        ELBO.process().copy(run.directory(), "runs/tiny");
        ELBO.process().copy(run.directory(), "runs/bare");
        Path photo = run.folder().resolve("images/test/lying/0.png");
        Files.copy(photo, ELBO.folder().resolve("a.png"));
        Files.copy(
                run.folder().resolve("images/test/standing/0.png"),
                ELBO.folder().resolve("b.png"));
        ImageIO.write(half(8), "png", ELBO.folder().resolve("mask.png").toFile());
        ImageIO.write(half(5), "png", ELBO.folder().resolve("small.png").toFile());
        ImageIO.write(half(20), "png", ELBO.folder().resolve("large.png").toFile());
        run("directions", "tiny", "--by", "label");
    }

    /** A square whose upper half is white. */
    private static BufferedImage half(int side) {
        BufferedImage mask = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < side * (side / 2); i++) {
            mask.getRaster().setSample(i % side, i / side, 0, 255);
        }
        return mask;
    }

    private static ElboProcess.Ended run(String... arguments) {
        ElboProcess.Ended ended = ELBO.run(arguments);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended;
    }

    private static BufferedImage picture(String file) throws IOException {
        BufferedImage picture = ImageIO.read(ELBO.folder().resolve(file).toFile());
        assertThat(picture).as(file).isNotNull();
        return picture;
    }

    @Test
    void directionsOfClassesAreKeptWithTheRunAndTellHowGoodTheyAre() throws IOException {
        ElboProcess.Ended ended = run("directions", "tiny", "--by", "label", "--method", "linear", "--json");

        JsonNode said = ended.json();
        assertThat(said.path("file").asText()).isEqualTo("runs/tiny/directions.safetensors");
        assertThat(said.path("directions").findValuesAsText("name")).containsExactly("lying", "standing");
        JsonNode lying = said.path("directions").get(0);
        assertThat(lying.path("method").asText()).isEqualTo("linear");
        assertThat(lying.path("accuracy").asDouble()).isBetween(0.0, 1.0);
        assertThat(lying.path("heldOut").asInt()).isEqualTo(40);
        assertThat(ELBO.folder().resolve("runs/tiny/directions.safetensors")).exists();
    }

    @Test
    void aPictureIsEditedAlongADirection() throws IOException {
        ElboProcess.Ended ended = run(
                "edit", "tiny", "a.png", "--given", "label=lying", "--set", "standing=+2", "--out", "e.png", "--json");

        assertThat(ended.json().toString()).isEqualTo("{\"file\":\"e.png\",\"pictures\":1}");
        assertThat(picture("e.png").getWidth()).isEqualTo(8);
        run("edit", "tiny", "a.png", "--given", "label=lying", "--set", "standing=2", "--steps", "4");
        assertThat(picture("runs/tiny/figures/edited.png").getWidth()).isGreaterThan(4 * 8);
    }

    @Test
    void ofAFolderEachPictureIsEditedIntoAFileOfItsName() throws IOException {
        Path folder = Files.createDirectories(ELBO.folder().resolve("photos"));
        Files.copy(ELBO.folder().resolve("a.png"), folder.resolve("one.png"));
        Files.copy(ELBO.folder().resolve("b.png"), folder.resolve("two.png"));
        Files.writeString(folder.resolve("notes.txt"), "no picture");

        ElboProcess.Ended ended = run(
                "edit", "tiny", "photos", "--given", "label=lying", "--set", "standing=1", "--out", "made", "--json");

        assertThat(ended.json().toString()).isEqualTo("{\"folder\":\"made\",\"files\":2}");
        assertThat(picture("made/one.png").getWidth()).isEqualTo(8);
        run("edit", "tiny", "a.png", "--given", "label=lying", "--set", "standing=1", "--out", "alone.png");
        assertThat(ELBO.folder().resolve("made/one.png"))
                .hasSameBinaryContentAs(ELBO.folder().resolve("alone.png"));
        assertThat(picture("made/two.png").getWidth()).isEqualTo(8);
    }

    @Test
    void aPictureOfAnotherSizeIsBroughtToThatOfTheModelAndThatIsSaid() throws IOException {
        ElboProcess.Ended ended = run("denoise", "tiny", "large.png", "--given", "label=lying", "--out", "d.png");

        assertThat(ended.notes())
                .isEqualTo("large.png has 20 × 20 pixels; its middle is brought to 8 × 8, which the model knows\n");
        assertThat(picture("d.png").getWidth()).isEqualTo(8);
    }

    @Test
    void aMorphIsAStripOrAnAnimationThereAndBack() throws IOException {
        run("morph", "tiny", "a.png", "b.png", "--given", "label=lying", "--steps", "4", "--out", "strip.png");
        run("morph", "tiny", "a.png", "b.png", "--given", "label=lying", "--steps", "4", "--out", "morph.gif");

        picture("strip.png");
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(
                ELBO.folder().resolve("morph.gif").toFile())) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(6);
        }
    }

    @Test
    void theNearestTrainingPicturesOfAPictureAndOfSamplesAreDrawnAndTheirDistancesTold() throws IOException {
        JsonNode said = run("neighbours", "tiny", "--picture", "a.png", "--count", "3", "--out", "near.png", "--json")
                .json();
        assertThat(said.path("file").asText()).isEqualTo("near.png");
        JsonNode near = said.path("neighbours").get(0);
        assertThat(near).hasSize(3);
        assertThat(near.get(0).path("distance").asDouble())
                .isLessThanOrEqualTo(near.get(1).path("distance").asDouble());
        assertThat(near.get(0).path("label").asText()).isIn("lying", "standing");
        assertThat(picture("near.png").getWidth()).isGreaterThan(4 * 8);

        assertThat(run("neighbours", "tiny", "--samples", "2", "--count", "3", "--json")
                        .json()
                        .path("neighbours"))
                .hasSize(2);
        picture("runs/tiny/figures/neighbours.png");
    }

    @Test
    void whatAMaskLeavesStaysAsItIs() throws IOException {
        run(
                "inpaint",
                "tiny",
                "a.png",
                "--mask",
                "mask.png",
                "--given",
                "label=lying",
                "--steps",
                "5",
                "--out",
                "f.png");
        run(
                "inpaint",
                "tiny",
                "a.png",
                "--mask",
                "mask.png",
                "--given",
                "label=lying",
                "--steps",
                "5",
                "--by",
                "gibbs",
                "--out",
                "g.png");

        BufferedImage whole = picture("a.png");
        for (String made : new String[] {"f.png", "g.png"}) {
            for (int i = 4 * 8; i < 8 * 8; i++) {
                assertThat(picture(made).getRaster().getSample(i % 8, i / 8, 0))
                        .isEqualTo(whole.getRaster().getSample(i % 8, i / 8, 0));
            }
        }
    }

    @Test
    void anAttributeOfOnePictureIsMixedIntoAnother() throws IOException {
        run("mix", "tiny", "a.png", "b.png", "--given", "label=lying", "--attribute", "standing", "--out", "m.png");

        picture("m.png");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "edit tiny a.png --given label=lying --set smile=1|unknown attribute 'smile'; known: lying, standing",
                "edit tiny a.png --given label=lying --set lying=much|--set lying=much: a number was expected, as in lying=+2",
                "edit tiny a.png --set lying=1|this model is given label: say what it is of the picture, as in --given label=VALUE",
                "edit tiny no.png --given label=lying --set lying=1|there is no picture no.png",
                "edit tiny a.png --given label=lying --set lying=1 --out e.gif|--out e.gif: the file's name must end in .png",
                "edit tiny runs --given label=lying --set lying=1|runs holds no picture: PNG, JPEG, GIF, BMP, TIFF, WebP, PPM or PGM",
                "edit tiny runs --given label=lying --set lying=1 --out e.png|--out e.png: runs is a folder, and so must be what is made of it",
                "edit tiny runs --given label=lying --set lying=1 --out runs|--out runs: the pictures would take the place of those that"
                        + " they are made of; name another folder",
                "edit bare a.png --given label=lying --set lying=1|no directions of this run are kept: find them by"
                        + " ./elbo directions runs/bare --by label",
                "inpaint tiny a.png --mask small.png --given label=lying|the mask small.png has 5 × 5 pixels; it must have those"
                        + " of the picture, 8 × 8, or of the model, 8 × 8",
                "mix tiny a.png b.png --given label=lying|this model has one latent, 'z', which would be A's or B's as a whole:"
                        + " give --attribute, or choose a run of a hierarchy, as deep-vae",
                "directions tiny --by smile|--by: unknown field 'smile'; known: label"
            })
    void whatCannotBeDoneIsRefusedWithWhatCan(String line, String sentence) {
        ElboProcess.Ended ended = ELBO.run(line.split(" ", -1));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).isEqualTo("elbo: " + sentence + "\n");
    }
}
