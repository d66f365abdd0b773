package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
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
        return DataCatalog.standard().open(folder.resolve("shards").toString(), cache, OptionalInt.empty());
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
                .hasMessageContaining("same number of observations; got {image=10, label=5}");
    }
}
