package dev.elbo.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.run.RunDirectory;
import dev.elbo.tensor.Shape;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YourImagesTest {
    private static final int IMAGES = 256;
    private static final int SIDE = 8;

    @TempDir
    Path folder;

    @Test
    void encodesImagesWithABrightLeftHalfApartFromThoseWithABrightRightOne() throws Exception {
        var codes = new YourImages(SIDE, SIDE).encode(halves(), folder);

        assertThat(codes.shape()).isEqualTo(Shape.of(IMAGES, 2));
        assertThat(distanceOfClasses(codes.toFloats())).isGreaterThan(1); // standard deviations of the prior
        assertThat(RunDirectory.open(folder).checkpoints().best()).isPresent();
    }

    /** Noise whose left half is bright in even images, and whose right half is in odd ones. */
    private static float[] halves() {
        SplittableRandom random = new SplittableRandom(1);
        float[] pixels = new float[IMAGES * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            boolean odd = i / (SIDE * SIDE) % 2 == 1;
            boolean right = i % SIDE >= SIDE / 2;
            pixels[i] = (float) (0.2 * random.nextDouble() + (odd == right ? 0.8 : 0));
        }
        return pixels;
    }

    /** Between the mean codes of even and odd images. */
    private static double distanceOfClasses(float... codes) {
        double[] difference = new double[2];
        for (int i = 0; i < codes.length; i++) {
            difference[i % 2] += (i / 2 % 2 == 0 ? 1 : -1) * codes[i] / (IMAGES / 2.0);
        }
        return Math.hypot(difference[0], difference[1]);
    }
}
