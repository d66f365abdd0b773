package dev.elbo.data;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * In which order examples are seen: a function of the seed and the epoch alone, so that a run resumed at any step goes on as it
 * would have.
 */
public sealed interface Order permits Shuffled, Bucketed, Mixed {
    /** The number of examples in a batch. */
    int batch();

    /** The number of batches in an epoch. */
    long batches();

    /** How many examples an epoch does not come to, since they would not fill a batch; they are others in each epoch. */
    long leftOut();

    /** How many neighbours stay near each other when examples are shuffled. */
    int block();

    /**
     * The examples of an epoch, one batch after the other.
     *
     * @return the numbers of examples, at least {@code batches() * batch()}
     */
    long[] rows(long epoch);

    /**
     * The order for a split: bucketed by length if it has sequences, else shuffled.
     *
     * @param batch the number of examples in a batch
     * @param block how many neighbours make a block; 1 to shuffle every example alone
     * @throws IllegalArgumentException if the split has more examples than can be shuffled, or a size is not positive
     */
    static Order of(Split split, long seed, int batch, int block) {
        Shuffled shuffled = new Shuffled(seed, count(split), batch, block);
        return split.lengths().isEmpty() ? shuffled : new Bucketed(shuffled, lengths(split));
    }

    /** How long an example is, in all its fields together. */
    private static long[] lengths(Split split) {
        long[] sum = new long[count(split)];
        split.lengths().keySet().forEach(field -> {
            long[] lengths = split.lengths(field);
            IntStream.range(0, sum.length).forEach(i -> sum[i] += lengths[i]);
        });
        return sum;
    }

    /**
     * The order for a split of whose examples some lack a field: those that have it are mixed with those that lack it. It is
     * {@link #of} where none lacks it, or all do.
     *
     * @param field the field that is partly present
     * @param share which part of every batch has it, above 0 and below 1; at least one example has, and one lacks it
     * @throws IllegalArgumentException if there is no such field or no such share
     */
    static Order mixed(Split split, String field, double share, long seed, int batch) {
        boolean[] present = split.present(field);
        long[] having = IntStream.range(0, present.length)
                .filter(i -> present[i])
                .asLongStream()
                .toArray();
        long[] lacking = IntStream.range(0, present.length)
                .filter(i -> !present[i])
                .asLongStream()
                .toArray();
        if (having.length == 0 || lacking.length == 0) {
            return of(split, seed, batch, 1);
        }
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the share of examples with the field '" + field
                    + "' in a batch is above 0 and below 1; got " + share);
        }
        int size = (int) Math.min(batch, split.size());
        int some = (int) Math.max(1, Math.min(size - 1, Math.round(share * size)));
        return new Mixed(seed, having, lacking, some, size - some);
    }

    private static int count(Split split) {
        if (split.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%,d examples are more than the %,d that can be shuffled; give fewer",
                    split.size(),
                    Integer.MAX_VALUE));
        }
        return (int) split.size();
    }
}
