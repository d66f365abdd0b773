package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * Images or rows of numbers in a file that stays on disk: what is asked for is read, checked and brought to what {@link
 * NamedArray#asObservations} makes of it. The file is read and not mapped, so that what was read once does not count as
 * memory of this process.
 */
final class FileRows implements RowSource {
    private final Path file;
    private final ArrayHeader header;
    private final long offset;
    private final Shape rawRow;
    private final HostArray none;

    private FileRows(Path file, ArrayHeader header, long offset) throws InvalidFileException {
        this.file = file;
        this.header = header;
        this.offset = offset;
        this.rawRow = header.shape().slice(1, header.shape().rank());
        this.none = observations(raw(ByteBuffer.allocate(0), 0), row -> row);
    }

    /** Reads a file up to its first element; none if its rows cannot be read one by one. */
    interface HeaderReader {
        Optional<ArrayHeader> read(FileChannel channel) throws IOException;
    }

    /**
     * The rows of a file; none if they are neither images nor rows of numbers.
     *
     * @throws InvalidFileException if it is not as long as its header says
     */
    static Optional<FileRows> open(Path file, HeaderReader reader) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            Optional<ArrayHeader> header = reader.read(channel);
            if (header.isEmpty() || header.get().shape().rank() < 2) {
                return Optional.empty();
            }
            header.get().requireRest(channel);
            return of(file.toAbsolutePath(), header.get(), channel.position());
        }
    }

    private static Optional<FileRows> of(Path file, ArrayHeader header, long offset) {
        try {
            return Optional.of(new FileRows(file, header, offset));
        } catch (InvalidFileException misfit) { // who reads all of it says so with its true shape
            return Optional.empty();
        }
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

    @Override
    public boolean isOnDisk() {
        return true;
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
        ByteBuffer bytes = allocate(to - from);
        try {
            OpenFiles.read(file, offset + from * rowBytes(), bytes);
            return observations(raw(bytes, to - from), row -> from + row);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public HostArray select(long[] rows) {
        ByteBuffer bytes = allocate(rows.length);
        try {
            for (int i = 0; i < rows.length; i++) {
                Objects.checkIndex(rows[i], size());
                bytes.limit(Math.toIntExact((i + 1) * rowBytes()));
                OpenFiles.read(file, offset + rows[i] * rowBytes(), bytes);
            }
            return observations(raw(bytes, rows.length), row -> rows[(int) row]);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private ByteBuffer allocate(long rows) {
        if (rowBytes() > 0 && rows > ArrayHeader.MAX_BYTES / rowBytes()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%,d examples of %s at once take %,d bytes, and 2 GiB are possible; take fewer, in smaller batches",
                    rows,
                    file.getFileName(),
                    rows * rowBytes()));
        }
        return ByteBuffer.allocate((int) (rows * rowBytes()));
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
