package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * Images or rows of numbers in a file that stays on disk: what is asked for is read, checked and brought to what {@link
 * NamedArray#asObservations} makes of it. The file is read and not mapped, so that what was read once does not count as
 * memory of this process.
 */
final class FileRows implements RowSource {
    private final FileChannel channel;
    private final ArrayHeader header;
    private final long offset;
    private final Shape rawRow;
    private final HostArray none;

    private FileRows(FileChannel channel, ArrayHeader header) throws IOException {
        this.channel = channel;
        this.header = header;
        this.offset = channel.position();
        this.rawRow = header.shape().slice(1, header.shape().rank());
        this.none = observations(raw(ByteBuffer.allocate(0), 0), row -> row);
    }

    /** Reads a file up to its first element; none if its rows cannot be read one by one. */
    interface HeaderReader {
        Optional<ArrayHeader> read(FileChannel channel) throws IOException;
    }

    /**
     * The rows of a file, which stays open as long as they are used; none if it is of another shape.
     *
     * @throws InvalidFileException if it is not as long as its header says, or holds neither images nor rows
     */
    static Optional<FileRows> open(Path file, HeaderReader reader) throws IOException {
        FileChannel channel = FileChannel.open(file);
        Optional<FileRows> rows = Optional.empty();
        try {
            Optional<ArrayHeader> header = reader.read(channel);
            if (header.isPresent() && fit(header.get())) {
                header.get().requireRest(channel);
                rows = Optional.of(new FileRows(channel, header.get()));
            }
            return rows;
        } finally {
            if (rows.isEmpty()) {
                channel.close();
            }
        }
    }

    private static boolean fit(ArrayHeader header) {
        return header.shape().rank() >= 2 && header.shape().rank() <= 4;
    }

    @Override
    public DType dtype() {
        return none.dtype();
    }

    @Override
    public Shape shape() {
        Shape shape = none.shape();
        return shape.slice(1, shape.rank()).prepend(size());
    }

    private long size() {
        return header.shape().size(0);
    }

    private long rowBytes() {
        return rawRow.elements() * header.dtype().bytes();
    }

    @Override
    public HostArray rows(long from, long to) {
        if (from < 0 || to < from || to > size()) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of " + this);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact((to - from) * rowBytes()));
        try {
            fill(bytes, from);
            return observations(raw(bytes, to - from), row -> from + row);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public HostArray select(long[] rows) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(rows.length * rowBytes()));
        try {
            for (int i = 0; i < rows.length; i++) {
                Objects.checkIndex(rows[i], size());
                bytes.limit(Math.toIntExact((i + 1) * rowBytes()));
                fill(bytes, rows[i]);
            }
            return observations(raw(bytes, rows.length), row -> rows[(int) row]);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** From a row of the file on, until nothing remains. */
    private void fill(ByteBuffer bytes, long row) throws IOException {
        long position = offset + row * rowBytes();
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, position);
            if (read < 0) {
                throw new EOFException(header.file() + " has become shorter while it was used");
            }
            position += read;
        }
    }

    private HostArray raw(ByteBuffer bytes, long rows) {
        return header.array(rawRow.prepend(rows), bytes.rewind());
    }

    private HostArray observations(HostArray raw, LongUnaryOperator row) throws InvalidFileException {
        return new NamedArray(header.file(), raw, row).asObservations();
    }

    @Override
    public String toString() {
        return dtype() + " " + shape();
    }
}
