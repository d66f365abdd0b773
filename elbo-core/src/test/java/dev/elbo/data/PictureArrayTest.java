package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.RowSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many pictures: decoded once, and read from then on. */
class PictureArrayTest {
    private static final long NONE = 0;
    private static final long ALL = Long.MAX_VALUE;

    @TempDir
    Path folder;

    @TempDir
    Path home;

    private final List<FetchEvent> events = new ArrayList<>();

    private void picture(String name, int type, int seed) throws IOException {
        BufferedImage image = new BufferedImage(5, 4, type);
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            image.setRGB(i % 5, i / 5, random.nextInt(1 << 24));
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private RowSource open(long few) throws IOException {
        DataCache cache = new DataCache(home, Optional.empty(), events::add);
        return new PictureArray(folder, ImageListing.of(folder).all(), Reading.standard(), cache)
                .open(few)
                .levels();
    }

    private int decodings() {
        int count = events.size();
        events.clear();
        return count;
    }

    @Test
    void whatIsKeptIsWhatIsDecoded() throws IOException {
        for (int i = 0; i < 300; i++) { // more than are decoded at once
            picture(i + ".png", BufferedImage.TYPE_BYTE_GRAY, i);
        }
        RowSource decoded = open(ALL);
        RowSource kept = open(NONE);

        assertThat(decoded.isOnDisk()).isFalse();
        assertThat(kept.isOnDisk()).isTrue();
        assertThat(kept.toHost()).isEqualTo(decoded.toHost());
        assertThat(kept.shape().sizes()).containsExactly(300, 1, 4, 5);
    }

    @Test
    void greyBecomesColouredWhereOneIs() throws IOException {
        for (int i = 0; i < 9; i++) {
            picture(i + ".png", BufferedImage.TYPE_BYTE_GRAY, i);
        }
        picture("colour.png", BufferedImage.TYPE_INT_RGB, 9);

        assertThat(open(NONE).shape().size(1)).isEqualTo(3);
        assertThat(open(NONE).toHost()).isEqualTo(open(ALL).toHost());
    }

    @Test
    void theyAreDecodedAgainOnlyIfTheFolderHasChanged() throws IOException {
        picture("a.png", BufferedImage.TYPE_BYTE_GRAY, 1);
        picture("b.png", BufferedImage.TYPE_BYTE_GRAY, 2);
        RowSource first = open(NONE);
        assertThat(decodings()).isPositive();

        assertThat(open(NONE).toHost()).isEqualTo(first.toHost());
        assertThat(decodings()).isZero();

        picture("b.png", BufferedImage.TYPE_BYTE_GRAY, 3);
        Files.setLastModifiedTime(folder.resolve("b.png"), FileTime.fromMillis(1));
        assertThat(open(NONE).toHost()).isEqualTo(open(ALL).toHost());
        assertThat(decodings()).isPositive();

        Files.delete(folder.resolve("a.png"));
        assertThat(open(NONE).shape().size(0)).isEqualTo(1);
    }

    @Test
    void splitsAreReadWhenTheyAreNeeded() throws IOException {
        picture("train/cats/a.png", BufferedImage.TYPE_BYTE_GRAY, 1);
        picture("train/dogs/b.png", BufferedImage.TYPE_BYTE_GRAY, 2);
        picture("test/dogs/c.png", BufferedImage.TYPE_BYTE_GRAY, 3);
        RowSource kept = open(NONE);
        Split test = new Split(Map.of("image", kept)).slice(2, 3);

        assertThat(test.field("image").isOnDisk()).isTrue();
        assertThat(test.field("image").toHost()).isEqualTo(kept.rows(2, 3));
        assertThat(test.field("image").select(new long[] {0})).isEqualTo(kept.rows(2, 3));
    }

    @Test
    void nothingIsKeptOfABrokenFolder() throws IOException {
        picture("a.png", BufferedImage.TYPE_BYTE_GRAY, 1);
        Files.writeString(folder.resolve("b.png"), "<html>");

        assertThatThrownBy(() -> open(NONE))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("b.png is no PNG");
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsOnly(".lock");
        }
    }

    @Test
    void aCacheThatCannotBeWrittenToIsTold() throws IOException {
        picture("a.png", BufferedImage.TYPE_BYTE_GRAY, 1);
        Files.writeString(home.resolve("pictures"), "in the way");

        assertThatThrownBy(() -> open(NONE))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("ELBO_HOME");
    }
}
