package dev.elbo.data;

import dev.elbo.tensor.Rng;
import java.util.SplittableRandom;

/**
 * In which order examples are seen: a new permutation each epoch, a function of the seed and the epoch
 * alone, so that a run resumed at any step goes on as it would have.
 *
 * @param size the number of examples
 * @param batch the number of examples in a batch; what remains at the end of an epoch is left out of it
 */
public record Order(long seed, int size, int batch) {

    /**
     * Validates the sizes.
     *
     * @throws IllegalArgumentException if there is no example or no batch
     */
    public Order {
        if (size < 1 || batch < 1) {
            throw new IllegalArgumentException(size + " examples in batches of " + batch + ": both must be positive");
        }
        batch = Math.min(batch, size);
    }

    /** The number of batches in an epoch. */
    public long batches() {
        return size / batch;
    }

    /** A permutation of all examples, by Fisher and Yates's shuffle. */
    public long[] permutation(long epoch) {
        SplittableRandom random = new SplittableRandom(Rng.seedOf(seed, epoch));
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
