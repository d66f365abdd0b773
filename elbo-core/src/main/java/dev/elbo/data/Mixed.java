package dev.elbo.data;

import dev.elbo.tensor.Rng;

/**
 * Examples of two kinds in a fixed proportion in every batch, such as those with a label and those without (Kingma et al. 2014).
 * An epoch goes once through the more numerous kind, as counted in batches; the other begins anew, in a new order, as often as
 * that takes. The kinds alternate within a batch, so that every part of it has its share of both.
 */
public final class Mixed implements Order {
    private final long seed;
    private final long[] having;
    private final long[] lacking;
    private final int some;
    private final int others;

    /**
     * Mixes.
     *
     * @param having the numbers of the examples that have what others lack
     * @param lacking the numbers of the others
     * @param some how many of a batch have it
     * @param others how many of a batch lack it
     * @throws IllegalArgumentException if there are no examples of a kind, or none in a batch
     */
    public Mixed(long seed, long[] having, long[] lacking, int some, int others) {
        this.seed = seed;
        this.having = having.clone();
        this.lacking = lacking.clone();
        this.some = some;
        this.others = others;
        if (having.length < 1 || lacking.length < 1 || some < 1 || others < 1) {
            throw new IllegalArgumentException(some + " of " + having.length + " examples beside " + others + " of "
                    + lacking.length + " in a batch: all must be positive");
        }
    }

    @Override
    public int batch() {
        return some + others;
    }

    @Override
    public long batches() {
        return Math.max(1, Math.max(having.length / some, lacking.length / others));
    }

    /** Of both kinds; the next epoch begins with them. */
    @Override
    public long leftOut() {
        return Math.max(0, having.length - batches() * some) + Math.max(0, lacking.length - batches() * others);
    }

    @Override
    public int block() {
        return 1;
    }

    @Override
    public long[] rows(long epoch) {
        int size = Math.toIntExact(batches() * batch());
        long[] rows = new long[size];
        Cycle first = new Cycle(Rng.seedOf(seed, 0), having, epoch * batches() * some);
        Cycle second = new Cycle(Rng.seedOf(seed, 1), lacking, epoch * batches() * others);
        for (int i = 0; i < size; i++) {
            rows[i] = isOfSome(i % batch()) ? first.next() : second.next();
        }
        return rows;
    }

    /** Whether a place in a batch is one of {@code some} that are spread evenly over it. */
    private boolean isOfSome(int place) {
        return (long) (place + 1) * some / batch() > (long) place * some / batch();
    }

    /** Examples in an endless row of permutations. */
    private static final class Cycle {
        private final long seed;
        private final long[] examples;
        private long position;
        private long[] permutation;

        Cycle(long seed, long[] examples, long position) {
            this.seed = seed;
            this.examples = examples;
            this.position = position;
            this.permutation = permutation();
        }

        private long[] permutation() {
            return new Shuffled(seed, examples.length, 1).rows(position / examples.length);
        }

        long next() {
            int at = (int) (position % examples.length);
            if (at == 0) {
                permutation = permutation();
            }
            position++;
            return examples[(int) permutation[at]];
        }
    }
}
