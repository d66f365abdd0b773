package dev.elbo.sound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Samples as they follow each other in a file, little-endian: those of all channels at one time, then the next.
 *
 * @param rateHz samples of a channel in a second
 * @param bytes of a sample
 */
record Pcm(int rateHz, int channels, int bytes, Coding coding) {
    /** The times that are read at once. */
    private static final int PORTION = 1 << 12;

    /** How a sample is a number. */
    enum Coding {
        UNSIGNED,
        SIGNED,
        FLOATING,
        A_LAW,
        MU_LAW
    }

    /** Bytes of all channels at one time. */
    private int stride() {
        return channels * bytes;
    }

    /**
     * Reads to the end.
     *
     * @param promised the bytes there should be; −1 if that is not known
     * @throws UnreadableSoundException if there are fewer, or the samples are refused
     */
    void read(InputStream in, long promised, Samples to) throws IOException {
        to.begin(rateHz, channels);
        long times = promised < 0 ? Long.MAX_VALUE : promised / stride();
        byte[] block = new byte[PORTION * stride()];
        int got = PORTION;
        for (long left = times; got == PORTION && left > 0; left -= got) {
            got = in.readNBytes(block, 0, (int) Math.min(left, PORTION) * stride()) / stride();
            mix(block, got, to);
        }
        to.requireAll(promised < 0 ? 0 : times);
    }

    /** Adds the means over the channels of so many times. */
    void mix(byte[] block, int times, Samples to) throws UnreadableSoundException {
        ByteBuffer samples = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < times; i++) {
            double sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += sample(samples, i * stride() + channel * bytes);
            }
            to.add(sum / channels);
        }
    }

    private double sample(ByteBuffer block, int at) {
        return switch (coding) {
            case UNSIGNED -> ((block.get(at) & 0xff) - 128) / 128.0;
            case SIGNED -> signed(block, at) / (double) (1L << (8 * bytes - 1));
            case FLOATING -> bytes == Float.BYTES ? block.getFloat(at) : block.getDouble(at);
            case A_LAW -> aLaw(block.get(at)) / 32768.0;
            case MU_LAW -> muLaw(block.get(at)) / 32768.0;
        };
    }

    private long signed(ByteBuffer block, int at) {
        long value = block.get(at + bytes - 1); // the highest byte has the sign
        for (int i = bytes - 2; i >= 0; i--) {
            value = (value << 8) | (block.get(at + i) & 0xff);
        }
        return value;
    }

    /** ITU-T G.711, table 1: even bits are inverted, and the highest is the sign, 1 of positive ones. */
    private static int aLaw(byte code) {
        int bits = code ^ 0x55;
        int exponent = (bits >> 4) & 7;
        int mantissa = ((bits & 15) << 4) | 8;
        int size = exponent == 0 ? mantissa : (mantissa | 0x100) << (exponent - 1);
        return (bits & 0x80) == 0 ? -size : size;
    }

    /** ITU-T G.711, table 2: all bits are inverted, and the highest is the sign. */
    private static int muLaw(byte code) {
        int bits = ~code;
        int size = ((((bits & 15) << 3) | 0x84) << ((bits >> 4) & 7)) - 0x84;
        return (bits & 0x80) == 0 ? size : -size;
    }
}
