package dev.elbo.handbook.toy;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Grey pictures of 16 × 16 pixels that are drawn from known factors: what a latent space ought to find out is known.
 *
 * @param images values in 0 … 1, [N, 1, 16, 16]
 * @param factors what each was drawn from
 */
public record Drawings(HostArray images, List<Factors> factors) {
    /** Height and width of a picture. */
    public static final int SIDE = 16;

    /** The name of the data's one field. */
    public static final String FIELD = "image";

    private static final double SHARP = 0.35;

    /** Of discs: where neighbours in place overlap, an encoder unfolds them more easily. */
    private static final double SOFT = 1.2;

    /**
     * What a picture is drawn from.
     *
     * @param kind of thing, from 0
     * @param first its first continuous factor, in 0 … 1
     * @param second its second one, in 0 … 1
     */
    public record Factors(int kind, double first, double second) {}

    /** How far a place of the picture, in pixels from its middle, is inside of a thing (below 0) or outside of it. */
    @FunctionalInterface
    private interface Form {
        double outside(double x, double y);
    }

    /** Copies the list. */
    public Drawings {
        factors = List.copyOf(factors);
    }

    /** Discs at a place: two factors, across and down. */
    public static Drawings discs(int count, long seed) {
        Random random = new Random(seed);
        return of(
                IntStream.range(0, count)
                        .mapToObj(i -> new Factors(0, random.nextDouble(), random.nextDouble()))
                        .toList(),
                SOFT,
                Drawings::disc);
    }

    /** Discs at the places of a grid, row after row. */
    public static Drawings discsInRows(int side) {
        return of(
                IntStream.range(0, side * side)
                        .mapToObj(i -> new Factors(0, share(i % side, side), share(i / side, side)))
                        .toList(),
                SOFT,
                Drawings::disc);
    }

    /** Rings and squares of any size, crosses and bars at any angle: four kinds, and one factor more. */
    public static Drawings things(int count, long seed) {
        Random random = new Random(seed);
        return of(
                IntStream.range(0, count)
                        .mapToObj(i -> new Factors(i % 4, random.nextDouble(), 0))
                        .toList(),
                SHARP,
                Drawings::thing);
    }

    private static Form disc(Factors factors) {
        double atX = 9 * (factors.first() - 0.5);
        double atY = 9 * (factors.second() - 0.5);
        return (x, y) -> Math.hypot(x - atX, y - atY) - 3;
    }

    private static Form thing(Factors factors) {
        double size = 2.5 + 4 * factors.first();
        double half = Math.PI / 2 * factors.first();
        return switch (factors.kind()) {
            case 0 -> (x, y) -> Math.abs(Math.hypot(x, y) - size) - 0.9;
            case 1 -> (x, y) -> Math.max(Math.abs(x), Math.abs(y)) - size;
            case 2 -> (x, y) -> Math.min(bar(x, y, half), bar(x, y, half + Math.PI / 2));
            default -> (x, y) -> bar(x, y, 2 * half);
        };
    }

    private static double bar(double x, double y, double angle) {
        double along = Math.abs(x * Math.cos(angle) + y * Math.sin(angle));
        double aside = Math.abs(y * Math.cos(angle) - x * Math.sin(angle));
        return Math.max(along - 6.5, aside - 1.1);
    }

    private static Drawings of(List<Factors> factors, double softness, Function<Factors, Form> form) {
        float[] pixels = new float[factors.size() * SIDE * SIDE];
        for (int n = 0; n < factors.size(); n++) {
            Form thing = form.apply(factors.get(n));
            for (int i = 0; i < SIDE * SIDE; i++) {
                double outside = thing.outside(fromMiddle(i % SIDE), fromMiddle(i / SIDE));
                pixels[n * SIDE * SIDE + i] = (float) (1 / (1 + Math.exp(outside / softness)));
            }
        }
        return new Drawings(HostArray.of(pixels, factors.size(), 1, SIDE, SIDE), factors);
    }

    private static double share(int place, int side) {
        return place / (side - 1.0);
    }

    private static double fromMiddle(int pixel) {
        return pixel - (SIDE - 1) / 2.0;
    }

    /** How many there are. */
    public int size() {
        return factors.size();
    }

    /** What the data hold. */
    public static DataSpec spec() {
        return new DataSpec("drawings", Map.of(FIELD, new Field.Image(1, SIDE, SIDE)), "");
    }

    /** All as data to learn from. */
    public Split split() {
        return new Split(Map.of(FIELD, images));
    }

    /** The numbers of those of a kind. */
    public List<Integer> ofKind(int kind) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < factors.size(); i++) {
            if (factors.get(i).kind() == kind) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    /** The mean entropy of their pixels in nats: the least that −log p(x|z) can be where grey pixels are probabilities. */
    public double entropy() {
        double sum = 0;
        for (float p : images.toFloats()) {
            sum -= p > 0 && p < 1 ? p * Math.log(p) + (1 - p) * Math.log1p(-p) : 0;
        }
        return sum / size();
    }
}
