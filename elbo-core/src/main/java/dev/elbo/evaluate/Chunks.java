package dev.elbo.evaluate;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.util.function.BiConsumer;

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

    /** Calls {@code work} for each chunk with the noise of its latents, without gradients, in a scope of its own. */
    public void forEach(BiConsumer<Batch, Rng> work) {
        for (long from = 0; from < examples.size(); from += SIZE) {
            try (Scope scope = Scope.open("evaluation");
                    GradientMode off = GradientMode.off()) {
                long count = Math.min(SIZE, examples.size() - from);
                Batch batch = examples.range(from, count, noise(from, OBSERVATION));
                work.accept(batch, noise(from, LATENTS));
            }
        }
    }

    private Rng noise(long from, long purpose) {
        return Rng.seeded(Rng.seedOf(Rng.seedOf(seed, from), purpose), examples.device());
    }
}
