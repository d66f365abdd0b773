package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.HostArray;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageGridTest {
    private static final int WHITE = 0xffffff;
    private static final int MAGENTA = 0xff00c8;

    @Property(tries = 60)
    void everyPixelBecomesASquareOfItsColourWhateverStandsAroundIt(
            @ForAll @IntRange(min = 1, max = 13) int count,
            @ForAll boolean colour,
            @ForAll @IntRange(min = 1, max = 9) int height,
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll @IntRange(min = 1, max = 4) int scale,
            @ForAll @IntRange(min = 2, max = 6) int gutter,
            @ForAll boolean labelled) {
        byte[] pixels = randomBytes(count * (colour ? 3 : 1) * height * width);
        int rows = (count + columns - 1) / columns;
        ImageGrid grid = ImageGrid.of(HostArray.of(pixels, count, colour ? 3 : 1, height, width))
                .columns(columns)
                .scale(scale)
                .gutter(gutter)
                .rowsPerGroup(labelled ? 2 : 0)
                .title(labelled ? "a title" : "")
                .caption(labelled ? "a caption that is longer than such small images are wide" : "")
                .rowLabels(Collections.nCopies(labelled ? rows : 0, "a label of more than one word"))
                .columnLabels(Collections.nCopies(labelled ? columns : 0, "reconstruction"))
                .framedColumns(labelled ? Set.of(0) : Set.of())
                .build();
        BufferedImage figure = grid.draw();
        for (int image = 0; image < count; image++) {
            Rectangle place = grid.place(image);
            assertThat(place.getSize()).isEqualTo(new Dimension(width * scale, height * scale));
            assertShows(figure, place, scale, pixels, image * pixels.length / count, colour);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100, 28, 28, 10",
        "10, 28, 28, 5",
        "64, 28, 28, 8",
        "3, 28, 28, 2", // squares
        "16, 28, 280, 2",
        "10, 28, 280, 1", // wide images under each other
        "10, 280, 28, 10", // tall ones beside each other
        "1, 28, 28, 1"
    })
    void aGridIsAboutAsHighAsWideWhateverTheShapeOfItsImages(int count, int height, int width, int columns) {
        byte[] pixels = new byte[count * height * width];
        HostArray images = HostArray.of(pixels, count, 1, height, width);
        assertThat(ImageGrid.of(images).build().columns()).isEqualTo(columns);
    }

    @Test
    void rowsCanBeFramedToo() {
        BufferedImage figure = ImageGrid.of(HostArray.of(new byte[4], 4, 1, 1, 1))
                .columns(2)
                .scale(10)
                .framedRows(Set.of(1))
                .build()
                .draw();
        assertThat(figure.getRGB(22, 18) & 0xffffff).isEqualTo(WHITE); // above the first row
        assertThat(figure.getRGB(22, 45) & 0xffffff).isEqualTo(Ink.ORANGE.rgb()); // below the second
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static void assertShows(
            BufferedImage figure, Rectangle place, int scale, byte[] pixels, int offset, boolean colour) {
        int plane = place.width / scale * (place.height / scale);
        for (int y = 0; y < place.height; y++) {
            for (int x = 0; x < place.width; x++) {
                int at = offset + y / scale * (place.width / scale) + x / scale;
                int red = pixels[at] & 0xff;
                int green = pixels[colour ? at + plane : at] & 0xff;
                int blue = pixels[colour ? at + 2 * plane : at] & 0xff;
                assertThat(rgb(figure, place.x + x, place.y + y)).isEqualTo(red << 16 | green << 8 | blue);
            }
        }
    }

    private static int rgb(BufferedImage figure, int x, int y) {
        return figure.getRGB(x, y) & WHITE;
    }

    @Test
    void imagesFollowEachOtherInRowsWithAGutterBetween() {
        ImageGrid grid = ImageGrid.of(grey(7)).columns(3).scale(2).gutter(4).build();
        assertThat(grid.place(0)).isEqualTo(new Rectangle(20, 20, 16, 16));
        assertThat(grid.place(2)).isEqualTo(new Rectangle(60, 20, 16, 16));
        assertThat(grid.place(6)).isEqualTo(new Rectangle(20, 60, 16, 16));
    }

    private static HostArray grey(int count) {
        return HostArray.of(new byte[count * 64], count, 1, 8, 8);
    }

    @Test
    void theLastRowMayBeUnfinished() {
        BufferedImage figure =
                ImageGrid.of(grey(7)).columns(3).scale(2).gutter(4).build().draw();
        assertThat(figure.getHeight()).isEqualTo(20 + 3 * 16 + 2 * 4 + 20);
        assertThat(rgb(figure, 20 + 8, 60 + 8)).isZero();
        assertThat(rgb(figure, 40 + 8, 60 + 8)).isEqualTo(WHITE);
    }

    @Test
    void aManifoldHasNoGutter() {
        ImageGrid grid = ImageGrid.of(grey(400)).columns(20).gutter(0).scale(2).build();
        assertThat(grid.place(1).x).isEqualTo(grid.place(0).x + 16);
        assertThat(grid.place(20).y).isEqualTo(grid.place(0).y + 16);
    }

    @Test
    void groupsOfRowsAreSetOff() {
        ImageGrid grid = ImageGrid.of(grey(4))
                .columns(1)
                .scale(1)
                .gutter(4)
                .rowsPerGroup(2)
                .build();
        int within = grid.place(1).y - grid.place(0).y;
        assertThat(grid.place(2).y - grid.place(1).y).isGreaterThan(within);
        assertThat(grid.place(3).y - grid.place(2).y).isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({"64, 8, 28, 3", "64, 8, 64, 2", "64, 8, 32, 3", "400, 20, 28, 2", "400, 20, 128, 1"})
    void anImageIsShownAtAWholeScaleThatSuitsItsSizeAndNumber(int count, int columns, int side, int scale) {
        HostArray images = HostArray.of(new byte[count * side * side], count, 1, side, side);
        ImageGrid grid = ImageGrid.of(images).columns(columns).build();
        assertThat(grid.place(0).width).isEqualTo(side * scale);
    }

    @Test
    void noLabelIsCutOff() {
        BufferedImage figure = ImageGrid.of(grey(6))
                .columns(3)
                .title("A title that is a good deal longer than the three small images below it are wide")
                .caption("and a caption, with an unbreakable_word_of_more_letters_than_there_is_room_for_in_any_line")
                .rowLabels(List.of("several words that need several lines", "unbreakable_unbreakable_unbreakable"))
                .columnLabels(List.of("T-shirt/top", "an ankle boot with laces", "unbreakable_unbreakable"))
                .build()
                .draw();
        for (int x = 0; x < figure.getWidth(); x++) {
            for (int y = 0; y < figure.getHeight(); y++) {
                boolean edge = x < 10 || y < 10 || x >= figure.getWidth() - 10 || y >= figure.getHeight() - 10;
                assertThat(edge ? rgb(figure, x, y) : WHITE).isEqualTo(WHITE);
            }
        }
    }

    @Test
    void framesSurroundTheEndsOfAnInterpolation() {
        ImageGrid grid =
                ImageGrid.of(grey(3)).columns(3).framedColumns(Set.of(0, 2)).build();
        BufferedImage figure = grid.draw();
        assertThat(rgb(figure, grid.place(0).x - 1, grid.place(0).y)).isEqualTo(Ink.ORANGE.rgb());
        assertThat(rgb(figure, grid.place(1).x - 1, grid.place(1).y)).isEqualTo(WHITE);
        assertThat(rgb(figure, grid.place(2).x - 1, grid.place(2).y)).isEqualTo(Ink.ORANGE.rgb());
    }

    @Test
    void whatIsNotANumberIsMagentaRatherThanBlack() {
        HostArray images = HostArray.of(new float[] {Float.NaN, 0, Float.POSITIVE_INFINITY, 1}, 1, 1, 2, 2);
        ImageGrid grid = ImageGrid.of(images).scale(1).build();
        Rectangle place = grid.place(0);
        assertThat(rgb(grid.draw(), place.x, place.y)).isEqualTo(MAGENTA);
        assertThat(rgb(grid.draw(), place.x + 1, place.y)).isZero();
        assertThat(rgb(grid.draw(), place.x, place.y + 1)).isEqualTo(MAGENTA);
        assertThat(rgb(grid.draw(), place.x + 1, place.y + 1)).isEqualTo(WHITE);
    }

    @Test
    void valuesBeyondBlackAndWhiteAreCut() {
        HostArray images = HostArray.of(new float[] {-0.2f, 1.7f, 0.5f}, 1, 3, 1, 1);
        ImageGrid grid = ImageGrid.of(images).scale(1).build();
        assertThat(rgb(grid.draw(), grid.place(0).x, grid.place(0).y)).isEqualTo(0x00ff80);
    }

    @Test
    void theSameImagesMakeTheSameFile() {
        ImageGrid grid = ImageGrid.of(grey(5)).title("Samples").build();
        assertThat(Png.bytes(grid.draw())).isEqualTo(Png.bytes(grid.draw()));
    }

    @Test
    void whatIsNoArrayOfImagesIsRefused() {
        assertThatThrownBy(() -> ImageGrid.of(HostArray.of(new byte[0], 0, 1, 28, 28)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a grid needs images [N, C, H, W] of UINT8 or floating point, at least one, with C = 1 or 3;"
                                + " got UINT8 [0, 1, 28, 28]");
        assertThatThrownBy(() -> ImageGrid.of(HostArray.of(new byte[8], 1, 2, 2, 2)))
                .hasMessageEndingWith("got UINT8 [1, 2, 2, 2]");
        assertThatThrownBy(() -> ImageGrid.of(HostArray.of(new long[4], 1, 1, 2, 2)))
                .hasMessageEndingWith("got INT64 [1, 1, 2, 2]");
        assertThatThrownBy(() -> ImageGrid.of(HostArray.of(new float[784], 1, 784)))
                .hasMessageEndingWith("got FLOAT32 [1, 784]");
    }

    @Test
    void labelsThatDoNotFitAreRefused() {
        assertThatThrownBy(() ->
                        ImageGrid.of(grey(6)).columns(3).rowLabels(List.of("0")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a grid of 2 rows needs as many row labels, or none; got 1");
        assertThatThrownBy(() -> ImageGrid.of(grey(6)).columns(0).build())
                .hasMessage("a grid has at least 1 column; got 0");
        assertThatThrownBy(() -> ImageGrid.of(grey(6)).scale(0).build())
                .hasMessage("an image is drawn at a whole scale of at least 1; got 0");
        assertThatThrownBy(() ->
                        ImageGrid.of(grey(6)).gutter(0).framedColumns(Set.of(0)).build())
                .hasMessage("frames need a gutter of at least 2 pixels; got 0");
    }
}
