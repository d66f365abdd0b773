package dev.elbo.cli;

import dev.elbo.sound.Wave;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A WAV of 16 bits that is written as it is made. Its length stands at its beginning: of a file it is set at the end, and of a pipe it is
 * the largest there is, as players of pipes expect.
 */
final class WaveStream implements AutoCloseable {
    private static final int HEADER = 44;
    private static final int UNKNOWN = -1;

    private final OutputStream out;
    private final @Nullable Path file;
    private long samples;
    private int rateHz;

    /** @param file that {@code out} writes to; none of a pipe */
    WaveStream(OutputStream out, @Nullable Path file) {
        this.out = out;
        this.file = file;
    }

    /** A new file, in folders that are made where they are missing. */
    static OutputStream file(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return Files.newOutputStream(file);
    }

    /** How long it is so far. */
    double seconds() {
        return rateHz == 0 ? 0 : (double) samples / rateHz;
    }

    /** Writes more of it. */
    void write(Wave wave) throws IOException {
        if (rateHz == 0) {
            rateHz = wave.rateHz();
            out.write(header(UNKNOWN));
        }
        ByteBuffer bytes = ByteBuffer.allocate(2 * wave.samples().length).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : wave.samples()) {
            bytes.putShort((short) Math.round(Short.MAX_VALUE * Math.max(-1, Math.min(1, sample))));
        }
        out.write(bytes.array());
        out.flush();
        samples += wave.samples().length;
    }

    private byte[] header(int length) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(length == UNKNOWN ? UNKNOWN : length + HEADER - 8);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        header.putShort((short) 1).putShort((short) 1).putInt(rateHz).putInt(2 * rateHz);
        header.putShort((short) 2).putShort((short) 16);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(length);
        return header.array();
    }

    /** Sets the length in a file. */
    @Override
    public void close() throws IOException {
        out.flush();
        if (file != null && rateHz > 0) {
            try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
                whole.write(header(Math.toIntExact(2 * samples)));
            }
        }
    }
}
