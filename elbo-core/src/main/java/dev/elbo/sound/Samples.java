package dev.elbo.sound;

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
    void begin(int rate, int channels) throws UnreadableSoundException {
        require(
                channels >= 1 && channels <= MOST_CHANNELS && rate >= SLOWEST && rate <= FASTEST,
                "has " + channels + " channels of " + rate + " samples a second by its header; expected 1 to " + MOST_CHANNELS
                        + ", and " + SLOWEST + " to " + FASTEST,
                "Replace it with a complete copy");
        require(
                rateHz == 0 || rateHz == rate,
                "has " + rate + " samples a second behind others of " + rateHz,
                "Write it at one rate");
        rateHz = rate;
    }

    /**
     * Adds the mean over the channels at one time.
     *
     * @throws UnreadableSoundException if it is no number, or there are too many
     */
    void add(double sample) throws UnreadableSoundException {
        require(count < longest * rateHz, "is longer than " + number(longest) + " s", "Cut it into sentences");
        require(Double.isFinite(sample), "holds a sample that is no number", "Replace it, or leave it out");
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count] = (float) sample;
        count++;
    }

    /**
     * That all samples have come that were promised.
     *
     * @throws UnreadableSoundException if some have not
     */
    void requireAll(double promised) throws UnreadableSoundException {
        if (count < promised) {
            throw UnreadableSoundException.damaged(
                    file,
                    "is truncated: its header promises " + number(promised / rateHz) + " s, the file holds "
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
        require(count > 0, "holds no sample", "Replace it with a complete copy, or leave it out");
        return new Wave(Arrays.copyOf(values, count), rateHz);
    }

    private void require(boolean holds, String problem, String remedy) throws UnreadableSoundException {
        if (!holds) {
            throw new UnreadableSoundException(file, problem, remedy, null);
        }
    }

    private static String number(double seconds) {
        String text = String.format(Locale.ROOT, "%,.3f", seconds);
        return text.replaceFirst("\\.?0+$", "");
    }
}
