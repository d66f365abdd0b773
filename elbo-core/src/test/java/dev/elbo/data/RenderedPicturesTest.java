package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.HostArray;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenderedPicturesTest {
    @Test
    void thereIsASpriteForEachCombinationOfFactors() {
        DataSource sprites = Sprites.source();

        assertThat(sprites.spec().fields().keySet())
                .containsExactly("image", "colour", "shape", "scale", "orientation", "x", "y");
        assertThat(sprites.train().size()
                        + sprites.validation().orElseThrow().size()
                        + sprites.test().orElseThrow().size())
                .isEqualTo(737_280);
        assertThat(sprites.train().field("image").isOnDisk()).isTrue();
    }

    @Test
    void aSpriteMovesAPixelAPlace() {
        RenderedRows images = images();
        HostArray first = images.rows(0, 1);
        HostArray below = images.rows(1, 2);
        HostArray right = images.rows(32, 33);

        assertThat(white(first)).isNotEmpty();
        assertThat(shifted(white(first), 64)).isEqualTo(white(below));
        assertThat(shifted(white(first), 1)).isEqualTo(white(right));
    }

    @Test
    void noSpriteLeavesThePicture() {
        RenderedRows images = images();
        long perSize = 40 * 32 * 32;
        for (int shape = 0; shape < 3; shape++) {
            for (int orientation = 0; orientation < 40; orientation += 5) {
                long corner = 6 * perSize * shape + 5 * perSize + orientation * 1024L;
                Set<Integer> upperLeft = white(images.rows(corner, corner + 1));
                Set<Integer> lowerRight = white(images.rows(corner + 1023, corner + 1024));
                assertThat(shifted(upperLeft, 31 * 64 + 31)).isEqualTo(lowerRight);
            }
        }
    }

    private static RenderedRows images() {
        return Sprites.images();
    }

    private static Set<Integer> white(HostArray image) {
        Set<Integer> white = new HashSet<>();
        for (int i = 0; i < 64 * 64; i++) {
            if (image.bytes().get(i) != 0) {
                white.add(i);
            }
        }
        return white;
    }

    private static Set<Integer> shifted(Set<Integer> pixels, int by) {
        Set<Integer> shifted = new HashSet<>();
        pixels.forEach(pixel -> shifted.add(pixel + by));
        return shifted;
    }

    @Test
    void theLastFactorChangesFastest() {
        Map<String, List<String>> two = new LinkedHashMap<>();
        two.put("slow", List.of("a", "b"));
        two.put("fast", List.of("c", "d", "e"));
        Factors factors = new Factors(two);

        assertThat(factors.count()).isEqualTo(6);
        assertThat(factors.of(4)).containsExactly(1, 1);
    }

    @Test
    void aRoomHasTheHueOfItsFloorBelowAndOfItsWallAbove() {
        HostArray rooms = Rooms.images().rows(0, 1); // all hues are 0: red
        byte[] levels = new byte[3 * 64 * 64];
        rooms.bytes().get(levels);

        for (int pixel : new int[] {5 * 64 + 32, 60 * 64 + 5}) {
            int red = levels[pixel] & 0xff;
            int green = levels[4096 + pixel] & 0xff;
            int blue = levels[2 * 4096 + pixel] & 0xff;
            assertThat(red).isGreaterThan(2 * Math.max(green, blue));
        }
    }

    @Test
    void coloursOfARoomChangeNothingOfItsForms() {
        RenderedRows rooms = Rooms.images();
        long hueOfFloor = 10L * 10 * 8 * 4 * 15;
        HostArray red = rooms.rows(0, 1);
        HostArray other = rooms.rows(3 * hueOfFloor, 3 * hueOfFloor + 1);

        assertThat(red).isNotEqualTo(other);
        for (int i = 0; i < 20 * 64; i++) { // the wall above
            assertThat(red.bytes().get(i)).isEqualTo(other.bytes().get(i));
        }
    }
}
