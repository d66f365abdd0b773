package dev.elbo.sound;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The samples of a file as they are read, one after the other. */
final class Samples {
    private static final int MOST_CHANNELS = 64;
    private static final int SLOWEST = 1_000;
    private static final int FASTEST = 768_000;
    private static final int FIRST = 1 << 14;

    private final Path file;
    private final double longest;
    private float[] values = new float[FIRST];
    private int count;
    private int rateHz;
    private long most;

    /**
     * None yet.
     *
     * @param longest the seconds that they may last
     */
    Samples(Path file, double longest) {
        this.file = file;
        this.longest = longest;
    }

    /**
     * Takes note of what a header says.
     *
     * @throws UnreadableSoundException if no recording is like that, or the rate was another before
     */
    void begin(int rate, int channels) throws IOException {
        if (channels < 1 || channels > MOST_CHANNELS || rate < SLOWEST || rate > FASTEST) {
            throw UnreadableSoundException.damaged(
                    file,
                    "has " + channels + " channels of " + rate + " samples a second by its header; expected 1 to "
                            + MOST_CHANNELS + ", and " + SLOWEST + " to " + FASTEST,
                    null);
        }
        if (rateHz != 0 && rateHz != rate) {
            throw refusal("has " + rate + " samples a second behind others of " + rateHz, "Write it at one rate");
        }
        rateHz = rate;
        most = (long) Math.floor(longest * rate);
        if (longest == 0) {
            throw new BegunException(rate);
        }
    }

    /** Samples of which none is wanted: what reads them is stopped where they would begin. */
    static Samples none(Path file) {
        return new Samples(file, 0);
    }

    /** All that was wanted is known. */
    static final class BegunException extends IOException {
        private final int rateHz;

        private BegunException(int rateHz) {
            this.rateHz = rateHz;
        }

        int rateHz() {
            return rateHz;
        }
    }

    /**
     * Adds the mean over the channels at one time.
     *
     * @throws UnreadableSoundException if it is no number, or there are too many
     */
    void add(double sample) throws UnreadableSoundException {
        if (count >= most) {
            throw refusal("is longer than " + number(longest) + " s", "Cut it into sentences");
        }
        if (!Double.isFinite(sample)) {
            throw refusal("holds a sample that is no number", "Replace it, or leave it out");
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count] = (float) sample;
        count++;
    }

    /**
     * That all samples have come that were promised, once it is known at which rate.
     *
     * @throws UnreadableSoundException if some have not
     */
    void requireAll(long promised) throws UnreadableSoundException {
        if (rateHz > 0 && count < promised) {
            throw UnreadableSoundException.damaged(
                    file,
                    "is truncated: its header promises " + number((double) promised / rateHz) + " s, the file holds "
                            + number((double) count / rateHz) + " s",
                    null);
        }
    }

    /** Forgets what lies behind so many. */
    void limit(long length) {
        count = (int) Math.min(count, length);
    }

    /**
     * All of them.
     *
     * @throws UnreadableSoundException if there is none
     */
    Wave wave() throws UnreadableSoundException {
        if (count == 0) {
            throw refusal("holds no sample", "Replace it with a complete copy, or leave it out");
        }
        return new Wave(Arrays.copyOf(values, count), rateHz);
    }

    private UnreadableSoundException refusal(String problem, String remedy) {
        return new UnreadableSoundException(file, problem, remedy, null);
    }

    private static String number(double seconds) {
        String text = String.format(Locale.ROOT, "%,.3f", seconds);
        return text.replaceFirst("\\.?0+$", "");
    }
}
