package dev.elbo.data;

import dev.elbo.tensor.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The factors of dSprites, Matthey et al. (2017), rendered by Elbo: a white square, ellipse or heart on black, 64 × 64 pixels, of six
 * sizes, 40 orientations and 32 × 32 places. The pixels are Elbo's own and not those that were published: a pixel is white where its
 * middle is inside; orientations are 2π i / 40, so that the first is not there twice; a place is a pixel further than the one before.
 */
final class Sprites {
    private static final String NAME = "dsprites";
    private static final String CREDIT =
            "factors of dSprites by Matthey, Higgins, Hassabis and Lerchner (2017), rendered by Elbo, Apache 2.0";
    private static final int SIDE = 64;
    private static final int PLACES = 32;
    private static final int SIZES = 6;
    private static final int ORIENTATIONS = 40;
    private static final List<String> SHAPES = List.of("square", "ellipse", "heart");

    /** The distance of the largest sprite's furthest point from its middle, in pixels. */
    private static final double RADIUS = 15;

    /** The middle of a sprite at the first place, in pixels. */
    private static final int FIRST = 16;

    /** From the middle of a heart of half-width 1 to its furthest point. */
    private static final double HEART = 1.32;

    private final Factors factors = factors();

    /** What a sprite covers at the first place, [64 · 64], by shape, size and orientation; made when it is needed first. */
    private final AtomicReferenceArray<boolean @Nullable []> masks =
            new AtomicReferenceArray<>(SHAPES.size() * SIZES * ORIENTATIONS);

    private Sprites() {}

    /** The data set. */
    static DataSet sprites() {
        return new DataSet(
                NAME,
                "squares, ellipses and hearts, rendered by Elbo from six factors, 64 × 64, 737,280",
                CREDIT,
                "Apache 2.0",
                DataSet.licence(NAME),
                0,
                List.of(),
                List.of(),
                new Rendered() {
                    @Override
                    public DataSource open(Path folder, Reading options) {
                        return source();
                    }
                });
    }

    /** The images. */
    static DataSource source() {
        Sprites sprites = new Sprites();
        return sprites.factors.source(NAME, CREDIT, Shape.of(1, SIDE, SIDE), sprites::paint);
    }

    /** All images, in the order of their factors. */
    static RenderedRows images() {
        Sprites sprites = new Sprites();
        return new RenderedRows(sprites.factors.count(), Shape.of(1, SIDE, SIDE), sprites::paint);
    }

    private static Factors factors() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("colour", List.of("white"));
        values.put("shape", SHAPES);
        values.put("scale", Factors.numbers(SIZES, i -> 0.5 + 0.1 * i));
        values.put("orientation", Factors.numbers(ORIENTATIONS, i -> 2 * Math.PI * i / ORIENTATIONS));
        values.put("x", Factors.numbers(PLACES, i -> i / (PLACES - 1.0)));
        values.put("y", Factors.numbers(PLACES, i -> i / (PLACES - 1.0)));
        return new Factors(values);
    }

    private void paint(long number, byte[] levels, int at) {
        int[] chosen = factors.of(number);
        boolean[] mask = mask(chosen[1], chosen[2], chosen[3]);
        for (int row = 0; row < 2 * FIRST; row++) {
            for (int column = 0; column < 2 * FIRST; column++) {
                if (mask[row * SIDE + column]) {
                    levels[at + (row + chosen[5]) * SIDE + column + chosen[4]] = (byte) 255;
                }
            }
        }
    }

    private boolean[] mask(int shape, int size, int orientation) {
        int number = (shape * SIZES + size) * ORIENTATIONS + orientation;
        boolean[] known = masks.get(number);
        if (known == null) {
            known = drawn(shape, RADIUS * (0.5 + 0.1 * size), 2 * Math.PI * orientation / ORIENTATIONS);
            masks.set(number, known);
        }
        return known;
    }

    private static boolean[] drawn(int shape, double radius, double angle) {
        boolean[] mask = new boolean[SIDE * SIDE];
        for (int i = 0; i < mask.length; i++) {
            double x = (i % SIDE - FIRST + 0.5) / radius;
            double y = (i / SIDE - FIRST + 0.5) / radius;
            mask[i] =
                    covers(shape, x * Math.cos(angle) + y * Math.sin(angle), y * Math.cos(angle) - x * Math.sin(angle));
        }
        return mask;
    }

    /** Whether a shape of radius 1 covers a point; y points down. */
    private static boolean covers(int shape, double x, double y) {
        if (shape == 0) {
            return Math.max(Math.abs(x), Math.abs(y)) <= Math.sqrt(0.5);
        }
        if (shape == 1) {
            return x * x + 4 * y * y <= 1;
        }
        double u = HEART * x;
        double v = 0.1 - HEART * y; // the heart of (u² + v² − 1)³ = u² v³ reaches further up than down
        double ring = u * u + v * v - 1;
        return ring * ring * ring <= u * u * v * v * v;
    }
}
