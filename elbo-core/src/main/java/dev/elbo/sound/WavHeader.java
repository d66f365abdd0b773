package dev.elbo.sound;

import dev.elbo.sound.Pcm.Coding;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What stands before the samples of a WAV file: chunks of a name, a length and as many bytes, of which {@code fmt} says what the samples
 * are and {@code data} are the samples.
 *
 * @param bytes of the samples; −1 if the file was written before that was known, so that they go on to its end
 */
record WavHeader(Pcm pcm, long bytes) {
    /** The length of the file's beginning: RIFF, a length, WAVE. */
    static final int RIFF = 12;

    private static final int FORMAT = 16;
    private static final int EXTENSIBLE = 0xfffe;

    /** In an extensible format, where the code of the coding is. */
    private static final int SUB_FORMAT = 24;

    /** Lengths from here on are written by who does not know them: a recorder that writes to a pipe. */
    private static final long UNKNOWN = 0x7fff_0000L;

    static boolean isWav(byte[] first) {
        String text = new String(first, StandardCharsets.ISO_8859_1);
        return text.startsWith("RIFF") && text.endsWith("WAVE");
    }

    /**
     * Reads up to the first sample.
     *
     * @param in behind the file's first 12 bytes
     * @throws UnreadableSoundException if it has no such chunks, or another coding than whole numbers of 1 to 4 bytes, floating-point
     *     ones, A-law and µ-law
     * @throws EOFException if it ends before
     */
    static WavHeader read(Path file, InputStream in) throws IOException {
        Pcm pcm = null;
        while (true) {
            String name = new String(bytes(in, 4), StandardCharsets.ISO_8859_1);
            long length = numbers(bytes(in, 4)).getInt() & 0xffff_ffffL;
            if (name.equals("data") && pcm != null) {
                return new WavHeader(pcm, length == 0 || length >= UNKNOWN ? -1 : length);
            }
            if (name.equals("fmt ") && length >= FORMAT && length < 1 << 16) {
                pcm = pcm(file, numbers(bytes(in, (int) (length + length % 2))));
            } else {
                in.skipNBytes(length + length % 2); // chunks have even lengths in the file
            }
        }
    }

    private static ByteBuffer numbers(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private static Pcm pcm(Path file, ByteBuffer format) throws UnreadableSoundException {
        int code = format.getShort(0) & 0xffff;
        int coding =
                code == EXTENSIBLE && format.limit() > SUB_FORMAT + 1 ? format.getShort(SUB_FORMAT) & 0xffff : code;
        int bits = format.getShort(14) & 0xffff;
        int bytes = (bits + 7) / 8;
        return new Pcm(format.getInt(4), format.getShort(2) & 0xffff, bytes, coding(file, coding, bytes));
    }

    private static Coding coding(Path file, int code, int bytes) throws UnreadableSoundException {
        if (code == 1 && bytes >= 1 && bytes <= 4) {
            return bytes == 1 ? Coding.UNSIGNED : Coding.SIGNED;
        }
        if (code == 3 && (bytes == Float.BYTES || bytes == Double.BYTES)) {
            return Coding.FLOATING;
        }
        if ((code == 6 || code == 7) && bytes == 1) {
            return code == 6 ? Coding.A_LAW : Coding.MU_LAW;
        }
        throw new UnreadableSoundException(
                file,
                "is a WAV of the coding " + code + " with " + 8 * bytes + " bits, which is not read",
                "Write it as 16-bit PCM",
                null);
    }
}
