package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.util.Objects;
import java.util.stream.LongStream;

/** Images that are painted when they are asked for: a number says which. */
final class RenderedRows implements RowSource {
    private final long count;
    private final Shape image;
    private final Painter painter;

    /** Paints an image. Several threads may ask at once. */
    @FunctionalInterface
    interface Painter {
        /**
         * Writes the levels of one image.
         *
         * @param number of the image, from 0
         * @param levels of many images
         * @param at where those of this image begin
         */
        void paint(long number, byte[] levels, int at);
    }

    /**
     * Images of a shape.
     *
     * @param image [C, H, W]
     */
    RenderedRows(long count, Shape image, Painter painter) {
        this.count = count;
        this.image = image;
        this.painter = painter;
    }

    @Override
    public DType dtype() {
        return DType.UINT8;
    }

    @Override
    public Shape shape() {
        return image.prepend(count);
    }

    @Override
    public boolean isOnDisk() {
        return true;
    }

    @Override
    public HostArray rows(long from, long to) {
        if (from < 0 || to < from || to > count) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of " + count);
        }
        return select(LongStream.range(from, to).toArray());
    }

    @Override
    public HostArray select(long[] rows) {
        int bytes = (int) image.elements();
        byte[] levels = new byte[Math.multiplyExact(rows.length, bytes)];
        for (int i = 0; i < rows.length; i++) {
            Objects.checkIndex(rows[i], count);
            painter.paint(rows[i], levels, i * bytes);
        }
        return HostArray.of(levels, rows.length, image.size(0), image.size(1), image.size(2));
    }

    @Override
    public String toString() {
        return dtype() + " " + shape();
    }
}
