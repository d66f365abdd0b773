package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.nio.ByteBuffer;

/**
 * The pixels of a picture.
 *
 * @param levels UINT8 [C, H, W]; one channel for grey, three for red, green and blue
 */
record Picture(HostArray levels) {

    int channels() {
        return (int) levels.shape().size(0);
    }

    int height() {
        return (int) levels.shape().size(1);
    }

    int width() {
        return (int) levels.shape().size(2);
    }

    /** This picture in red, green and blue. */
    Picture inColour() {
        if (channels() == 3) {
            return this;
        }
        ByteBuffer three = ByteBuffer.allocate(3 * height() * width());
        three.put(levels.bytes()).put(levels.bytes()).put(levels.bytes()).flip();
        return new Picture(new HostArray(DType.UINT8, Shape.of(3, height(), width()), three));
    }

    /** This picture in one channel, as bright as it is seen: ITU-R BT.601. */
    Picture grey() {
        if (channels() == 1) {
            return this;
        }
        byte[] grey = new byte[height() * width()];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte)
                    Math.round(0.299 * level(i) + 0.587 * level(grey.length + i) + 0.114 * level(2 * grey.length + i));
        }
        return new Picture(HostArray.of(grey, 1, height(), width()));
    }

    private int level(int at) {
        return levels.bytes().get(at) & 0xff;
    }

    /** A square of it. */
    Picture part(int top, int left, int side) {
        byte[] part = new byte[channels() * side * side];
        for (int i = 0; i < part.length; i++) {
            int channel = i / (side * side);
            int row = top + i / side % side;
            part[i] = levels.bytes().get((channel * height() + row) * width() + left + i % side);
        }
        return new Picture(HostArray.of(part, channels(), side, side));
    }

    /** The largest part of that form in the middle of this picture, brought to the size by taking means. */
    Picture resized(ImageSize size) {
        if (width() == size.width() && height() == size.height()) {
            return this;
        }
        double scale = Math.min((double) height() / size.height(), (double) width() / size.width());
        double top = Math.floor((height() - scale * size.height()) / 2);
        double left = Math.floor((width() - scale * size.width()) / 2);
        int plane = size.height() * size.width();
        byte[] resized = new byte[channels() * plane];
        for (int i = 0; i < resized.length; i++) {
            int row = i % plane / size.width();
            double y = top + scale * row;
            double x = left + scale * (i % size.width());
            resized[i] = (byte) Math.round(mean(i / plane, y, x, scale));
        }
        return new Picture(HostArray.of(resized, channels(), size.height(), size.width()));
    }

    /** The mean level of a square patch whose borders may run through pixels. */
    private double mean(int channel, double top, double left, double side) {
        ByteBuffer bytes = levels.bytes();
        double sum = 0;
        for (int y = (int) top; y < top + side && y < height(); y++) {
            for (int x = (int) left; x < left + side && x < width(); x++) {
                int level = bytes.get((channel * height() + y) * width() + x) & 0xff;
                sum += level * overlap(y, top, side) * overlap(x, left, side);
            }
        }
        return sum / (side * side);
    }

    /** How much of the pixel from {@code at} to {@code at + 1} lies between {@code from} and {@code from + length}. */
    private static double overlap(int at, double from, double length) {
        return Math.min(at + 1, from + length) - Math.max(at, from);
    }
}
