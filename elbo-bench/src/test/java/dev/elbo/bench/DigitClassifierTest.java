package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.Split;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitClassifierTest {
    private static final int SIDE = 28;
    private static final int IMAGES = 128;

    /** Of a step each: enough for the running averages of batch normalisation to forget where they began. */
    private static final int EPOCHS = 60;

    /** A one, drawn by hand: a stroke of three pixels. */
    private static HostArray strokes(int count) {
        float[] pixels = new float[count * SIDE * SIDE];
        for (int n = 0; n < count; n++) {
            for (int y = 5; y < 23; y++) {
                for (int x = 13; x < 16; x++) {
                    pixels[(n * SIDE + y) * SIDE + x] = 1;
                }
            }
        }
        return HostArray.of(pixels, count, 1, SIDE, SIDE);
    }

    @Test
    void aStrokeIsAOne() throws Exception {
        try (Scope scope = Scope.open("test")) {
            assertThat(DigitClassifier.standard(Device.CPU).classify(strokes(3)))
                    .containsOnly(1);
        }
    }

    @Test
    void trainingSeparatesLightFromDark(@TempDir Path directory) throws Exception {
        byte[] pixels = new byte[IMAGES * SIDE * SIDE];
        long[] labels = new long[IMAGES];
        for (int i = 0; i < pixels.length; i++) {
            int n = i / (SIDE * SIDE);
            labels[n] = n % 2;
            pixels[i] = (byte) (labels[n] == 0 ? 0 : 200);
        }
        HostArray images = HostArray.of(pixels, IMAGES, 1, SIDE, SIDE);
        try (Scope scope = Scope.open("test")) {
            DigitClassifier classifier = DigitClassifier.of(1, Device.CPU);
            classifier.train(
                    new Split(Map.of("image", images, "label", HostArray.of(labels, IMAGES))),
                    EPOCHS,
                    1,
                    (epoch, loss) -> {});
            assertThat(classifier.accuracy(images, labels)).isEqualTo(1);
            Path file = directory.resolve("classifier.safetensors");
            classifier.save(file);
            assertThat(DigitClassifier.load(file, Device.CPU).classify(images)).isEqualTo(classifier.classify(images));
        }
    }
}
