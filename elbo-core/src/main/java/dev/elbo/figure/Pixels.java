package dev.elbo.figure;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** The pixels of images [N, C, H, W] as colours. */
final class Pixels {
    private final double[] values; // [N, C, H, W], in 0..1
    private final int channels;
    private final int height;
    private final int width;

    private Pixels(double[] values, Shape shape) {
        this.values = values;
        this.channels = (int) shape.size(1);
        this.height = (int) shape.size(2);
        this.width = (int) shape.size(3);
    }

    static Pixels of(HostArray images) {
        double[] values = images.toDoubles();
        if (images.dtype() == DType.UINT8) {
            for (int i = 0; i < values.length; i++) {
                values[i] /= 255;
            }
        }
        return new Pixels(values, images.shape());
    }

    int count() {
        return values.length / (channels * height * width);
    }

    /** Draws image {@code index}, each of its pixels as a square of {@code scale} pixels. */
    void draw(int index, BufferedImage paper, int left, int top, int scale) {
        int[] line = new int[width * scale];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < line.length; x++) {
                line[x] = rgb(index, y, x / scale);
            }
            // A scan size of 0 repeats the line `scale` times.
            paper.setRGB(left, top + y * scale, line.length, scale, line, 0, 0);
        }
    }

    /** Image {@code index} with its own pixels: in levels of grey if it has them, else in colour. */
    BufferedImage picture(int index) {
        BufferedImage colour = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        draw(index, colour, 0, 0, 1);
        if (channels > 1 || !isFinite(index)) {
            return colour;
        }
        BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                grey.getRaster().setSample(x, y, 0, colour.getRGB(x, y) & 0xff);
            }
        }
        return grey;
    }

    private boolean isFinite(int index) {
        int size = channels * height * width;
        return Arrays.stream(values, index * size, (index + 1) * size).allMatch(Double::isFinite);
    }

    private int rgb(int index, int y, int x) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
            double value = values[((index * channels + c % channels) * height + y) * width + x];
            if (!Double.isFinite(value)) {
                return Ink.NAN.rgb();
            }
            rgb = rgb << 8 | (int) Math.round(255 * Math.max(0, Math.min(1, value)));
        }
        return rgb;
    }
}
