package dev.elbo.exhibit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.figure.ImageGrid;
import dev.elbo.generate.Shown;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetTest {
    /** Image i has the value i / 10 in its pixels. */
    private static Shown images(int count, int height, int width) {
        float[] values = new float[count * height * width];
        for (int i = 0; i < values.length; i++) {
            int image = i / (height * width);
            values[i] = image / 10f;
        }
        return new Shown.Images(HostArray.of(values, count, 1, height, width));
    }

    private static ImageGrid grid(Sheet sheet) {
        return (ImageGrid) ((Piece.Picture) sheet.piece()).figure();
    }

    private static Sheet sheet(Shown shown) {
        return new Sheet(shown, 3, "")
                .rows(List.of("a", "b"))
                .columns(List.of("x", "", "y"))
                .framed(Set.of(0));
    }

    @Test
    void rowsThatFitOnAPageLieAsTheyAre() {
        ImageGrid grid = grid(sheet(images(6, 4, 4)));
        assertThat(grid.columns()).isEqualTo(3);
        assertThat(grid.rowLabels()).containsExactly("a", "b");
        assertThat(grid.framedColumns()).containsExactly(0);
    }

    @Test
    void rowsThatAreTooLongForAPageStandUpright() {
        ImageGrid grid = grid(sheet(images(6, 1, 500)));
        assertThat(grid.columns()).isEqualTo(2);
        assertThat(grid.columnLabels()).containsExactly("a", "b");
        assertThat(grid.rowLabels()).containsExactly("x", "", "y");
        assertThat(grid.framedRows()).containsExactly(0);
        assertThat(grid.framedColumns()).isEmpty();
        float[] firsts = new float[6];
        for (int i = 0; i < 6; i++) {
            firsts[i] = grid.images().rows(i, i + 1).toFloats()[0];
        }
        assertThat(firsts).containsExactly(0f, 0.3f, 0.1f, 0.4f, 0.2f, 0.5f);
    }

    @Test
    void textInARowHasTheLabelsOfItsColumns() {
        Piece piece = sheet(new Shown.Text(List.of("one", "two", "three", "four", "five", "six")))
                .piece();
        assertThat(((Piece.Writing) piece).lines())
                .containsExactly("[a]", "x: one", "two", "y: three", "", "[b]", "x: four", "five", "y: six");
    }

    @Test
    void soundIsHeardAndItsSpectraAreSeenUnderTheSameName(@TempDir Path folder) throws IOException {
        HostArray spectrum = HostArray.of(new float[5 * 4], 5, 4);
        Shown sound = new Shown.Sound(
                List.of(HostArray.of(new float[80], 80), HostArray.of(new float[80], 80)),
                8000,
                List.of(spectrum, spectrum));

        Piece piece =
                new Sheet(sound, 1, "").rows(List.of("sound", "reconstruction")).piece();
        piece.write(folder.resolve("reconstructions" + piece.ending()));

        assertThat(folder.resolve("reconstructions.wav")).isNotEmptyFile();
        assertThat(folder.resolve("reconstructions.png")).isNotEmptyFile();
        assertThat(((ImageGrid) ((Piece.Recording) piece).spectra().orElseThrow()).rowLabels())
                .containsExactly("sound", "reconstruction");
        assertThat(Files.size(folder.resolve("reconstructions.wav")))
                .isEqualTo(44 + 2 * (80 + 2400 + 80)); // 0.3 s between them
    }
}
