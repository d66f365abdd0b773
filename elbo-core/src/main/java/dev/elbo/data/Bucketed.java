package dev.elbo.data;

import dev.elbo.tensor.Rng;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.LongStream;

/**
 * Sequences of about one length in each batch, so that little of it is padding. All examples are shuffled; those of
 * {@value #WINDOW} batches at a time are put in the order of their lengths; and then the batches are shuffled. Which examples
 * meet in a batch is new in each epoch.
 */
public final class Bucketed implements Order {
    private static final int WINDOW = 50;

    /** The second use of the seed of an epoch; the first is the permutation. */
    private static final int BATCHES = 1;

    private final Shuffled shuffled;
    private final long[] lengths;

    /**
     * Buckets.
     *
     * @param shuffled the examples in chance order
     * @param lengths of all examples
     * @throws IllegalArgumentException if there is not a length for each example
     */
    public Bucketed(Shuffled shuffled, long[] lengths) {
        this.shuffled = shuffled;
        this.lengths = lengths.clone();
        if (lengths.length != shuffled.size()) {
            throw new IllegalArgumentException(lengths.length + " lengths of " + shuffled.size() + " examples");
        }
    }

    @Override
    public int batch() {
        return shuffled.batch();
    }

    @Override
    public long batches() {
        return shuffled.batches();
    }

    @Override
    public long leftOut() {
        return shuffled.leftOut();
    }

    @Override
    public int block() {
        return shuffled.block();
    }

    @Override
    public long[] rows(long epoch) {
        int size = Math.toIntExact(batches() * batch());
        long[] sorted = Arrays.copyOf(shuffled.rows(epoch), size);
        for (int from = 0; from < size; from += WINDOW * batch()) {
            sortByLength(sorted, from, Math.min(size, from + WINDOW * batch()));
        }
        long[] rows = new long[size];
        long[] order = new Shuffled(Rng.seedOf(shuffled.seed(), BATCHES), (int) batches(), 1).rows(epoch);
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(sorted, (int) order[i] * batch(), rows, i * batch(), batch());
        }
        return rows;
    }

    private void sortByLength(long[] rows, int from, int to) {
        long[] window = LongStream.of(Arrays.copyOfRange(rows, from, to))
                .boxed()
                .sorted(Comparator.comparingLong(row -> lengths[(int) (long) row]))
                .mapToLong(Long::longValue)
                .toArray();
        System.arraycopy(window, 0, rows, from, window.length);
    }
}
