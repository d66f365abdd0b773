package dev.elbo.train;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Order;
import dev.elbo.data.Shuffled;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The batches of a training, by step. Of examples that are held, the permutation of an epoch lies on the device; others are
 * read some steps before they are needed.
 */
public final class Batches {
    private final Examples examples;
    private final Order order;
    private final Tensor permutation;
    private final Prefetcher<Examples.Read> prefetcher;
    private final Set<Long> warm = ConcurrentHashMap.newKeySet();
    private long epoch = -1;
    private long[] rows = new long[0];
    private final Map<Long, long[]> permutations = new LinkedHashMap<>();

    /** Its permutation lives in the current scope. */
    public Batches(Examples examples, Order order) {
        this.examples = examples;
        this.order = order;
        this.prefetcher = new Prefetcher<>(this::read, examples.byteCount() / examples.size() * order.batch());
        this.permutation = Tensor.zeros(DType.INT64, examples.device(), Shape.of(examples.isHeld() ? seen() : 0));
    }

    /** How many examples an epoch has. */
    private long seen() {
        return perEpoch() * size();
    }

    /** The number of examples in a batch. */
    public int size() {
        return order.batch();
    }

    /** The number of examples in all. */
    long examples() {
        return examples.size();
    }

    /** Where batches are. */
    Device device() {
        return examples.device();
    }

    /** How many neighbours stay near each other when examples are shuffled. */
    int shuffleBlock() {
        return order.block();
    }

    /** How many examples an epoch does not come to. */
    long leftOut() {
        return order.leftOut();
    }

    /** The number of batches in an epoch. */
    public long perEpoch() {
        return order.batches();
    }

    /** Turns to the epoch of a step; parts of its batch can then be asked for by several threads. */
    void prepare(long step) {
        turnTo(step / perEpoch());
    }

    /**
     * The batch of a step.
     *
     * @param step from 0
     * @param rng the noise of dynamic binarisation
     */
    public Batch at(long step, Rng rng) {
        return at(step, 0, size(), rng);
    }

    /**
     * A part of the batch of a step.
     *
     * @param step from 0
     * @param from the first example of the part
     * @param count how many
     * @param rng the noise of dynamic binarisation
     */
    Batch at(long step, long from, long count, Rng rng) {
        if (!examples.isHeld()) {
            return examples.batch(prefetcher.at(step).slice(from, from + count), rng);
        }
        prepare(step);
        long first = step % perEpoch() * size() + from;
        return examples.isRagged()
                ? examples.batch(Arrays.copyOfRange(rows, (int) first, (int) (first + count)), rng)
                : examples.batch(permutation.narrow(0, first, count), rng);
    }

    private Examples.Read read(long step) {
        long[] epochs = permutation(step / perEpoch());
        int from = Math.toIntExact(step % perEpoch() * size());
        if (order instanceof Shuffled blocks && blocks.block() > 1) {
            long window = from / blocks.window();
            long ofAll = step / perEpoch() * (blocks.size() / blocks.window() + 1) + window;
            warm.removeIf(other -> Math.abs(other - ofAll) > 2);
            if (warm.add(ofAll)) {
                warm(blocks, epochs, window);
            }
        }
        return examples.read(Arrays.copyOfRange(epochs, from, from + size()));
    }

    /**
     * Reads the blocks of a window from one end to the other, so that the system has them at hand when their examples are
     * asked for here and there.
     */
    private void warm(Shuffled blocks, long[] epochs, long window) {
        int from = (int) (window * blocks.window());
        int to = (int) Math.min(blocks.size(), from + blocks.window());
        Arrays.stream(epochs, from, to)
                .map(row -> row / blocks.block())
                .distinct()
                .sorted()
                .forEach(block ->
                        examples.touch(block * blocks.block(), Math.min(blocks.size(), (block + 1) * blocks.block())));
    }

    /** Of an epoch that is read: the present one, and towards its end the next. */
    private synchronized long[] permutation(long ofEpoch) {
        permutations.keySet().removeIf(other -> Math.abs(other - ofEpoch) > 1);
        return permutations.computeIfAbsent(ofEpoch, order::rows);
    }

    private void turnTo(long newEpoch) {
        if (newEpoch != epoch && examples.isHeld()) {
            rows = Arrays.copyOf(order.rows(newEpoch), (int) seen());
            try (Scope scope = Scope.open("epoch")) {
                permutation.assign(Tensor.of(HostArray.of(rows, rows.length), examples.device()));
            }
            epoch = newEpoch;
        }
    }
}
