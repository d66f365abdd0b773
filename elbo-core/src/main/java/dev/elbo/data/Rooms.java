package dev.elbo.data;

import dev.elbo.tensor.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The factors of 3D Shapes, Burgess and Kim (2018), rendered by Elbo: a cube, cylinder, sphere or capsule in a room, 64 × 64 pixels in
 * colour; ten hues of the floor, of the walls and of the object, eight sizes, four shapes and 15 directions from −30° to 30°. The pixels
 * are Elbo's own and not those that were published.
 *
 * <p>Rays are marched to the nearest surface by its distance (Hart 1996, Sphere Tracing). Colours change nothing of what is seen where, so
 * that 480 rooms are traced, and what each pixel has of floor, walls and object is mixed with their colours.
 */
final class Rooms {
    private static final String NAME = "shapes3d";
    private static final String CREDIT = "factors of 3D Shapes by Burgess and Kim (2018), rendered by Elbo, Apache 2.0";
    private static final int SIDE = 64;
    private static final int PIXELS = SIDE * SIDE;
    private static final int HUES = 10;
    private static final int SIZES = 8;
    private static final int DIRECTIONS = 15;
    private static final List<String> SHAPES = List.of("cube", "cylinder", "sphere", "capsule");
    private static final int SURFACES = 3;
    private static final int FLOOR = 0;
    private static final int WALL = 1;
    private static final int THING = 2;

    private static final double ROOM = 4; // from the middle to a wall
    private static final double DISTANCE = 4.6; // of the camera from the middle
    private static final double HEIGHT = 2.4; // of the camera
    private static final double ZOOM = 1.9;
    private static final int STEPS = 60;
    private static final double NEAR = 1e-3;
    private static final int FINER = 2; // rays a pixel in each direction

    private final Factors factors = factors();

    /** How much of each surface's colour each pixel has, 0 to 255, [3, 64 · 64], by size, shape and direction. */
    private final AtomicReferenceArray<byte @Nullable []> traced =
            new AtomicReferenceArray<>(SIZES * SHAPES.size() * DIRECTIONS);

    private Rooms() {}

    /** The data set. */
    static DataSet rooms() {
        return new DataSet(
                NAME,
                "a thing in a room, rendered by Elbo from six factors, 64 × 64 in colour, 480,000",
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
        Rooms rooms = new Rooms();
        return rooms.factors.source(NAME, CREDIT, Shape.of(3, SIDE, SIDE), rooms::paint);
    }

    /** All images, in the order of their factors. */
    static RenderedRows images() {
        Rooms rooms = new Rooms();
        return new RenderedRows(rooms.factors.count(), Shape.of(3, SIDE, SIDE), rooms::paint);
    }

    private static Factors factors() {
        List<String> hues = Factors.numbers(HUES, i -> (double) i / HUES);
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("floor", hues);
        values.put("wall", hues);
        values.put("object", hues);
        values.put("scale", Factors.numbers(SIZES, Rooms::size));
        values.put("shape", SHAPES);
        values.put("orientation", Factors.numbers(DIRECTIONS, Rooms::degrees));
        return new Factors(values);
    }

    private static double size(int number) {
        return 0.75 + 0.5 * number / (SIZES - 1);
    }

    private static double degrees(int number) {
        return -30 + 60.0 * number / (DIRECTIONS - 1);
    }

    private void paint(long number, byte[] levels, int at) {
        int[] chosen = factors.of(number);
        byte[] seen = seen(chosen[3], chosen[4], chosen[5]);
        for (int channel = 0; channel < 3; channel++) {
            int floor = level(chosen[0], channel);
            int wall = level(chosen[1], channel);
            int thing = level(chosen[2], channel);
            for (int i = 0; i < PIXELS; i++) {
                int mixed = (seen[i] & 0xff) * floor
                        + (seen[WALL * PIXELS + i] & 0xff) * wall
                        + (seen[THING * PIXELS + i] & 0xff) * thing;
                levels[at + channel * PIXELS + i] = (byte) Math.min(255, mixed / 255);
            }
        }
    }

    /** The level of red, green or blue in a hue: a full colour, a little paler. */
    private static int level(int hue, int channel) {
        double place = (hue / (double) HUES * 6 + 4 - 2 * channel + 6) % 6; // 2 at the channel's own hue
        double full = Math.max(0, Math.min(1, 2 - Math.abs(place - 4) + 0.0));
        return (int) Math.round(255 * (0.1 + 0.9 * full));
    }

    private byte[] seen(int size, int shape, int direction) {
        int number = (size * SHAPES.size() + shape) * DIRECTIONS + direction;
        byte[] known = traced.get(number);
        if (known == null) {
            known = trace(new Scene(shape, size(size)), Math.toRadians(degrees(direction)));
            traced.set(number, known);
        }
        return known;
    }

    private static byte[] trace(Scene scene, double angle) {
        double[] eye = {DISTANCE * Math.sin(angle) * 0.8, HEIGHT, -DISTANCE * Math.cos(angle) * 0.8};
        double[] forward = unit(-eye[0], 0.7 - eye[1], -eye[2]);
        double[] right = unit(forward[2], 0, -forward[0]);
        double[] up = {
            forward[1] * right[2] - forward[2] * right[1],
            forward[2] * right[0] - forward[0] * right[2],
            forward[0] * right[1] - forward[1] * right[0]
        };
        double[] amounts = new double[SURFACES * PIXELS];
        int fine = SIDE * FINER;
        for (int row = 0; row < fine; row++) {
            for (int column = 0; column < fine; column++) {
                double x = 2 * (column + 0.5) / fine - 1;
                double y = 1 - 2 * (row + 0.5) / fine;
                double[] ray = unit(
                        ZOOM * forward[0] + x * right[0] + y * up[0],
                        ZOOM * forward[1] + x * right[1] + y * up[1],
                        ZOOM * forward[2] + x * right[2] + y * up[2]);
                Hit hit = scene.hit(eye, ray);
                amounts[hit.surface * PIXELS + row / FINER * SIDE + column / FINER] += hit.light / (FINER * FINER);
            }
        }
        byte[] levels = new byte[amounts.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) Math.round(255 * Math.min(1, amounts[i]));
        }
        return levels;
    }

    private static double[] unit(double x, double y, double z) {
        double length = Math.sqrt(x * x + y * y + z * z);
        return new double[] {x / length, y / length, z / length};
    }

    /** The surface that a ray comes upon, and how light it is there, 0 to 1. */
    private record Hit(int surface, double light) {}

    /** A thing on the floor of a room, whose walls stand at −4 and 4. */
    private record Scene(int shape, double size) {
        private static final double[] LAMP = unit(-0.4, 0.8, -0.55);

        Hit hit(double[] eye, double[] ray) {
            double along = 0;
            for (int step = 0; step < STEPS; step++) {
                double x = eye[0] + along * ray[0];
                double y = eye[1] + along * ray[1];
                double z = eye[2] + along * ray[2];
                double thing = thing(x, y, z);
                double walls = ROOM - Math.max(Math.abs(x), Math.abs(z));
                double nearest = Math.min(thing, Math.min(walls, y));
                if (nearest < NEAR || step == STEPS - 1) {
                    return lit(x, y, z, thing, walls);
                }
                along += nearest;
            }
            throw new IllegalStateException("Bug: a ray has an end");
        }

        private Hit lit(double x, double y, double z, double thing, double walls) {
            if (thing <= Math.min(walls, y)) {
                double d = 1e-4;
                double[] normal = unit(
                        thing(x + d, y, z) - thing(x - d, y, z),
                        thing(x, y + d, z) - thing(x, y - d, z),
                        thing(x, y, z + d) - thing(x, y, z - d));
                double facing = Math.max(0, normal[0] * LAMP[0] + normal[1] * LAMP[1] + normal[2] * LAMP[2]);
                return new Hit(THING, 0.35 + 0.65 * facing);
            }
            if (y <= walls) { // darker where the thing is near
                return new Hit(FLOOR, 0.55 + 0.35 * Math.min(1, thing / 0.8));
            }
            return new Hit(WALL, (Math.abs(x) > Math.abs(z) ? 0.8 : 0.95) - 0.04 * y);
        }

        /** The distance of a point from the thing, negative within. */
        private double thing(double x, double y, double z) {
            double above = y - size; // from its middle
            double across = Math.hypot(x, z);
            return switch (shape) {
                case 0 -> box(Math.abs(x) - 0.75 * size, Math.abs(above) - size, Math.abs(z) - 0.75 * size);
                case 1 -> box(across - 0.75 * size, Math.abs(above) - size, -1);
                case 2 -> Math.sqrt(across * across + above * above) - size;
                default -> Math.hypot(across, Math.max(0, Math.abs(above) - 0.4 * size)) - 0.6 * size;
            };
        }

        private static double box(double x, double y, double z) {
            double outside = Math.sqrt(square(x) + square(y) + square(z));
            return outside + Math.min(0, Math.max(x, Math.max(y, z)));
        }

        private static double square(double side) {
            return side > 0 ? side * side : 0;
        }
    }
}
