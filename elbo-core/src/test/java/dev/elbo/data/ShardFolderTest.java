package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.HostArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardFolderTest {
    private static final HostArray IMAGES = HostArray.of(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 5, 1, 1, 2);
    private static final HostArray LABELS = HostArray.of(new byte[] {0, 1, 2, 1, 0}, 5);

    @TempDir
    Path folder;

    private DataSource open() throws IOException {
        DataCache cache =
                DataCache.of(Map.of("ELBO_HOME", folder.resolve("home").toString()), event -> {});
        return DataCatalog.standard().open(folder.resolve("shards").toString(), cache, Reading.standard());
    }

    private void write(String name, HostArray array) throws IOException {
        Path file = folder.resolve("shards").resolve(name);
        Files.createDirectories(file.getParent());
        if (name.endsWith(".npy")) {
            Npy.write(file, array);
        } else {
            Idx.write(file, array);
        }
    }

    @Test
    void areOneAfterTheOtherInTheOrderOfTheirNames() throws IOException {
        write("images-010.idx", IMAGES.rows(3, 5));
        write("images-002.npy", IMAGES.rows(0, 3));
        write("labels-002.npy", LABELS.rows(0, 3));
        write("labels-010.idx", LABELS.rows(3, 5));
        write("readme.txt.npy", LABELS);

        DataSource source = open();

        assertThat(source.spec().name()).isEqualTo("shards");
        assertThat(source.train().field("image").toHost()).isEqualTo(IMAGES);
        assertThat(source.train().field("label").toHost().toLongs()).containsExactly(0, 1, 2, 1, 0);
        assertThat(source.test()).isEmpty();
    }

    @Test
    void mayBeDividedIntoTrainAndTest() throws IOException {
        write("train/x0.npy", IMAGES.rows(0, 3));
        write("test/x0.npy", IMAGES.rows(3, 4));
        write("test/x1.npy", IMAGES.rows(4, 5));

        DataSource source = open();

        assertThat(source.train().size()).isEqualTo(3);
        assertThat(source.test().orElseThrow().field("image").toHost()).isEqualTo(IMAGES.rows(3, 5));
    }

    @Test
    void thatDoNotFitTogetherAreRefused() throws IOException {
        write("images-0.npy", IMAGES);
        write("images-1.npy", IMAGES.reshape(5, 1, 2, 1));

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("shards that do not fit together: part 2 is UINT8 [5, 1, 2, 1], and the first is"
                        + " UINT8 [5, 1, 1, 2]. Give shards of one shape and type");

        write("images-1.npy", IMAGES);
        write("labels-0.npy", LABELS);
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("has labels for other shards than it has: [labels-0.npy] beside [images-0.npy,"
                        + " images-1.npy]. Give each file of images one of labels with the same number");

        write("labels-1.npy", LABELS.rows(0, 4));
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(
                        "labels-1.npy has 4 labels, and images-1.npy has 5 rows. Give a label for each row");

        write("images_01.npy", IMAGES);
        assertThatThrownBy(this::open).isInstanceOf(InvalidFileException.class).hasMessageContaining("have one number");
    }

    @Test
    void areInTheOrderOfTheirNumbersWhateverTheirDigits() throws IOException {
        for (int i = 0; i < 12; i++) {
            write("images-" + i + ".npy", HostArray.of(new byte[] {(byte) i, 0}, 1, 1, 1, 2));
            write(String.format("labels-%02d.npy", i), HostArray.of(new byte[] {(byte) i}, 1));
        }

        DataSource source = open();

        assertThat(source.train().field("label").toHost().toLongs())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(source.train().field("image").toHost().toLongs()).startsWith(0, 0, 1, 0, 2, 0);
    }

    @Test
    void testShardsMayLieBesideThoseToLearnFrom() throws IOException {
        write("images.npy", IMAGES.rows(0, 3));
        write("test/images.npy", IMAGES.rows(3, 5));

        assertThat(open().test().orElseThrow().size()).isEqualTo(2);
    }

    @Test
    void otherNamesAndFoldersOfImagesAreNone() throws IOException {
        write("x_train.npy", IMAGES);
        write("data-stats.npy", IMAGES);
        assertThatThrownBy(this::open).hasMessageContaining("holds no images").hasMessageContaining("images-000.npy");

        write("x.npy", IMAGES);
        BufferedImage picture = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        Path cats = Files.createDirectories(folder.resolve("shards/cats"));
        ImageIO.write(picture, "png", cats.resolve("a.png").toFile());
        assertThat(open().spec().field("image")).isEqualTo(new Field.Image(1, 4, 4));
    }

    @Test
    void moreThanCanBeOpenAreRead() throws IOException {
        for (int i = 0; i < 450; i++) {
            write("x" + i + ".npy", HostArray.of(new byte[] {(byte) (i % 100), 0}, 1, 1, 1, 2));
        }

        HostArray images = open().train().field("image").select(new long[] {449, 0, 200, 449});

        assertThat(images.toLongs()).containsExactly(49, 0, 0, 0, 0, 0, 49, 0);
    }
}
