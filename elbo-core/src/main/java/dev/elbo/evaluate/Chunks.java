package dev.elbo.evaluate;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Parallel;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A data set in the order it is stored, some examples at a time. The noise of each chunk is a function
 * of the seed and of where it begins: different figures are taken on the same binarised images.
 *
 * @param seed of their binarisation and of the noise that is handed out
 */
public record Chunks(Examples examples, long seed) {
    /** Examples in a chunk. One size for all figures: the noise depends on where a chunk begins. */
    static final int SIZE = 100;

    private static final int OBSERVATION = 0;
    private static final int LATENTS = 1;

    /**
     * What {@code work} returns for each chunk, in order; it gets the noise of the chunk's latents, no gradients, and a
     * scope of its own. On the processor, threads take chunks side by side.
     */
    public <T> List<T> map(BiFunction<Batch, Rng, T> work) {
        int count = Math.toIntExact((examples.size() + SIZE - 1) / SIZE);
        IntFunction<T> chunk = i -> chunk((long) i * SIZE, work);
        return examples.device().kind() == Device.Kind.CPU
                ? Parallel.map(count, chunk)
                : IntStream.range(0, count).mapToObj(chunk).toList();
    }

    private <T> T chunk(long from, BiFunction<Batch, Rng, T> work) {
        try (Scope scope = Scope.open("evaluation");
                Inference use = Inference.begin()) {
            long count = Math.min(SIZE, examples.size() - from);
            Batch batch = examples.range(from, count, noise(from, OBSERVATION));
            return work.apply(batch, noise(from, LATENTS));
        }
    }

    private Rng noise(long from, long purpose) {
        return Rng.seeded(Rng.seedOf(Rng.seedOf(seed, from), purpose), examples.device());
    }
}
