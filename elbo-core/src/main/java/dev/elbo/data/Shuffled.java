package dev.elbo.data;

import dev.elbo.tensor.Rng;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * All examples in a new permutation each epoch.
 *
 * <p>Blocks of neighbours may stay near each other: the blocks are shuffled, and then the examples of {@value #WINDOW} blocks
 * at a time. A disk is then read in long stretches, and a batch still has examples from many places.
 *
 * @param size the number of examples
 * @param batch the number of examples in a batch; what remains at the end of an epoch is left out of it
 * @param block how many neighbours make a block; 1 to shuffle every example alone
 */
public record Shuffled(long seed, int size, int batch, int block) implements Order {
    private static final int WINDOW = 64;

    /**
     * Validates the sizes.
     *
     * @throws IllegalArgumentException if there is no example or no batch, or a block of none
     */
    public Shuffled {
        if (size < 1 || batch < 1 || block < 1) {
            throw new IllegalArgumentException(
                    size + " examples in batches of " + batch + " and blocks of " + block + ": all must be positive");
        }
        batch = Math.min(batch, size);
        block = Math.min(block, size);
    }

    /** Every example alone. */
    public Shuffled(long seed, int size, int batch) {
        this(seed, size, batch, 1);
    }

    @Override
    public long batches() {
        return size / batch;
    }

    @Override
    public long leftOut() {
        return size % batch;
    }

    /** How many examples are shuffled together; all of them where blocks are single examples. */
    public long window() {
        return block == 1 ? size : (long) WINDOW * block;
    }

    /** A permutation of all examples, by Fisher and Yates's shuffle; what is behind the last batch is left out. */
    @Override
    public long[] rows(long epoch) {
        SplittableRandom random = new SplittableRandom(Rng.seedOf(seed, epoch));
        if (block == 1) {
            return shuffled(size, random);
        }
        long[] blocks = shuffled((size + block - 1) / block, random);
        long[] order = LongStream.of(blocks)
                .flatMap(b -> LongStream.range(b * block, Math.min(size, (b + 1) * block)))
                .toArray();
        for (long from = 0; from < size; from += window()) {
            shuffle(order, (int) from, (int) Math.min(size, from + window()), random);
        }
        return order;
    }

    private static long[] shuffled(int size, SplittableRandom random) {
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static void shuffle(long[] order, int from, int to, SplittableRandom random) {
        for (int i = to - 1; i > from; i--) {
            int j = from + random.nextInt(i - from + 1);
            long other = order[i];
            order[i] = order[j];
            order[j] = other;
        }
    }
}
