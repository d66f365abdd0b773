package dev.elbo.run;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Which pictures of the data are nearest to others, pixel by pixel: whether a model repeats what it has learned from.
 *
 * @param pictures of a split, UINT8, or FLOAT32 in 0 … 1, [N, C, H, W]
 */
public record PictureSpace(RowSource pictures) {
    private static final long BLOCK = 512;
    private static final double WHITE = 255;

    /**
     * The nearest pictures to each of several, the nearest first. The distance is the root of the mean squared difference of pixels,
     * from 0 for the same picture to 1 for black and white.
     *
     * @param others in 0 … 1, or UINT8, [M, C, H, W]
     * @throws IllegalArgumentException if they are of another size
     */
    public List<List<CodeSpace.Near>> nearest(HostArray others, int count) {
        requireSameSize(others.shape());
        int pixels = (int)
                (pictures.shape().elements() / Math.max(1, pictures.shape().size(0)));
        float[] asked = unit(others);
        List<PriorityQueue<CodeSpace.Near>> nearest = Stream.generate(() -> new PriorityQueue<>(
                        Comparator.comparingDouble(CodeSpace.Near::distance).reversed()))
                .limit(others.shape().size(0))
                .toList();
        long all = pictures.shape().size(0);
        for (long from = 0; from < all; from += BLOCK) {
            float[] block = unit(pictures.rows(from, Math.min(all, from + BLOCK)));
            for (int row = 0; row < block.length / pixels; row++) {
                for (int i = 0; i < nearest.size(); i++) {
                    double distance = distance(block, row * pixels, asked, i * pixels, pixels);
                    keep(nearest.get(i), new CodeSpace.Near((int) from + row, distance), count);
                }
            }
        }
        return nearest.stream().map(PictureSpace::sorted).toList();
    }

    private void requireSameSize(Shape other) {
        Shape own = pictures.shape();
        if (other.rank() != own.rank() || !other.last(own.rank() - 1).equals(own.last(own.rank() - 1))) {
            throw new IllegalArgumentException("the pictures of the data are " + own + " and the others " + other
                    + ": only pictures of one size and as many channels have a distance");
        }
    }

    private static float[] unit(HostArray some) {
        double white = some.dtype() == DType.UINT8 ? WHITE : 1;
        double[] levels = some.toDoubles();
        float[] unit = new float[levels.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (levels[i] / white);
        }
        return unit;
    }

    private static double distance(float[] a, int fromA, float[] b, int fromB, int pixels) {
        double sum = 0;
        for (int i = 0; i < pixels; i++) {
            double difference = a[fromA + i] - b[fromB + i];
            sum += difference * difference;
        }
        return Math.sqrt(sum / pixels);
    }

    private static void keep(PriorityQueue<CodeSpace.Near> nearest, CodeSpace.Near candidate, int count) {
        if (nearest.size() < count) {
            nearest.add(candidate);
        } else if (!nearest.isEmpty() && candidate.distance() < nearest.peek().distance()) {
            nearest.poll();
            nearest.add(candidate);
        }
    }

    private static List<CodeSpace.Near> sorted(PriorityQueue<CodeSpace.Near> nearest) {
        List<CodeSpace.Near> sorted = new ArrayList<>(nearest);
        sorted.sort(Comparator.comparingDouble(CodeSpace.Near::distance).thenComparingInt(CodeSpace.Near::row));
        return sorted;
    }
}
