package dev.elbo.exhibit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.data.Npy;
import dev.elbo.exhibit.SampleFiles.Form;
import dev.elbo.generate.Shown;
import dev.elbo.tensor.HostArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFilesTest {
    private static final HostArray PIXELS = HostArray.of(new float[] {0, 0.2f, 0.4f, 0.6f, 0.8f, 1}, 3, 1, 1, 2);
    private static final SampleFiles PICTURES = new SampleFiles(
            new Shown.Images(PIXELS),
            Map.of("label", HostArray.of(new long[] {1, 0, 1}, 3)),
            Map.of("label", List.of("a/b", "ü 2")));
    private static final SampleFiles SOUND = new SampleFiles(
            new Shown.Sound(List.of(HostArray.of(new float[] {0, 1}, 2), HostArray.of(new float[] {-1}, 1)), 8000),
            Map.of(),
            Map.of());

    @TempDir
    private Path folder;

    @Test
    void picturesHaveTheirOwnPixelsInGreyAndTheirClassInTheirNames() throws IOException {
        List<Path> files = PICTURES.writeEach(folder.resolve("new"), Form.PNG);
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("0000-ü_2.png", "0001-a_b.png", "0002-ü_2.png");
        BufferedImage second = ImageIO.read(files.get(1).toFile());
        assertThat(second.getRaster().getNumBands()).isEqualTo(1);
        assertThat(second.getRaster().getPixels(0, 0, 2, 1, (int[]) null))
                .containsExactly(102, 153); // 255 · 0.4, · 0.6
    }

    @Test
    void coloursStayColours() throws IOException {
        SampleFiles red =
                new SampleFiles(new Shown.Images(HostArray.of(new float[] {1, 0, 0}, 1, 3, 1, 1)), Map.of(), Map.of());
        Path file = red.writeEach(folder, Form.PNG).get(0);
        assertThat(ImageIO.read(file.toFile()).getRGB(0, 0)).isEqualTo(0xffff0000);
    }

    @Test
    void anArrayHoldsTheSamplesAndOthersWhatTheyWereDrawnGiven() throws IOException {
        List<Path> files = PICTURES.writeArray(folder.resolve("some.npy"));
        assertThat(files).containsExactly(folder.resolve("some.npy"), folder.resolve("some-label.npy"));
        assertThat(Npy.read(files.get(0))).isEqualTo(PIXELS);
        assertThat(Npy.read(files.get(1)).toLongs()).containsExactly(1, 0, 1);
    }

    @Test
    void soundIsAFileForEachRecordingOrOneArray() throws IOException {
        assertThat(SOUND.writeEach(folder.resolve("each"), Form.WAV))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("0000.wav", "0001.wav");
        Path file = SOUND.writeArray(folder.resolve("all.npy")).get(0);
        assertThat(Npy.read(file).toFloats()).containsExactly(0, 1, -1, 0);
    }

    @Test
    void aFormThatDoesNotFitIsRefusedWithThoseThatDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PICTURES.require(Form.WAV))
                .withMessage("these samples cannot be written as wav: they are pictures; choose --as png or npy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SOUND.require(Form.PNG))
                .withMessageContaining("choose --as wav or npy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SampleFiles(new Shown.Text(List.of("a")), Map.of(), Map.of()).require(Form.NPY))
                .withMessageContaining("lines of text; leave out --as");
    }

    @Test
    void samplesAreNotMixedWithOtherFiles() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PICTURES.writeEach(folder, Form.PNG))
                .withMessage(folder + " holds 1 file already, among which samples could not be told;"
                        + " name another folder with --out");
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("mine.txt"));
    }
}
