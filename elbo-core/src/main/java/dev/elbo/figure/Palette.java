package dev.elbo.figure;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * 256 colours for pictures that have more, the same for all of them, by median cut: the box of colours that is the longest is cut where as
 * many pixels lie on either side. Heckbert (1982), Color Image Quantization for Frame Buffer Display. Colours are told apart by the upper
 * five bits of red, green and blue.
 */
final class Palette {
    private static final int BITS = 5;
    private static final int SIDE = 1 << BITS;
    private static final int MOST = 256;

    private final IndexColorModel colours;
    private final byte[] indices = new byte[SIDE * SIDE * SIDE];

    /** For pictures. */
    Palette(List<BufferedImage> pictures) {
        long[][] sums = sums(pictures);
        List<int[]> boxes = new ArrayList<>(List.of(
                IntStream.range(0, indices.length).filter(bin -> sums[0][bin] > 0).toArray()));
        while (boxes.size() < MOST) {
            int[] longest = boxes.stream()
                    .max(Comparator.comparingInt(box -> reach(box, longestAxis(box))))
                    .orElseThrow();
            if (reach(longest, longestAxis(longest)) == 0) {
                break;
            }
            boxes.remove(longest);
            cut(longest, sums[0], boxes);
        }
        byte[][] levels = new byte[3][boxes.size()];
        for (int i = 0; i < boxes.size(); i++) {
            long[] mean = new long[4];
            for (int bin : boxes.get(i)) {
                indices[bin] = (byte) i;
                for (int k = 0; k < 4; k++) {
                    mean[k] += sums[k][bin];
                }
            }
            for (int channel = 0; channel < 3; channel++) {
                levels[channel][i] = (byte) (mean[1 + channel] / mean[0]);
            }
        }
        this.colours = new IndexColorModel(8, boxes.size(), levels[0], levels[1], levels[2]);
    }

    /** By bin: how many pixels, and the sums of their red, green and blue. */
    private static long[][] sums(List<BufferedImage> pictures) {
        long[][] sums = new long[4][SIDE * SIDE * SIDE];
        for (BufferedImage picture : pictures) {
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    int colour = picture.getRGB(x, y);
                    int bin = bin(colour);
                    sums[0][bin]++;
                    for (int channel = 0; channel < 3; channel++) {
                        sums[1 + channel][bin] += colour >> (16 - 8 * channel) & 0xff;
                    }
                }
            }
        }
        return sums;
    }

    private static int bin(int colour) {
        return (colour >> 19 & SIDE - 1) << 2 * BITS | (colour >> 11 & SIDE - 1) << BITS | colour >> 3 & SIDE - 1;
    }

    private static int level(int bin, int axis) {
        return bin >> (2 - axis) * BITS & SIDE - 1;
    }

    private static int longestAxis(int[] box) {
        int longest = 0;
        for (int axis = 1; axis < 3; axis++) {
            longest = reach(box, axis) > reach(box, longest) ? axis : longest;
        }
        return longest;
    }

    private static int reach(int[] box, int axis) {
        int least = SIDE;
        int most = 0;
        for (int bin : box) {
            least = Math.min(least, level(bin, axis));
            most = Math.max(most, level(bin, axis));
        }
        return most - least;
    }

    /** Into two boxes, neither of which is empty. */
    private static void cut(int[] box, long[] counts, List<int[]> boxes) {
        int axis = longestAxis(box);
        int[] sorted = IntStream.of(box)
                .boxed()
                .sorted(Comparator.comparingInt(bin -> level(bin, axis)))
                .mapToInt(Integer::intValue)
                .toArray();
        long all = IntStream.of(sorted).mapToLong(bin -> counts[bin]).sum();
        long below = 0;
        int at = 0;
        while (at < sorted.length - 1 && (at == 0 || below + counts[sorted[at]] <= all / 2)) {
            below += counts[sorted[at++]];
        }
        boxes.add(IntStream.of(sorted).limit(at).toArray());
        boxes.add(IntStream.of(sorted).skip(at).toArray());
    }

    /** A picture in these colours. */
    BufferedImage of(BufferedImage picture) {
        BufferedImage reduced = new BufferedImage(
                picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colours);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                reduced.getRaster().setSample(x, y, 0, indices[bin(picture.getRGB(x, y))]);
            }
        }
        return reduced;
    }
}
