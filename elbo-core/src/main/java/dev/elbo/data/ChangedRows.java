package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.LongUnaryOperator;

/** The rows of a source, changed whenever they are read. */
final class ChangedRows implements RowSource {
    private final RowSource source;
    private final Change change;
    private final HostArray none;

    /** A change of some rows. */
    interface Change {
        /**
         * The rows, changed.
         *
         * @param some [B, ...]
         * @param row which row of all each of these is
         * @throws InvalidFileException if one of them cannot be
         */
        HostArray of(HostArray some, LongUnaryOperator row) throws InvalidFileException;
    }

    private ChangedRows(RowSource source, Change change, HostArray none) {
        this.source = source;
        this.change = change;
        this.none = none;
    }

    /**
     * The rows, changed.
     *
     * @throws InvalidFileException if rows of this kind cannot be
     */
    static RowSource of(RowSource source, Change change) throws InvalidFileException {
        return new ChangedRows(source, change, change.of(source.rows(0, 0), LongUnaryOperator.identity()));
    }

    /**
     * The rows, of which some are read as 0.
     *
     * @param shown 0 for each row that is hidden; not copied
     */
    static RowSource hiding(RowSource source, byte[] shown) {
        return new ChangedRows(source, (some, row) -> withoutHidden(some, row, shown), source.rows(0, 0));
    }

    private static HostArray withoutHidden(HostArray some, LongUnaryOperator row, byte[] shown) {
        ByteBuffer from = some.bytes();
        ByteBuffer copy = ByteBuffer.allocate(from.remaining());
        int rows = (int) some.shape().size(0);
        int each = rows == 0 ? 0 : copy.capacity() / rows;
        for (int i = 0; i < rows; i++) {
            if (shown[(int) row.applyAsLong(i)] != 0) {
                copy.put(i * each, from, i * each, each);
            }
        }
        return new HostArray(some.dtype(), some.shape(), copy);
    }

    @Override
    public DType dtype() {
        return none.dtype();
    }

    @Override
    public Shape shape() {
        return none.shape().slice(1, none.shape().rank()).prepend(source.shape().size(0));
    }

    @Override
    public boolean isOnDisk() {
        return source.isOnDisk();
    }

    @Override
    public HostArray rows(long from, long to) {
        return changed(source.rows(from, to), row -> from + row);
    }

    @Override
    public HostArray select(long[] rows) {
        return changed(source.select(rows), row -> rows[(int) row]);
    }

    private HostArray changed(HostArray some, LongUnaryOperator row) {
        try {
            return change.of(some, row);
        } catch (InvalidFileException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return dtype() + " " + shape();
    }
}
