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

/**
 * The rows of an array of numbers in a file that stays on disk. The file is read and not mapped, so that what was read once does
 * not count as memory of this process.
 */
final class FileRows implements RowSource {
    private final Path file;
    private final ArrayHeader header;
    private final StoredType.OfNumbers type;
    private final long offset;
    private final Shape row;

    private FileRows(Path file, ArrayHeader header, StoredType.OfNumbers type, long offset) {
        this.file = file;
        this.header = header;
        this.type = type;
        this.offset = offset;
        this.row = header.shape().slice(1, header.shape().rank());
    }

    /** Reads a file up to its first element; none if its rows cannot be read one by one. */
    interface HeaderReader {
        Optional<ArrayHeader> read(FileChannel channel) throws IOException;
    }

    /**
     * The rows of a file; none if they have no more than one element, or are no numbers.
     *
     * @throws InvalidFileException if it is not as long as its header says
     */
    static Optional<FileRows> open(Path file, HeaderReader reader) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            Optional<ArrayHeader> header = reader.read(channel);
            if (header.isEmpty()
                    || header.get().shape().rank() < 2
                    || !(header.get().type() instanceof StoredType.OfNumbers numbers)) {
                return Optional.empty();
            }
            header.get().requireRest(channel);
            return Optional.of(new FileRows(file.toAbsolutePath(), header.get(), numbers, channel.position()));
        }
    }

    @Override
    public DType dtype() {
        return type.dtype();
    }

    @Override
    public Shape shape() {
        return header.shape();
    }

    @Override
    public boolean isOnDisk() {
        return true;
    }

    private long size() {
        return header.shape().size(0);
    }

    private long rowBytes() {
        return row.elements() * type.bytes();
    }

    @Override
    public HostArray rows(long from, long to) {
        if (from < 0 || to < from || to > size()) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of " + this);
        }
        ByteBuffer bytes = allocate(to - from);
        try {
            OpenFiles.read(file, offset + from * rowBytes(), bytes);
            return array(bytes, to - from);
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
            return array(bytes, rows.length);
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

    private HostArray array(ByteBuffer bytes, long rows) {
        return header.array(type, row.prepend(rows), bytes.rewind());
    }

    @Override
    public String toString() {
        return dtype() + " " + shape();
    }
}
