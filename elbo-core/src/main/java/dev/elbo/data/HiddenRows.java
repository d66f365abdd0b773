package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.function.LongUnaryOperator;

/** The rows of a source, of which some are read as 0. */
final class HiddenRows implements RowSource {
    private final RowSource source;
    private final byte[] shown;

    /**
     * Hides.
     *
     * @param shown 0 for each row that is hidden; not copied
     */
    HiddenRows(RowSource source, byte[] shown) {
        this.source = source;
        this.shown = shown;
    }

    @Override
    public DType dtype() {
        return source.dtype();
    }

    @Override
    public Shape shape() {
        return source.shape();
    }

    @Override
    public boolean isOnDisk() {
        return source.isOnDisk();
    }

    @Override
    public HostArray rows(long from, long to) {
        return withoutHidden(source.rows(from, to), row -> from + row);
    }

    @Override
    public HostArray select(long[] rows) {
        return withoutHidden(source.select(rows), row -> rows[(int) row]);
    }

    private HostArray withoutHidden(HostArray read, LongUnaryOperator row) {
        ByteBuffer from = read.bytes();
        ByteBuffer copy = ByteBuffer.allocate(from.remaining());
        int rows = (int) read.shape().size(0);
        int each = rows == 0 ? 0 : copy.capacity() / rows;
        for (int i = 0; i < rows; i++) {
            if (shown[(int) row.applyAsLong(i)] != 0) {
                copy.put(i * each, from, i * each, each);
            }
        }
        return new HostArray(read.dtype(), read.shape(), copy);
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
