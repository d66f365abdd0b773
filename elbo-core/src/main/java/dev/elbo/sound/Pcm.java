package dev.elbo.sound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Samples as they follow each other in a file, little-endian: those of all channels at one time, then the next.
 *
 * @param rateHz samples of a channel in a second
 * @param bytes of a sample
 */
record Pcm(int rateHz, int channels, int bytes, Coding coding) {
    /** The times that are read at once. */
    private static final int PORTION = 1 << 14;

    private static final int MOST_CHANNELS = 64;
    private static final int SLOWEST = 1_000;
    private static final int FASTEST = 768_000;

    /** How a sample is a number. */
    enum Coding {
        UNSIGNED,
        SIGNED,
        FLOATING,
        A_LAW,
        MU_LAW
    }

    /**
     * Refuses what no recording is.
     *
     * @throws UnreadableSoundException if a number is out of its range
     */
    Pcm checked(Path file) throws UnreadableSoundException {
        if (channels < 1 || channels > MOST_CHANNELS || rateHz < SLOWEST || rateHz > FASTEST) {
            throw SoundFile.damaged(
                    file,
                    "has " + channels + " channels of " + rateHz + " samples a second by its header; expected 1 to "
                            + MOST_CHANNELS + ", and " + SLOWEST + " to " + FASTEST,
                    null);
        }
        return this;
    }

    /** Bytes of all channels at one time. */
    int stride() {
        return channels * bytes;
    }

    /**
     * Reads to the end.
     *
     * @param promised the bytes there should be; −1 if that is not known
     * @param longest the seconds that the recording may last
     * @throws UnreadableSoundException if there are fewer bytes than promised, none, or more than the longest recording has; or if
     *     a sample is not finite
     */
    Wave read(Path file, InputStream in, long promised, double longest) throws IOException {
        long most = (long) Math.ceil(longest * rateHz);
        float[] samples = new float[PORTION];
        int count = 0;
        byte[] block = new byte[PORTION * stride()];
        long left = promised < 0 ? Long.MAX_VALUE : promised - promised % stride();
        while (left > 0 && count <= most) {
            int got = in.readNBytes(block, 0, (int) Math.min(left, block.length)) / stride();
            samples = count + got > samples.length ? Arrays.copyOf(samples, 2 * samples.length) : samples;
            mix(ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN), got, samples, count);
            count += got;
            left -= (long) got * stride();
            if (got < PORTION) {
                break;
            }
        }
        require(file, count <= most, "is longer than " + number(longest) + " s", "Cut it into sentences");
        require(file, promised < 0 || left == 0, "is truncated: its header promises "
                + number((double) promised / stride() / rateHz) + " s, the file holds " + number((double) count / rateHz)
                + " s", "Replace it with a complete copy");
        require(file, count > 0, "holds no sample", "Replace it with a complete copy, or leave it out");
        for (int i = 0; i < count; i++) {
            require(file, Float.isFinite(samples[i]), "holds a sample that is no number", "Replace it, or leave it out");
        }
        return new Wave(Arrays.copyOf(samples, count), rateHz);
    }

    private static void require(Path file, boolean holds, String problem, String remedy) throws UnreadableSoundException {
        if (!holds) {
            throw new UnreadableSoundException(file, problem, remedy, null);
        }
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%,.4g", seconds).replaceFirst("\\.?0*$", "");
    }

    /** The means over the channels of so many times. */
    private void mix(ByteBuffer block, int times, float[] to, int at) {
        for (int i = 0; i < times; i++) {
            double sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += sample(block, i * stride() + channel * bytes);
            }
            to[at + i] = (float) (sum / channels);
        }
    }

    private double sample(ByteBuffer block, int at) {
        return switch (coding) {
            case UNSIGNED -> ((block.get(at) & 0xff) - 128) / 128.0;
            case SIGNED -> signed(block, at) / (double) (1L << 8 * bytes - 1);
            case FLOATING -> bytes == Float.BYTES ? block.getFloat(at) : block.getDouble(at);
            case A_LAW -> aLaw(block.get(at)) / 32768.0;
            case MU_LAW -> muLaw(block.get(at)) / 32768.0;
        };
    }

    private long signed(ByteBuffer block, int at) {
        long value = block.get(at + bytes - 1); // the highest byte has the sign
        for (int i = bytes - 2; i >= 0; i--) {
            value = value << 8 | block.get(at + i) & 0xff;
        }
        return value;
    }

    /** ITU-T G.711, table 1: even bits are inverted, and the highest is the sign, 1 of positive ones. */
    private static int aLaw(byte code) {
        int bits = code ^ 0x55;
        int exponent = bits >> 4 & 7;
        int mantissa = (bits & 15) << 4 | 8;
        int size = exponent == 0 ? mantissa : (mantissa | 0x100) << exponent - 1;
        return (bits & 0x80) == 0 ? -size : size;
    }

    /** ITU-T G.711, table 2: all bits are inverted, and the highest is the sign. */
    private static int muLaw(byte code) {
        int bits = ~code;
        int size = (((bits & 15) << 3 | 0x84) << (bits >> 4 & 7)) - 0x84;
        return (bits & 0x80) == 0 ? size : -size;
    }
}
