package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLookTest {
    @TempDir
    Path folder;

    @TempDir
    Path home;

    private PictureFolder pictures() {
        return new PictureFolder(folder, home);
    }

    private DataLook look(Reading options) throws IOException {
        return DataLook.at(folder, options, new DataCache(home, Optional.empty(), event -> {}));
    }

    @Test
    void picturesOfSeveralSizesAreLookedAtAtASizeThatFitsThem() throws IOException {
        pictures().grey("a.png", 50, 40, 100);
        pictures().grey("b.png", 70, 41, 100);
        DataLook look = look(Reading.standard());

        assertThat(look.reading().imageSize()).isEqualTo(ImageSize.square(32));
        assertThat(look.sizes()).containsEntry("40 × 50", 1).containsEntry("41 × 70", 1);
        assertThat(look.source().spec().field("image")).isEqualTo(new Field.Image(1, 32, 32));
        assertThat(look(Reading.standard().imageSize(ImageSize.square(8)))
                        .reading()
                        .imageSize())
                .isEqualTo(ImageSize.square(8));
    }

    @Test
    void everythingIsCounted() throws IOException {
        pictures().grey("train/cats/a.png", 4, 4, 0);
        pictures().grey("train/dogs/b.png", 4, 4, 255);
        pictures().grey("val/dogs/c.png", 4, 4, 100);
        pictures().text("train/list.csv");
        DataLook look = look(Reading.standard());

        assertThat(look.toJson().toString())
                .isEqualTo("{\"kind\":\"pictures\",\"splits\":{\"train\":2,\"validation\":1},"
                        + "\"fields\":{\"image\":\"image: 1 channel, 4 × 4 pixels\",\"label\":\"category: 2 classes\"},"
                        + "\"classes\":{\"cats\":1,\"dogs\":2},\"passedOver\":{\".csv\":1},\"sizes\":{\"4 × 4\":3},"
                        + "\"levels\":{\"least\":0.0,\"most\":1.0,\"between\":0.0},"
                        + "\"notes\":[\"files of other kinds, passed over: 1 .csv\","
                        + "\"class 'cats' has pictures in train only\"]}");
    }

    @Test
    void photographsAreToldFromStrokes() throws IOException {
        pictures().grey("a.png", 4, 4, 0);
        assertThat(look(Reading.standard()).levels().orElseThrow().arePhotographs(1))
                .isFalse();
        pictures().grey("b.png", 4, 4, 120);
        pictures().grey("c.png", 4, 4, 160);
        Levels levels = look(Reading.standard()).levels().orElseThrow();
        assertThat(levels.arePhotographs(1)).isTrue();
        assertThat(levels.between()).isEqualTo(2.0 / 3, within(1e-15));
    }

    @Test
    void onePictureThatIsLargerThanAnyTrainingTakesIsCountedToo() throws IOException {
        pictures().write("wide.png", new BufferedImage(5000, 1, BufferedImage.TYPE_BYTE_BINARY));
        assertThat(look(Reading.standard()).sizes()).containsEntry("5000 × 1", 1);
    }

    @Test
    void oneThumbnailDoesNotMakeAllPicturesSmall() throws IOException {
        pictures().grey("a.png", 90, 80, 100);
        pictures().grey("b.png", 90, 90, 100);
        pictures().grey("thumbnail.png", 2, 2, 100);

        assertThat(look(Reading.standard()).reading().imageSize()).isEqualTo(ImageSize.square(64));
    }
}
