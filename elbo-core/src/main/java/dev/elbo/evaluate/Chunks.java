package dev.elbo.evaluate;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Pass;
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
 * @param fixed what a model makes however many examples there are, in bytes: of the pseudo-inputs of a prior, say
 * @param bytes what it makes of one example, in bytes
 */
public record Chunks(Examples examples, long seed, long fixed, long bytes) {
    /** Examples in a chunk. One number for all figures: the noise depends on where a chunk begins. */
    private static final int MOST = 100;

    /** What a thread may make of a chunk, in bytes. */
    private static final long ROOM = 192L << 20;

    /** Examples by which the model's need of memory is measured. */
    private static final int TRIED = 8;

    private static final int OBSERVATION = 0;
    private static final int LATENTS = 1;

    /** Chunks of a size that suits what a model makes of an example, by measuring some, and half of them. */
    public static Chunks of(LatentVariableModel model, Examples examples, long seed) {
        int some = (int) Math.min(TRIED, examples.size());
        int half = some / 2;
        long ofSome = bytes(model, examples, some, seed);
        long each = half == 0 ? ofSome : (ofSome - bytes(model, examples, half, seed)) / (some - half);
        return new Chunks(examples, seed, Math.max(0, ofSome - some * each), Math.max(1, each));
    }

    /** The memory of what a model makes of so many examples, in bytes. */
    private static long bytes(LatentVariableModel model, Examples examples, int count, long seed) {
        try (Inference use = Inference.begin();
                Scope scope = Scope.metered("memory of examples")) {
            Rng rng = Rng.seeded(seed, examples.device());
            Pass pass = Pass.evaluation(rng);
            model.draw(examples.range(0, count, rng), 1, pass).logWeights();
            return scope.bytes();
        }
    }

    /**
     * What {@code work} returns for each chunk, in order; it gets the noise of the chunk's latents, no gradients, and a
     * scope of its own. On the processor, threads take chunks side by side.
     */
    public <T> List<T> map(BiFunction<Batch, Rng, T> work) {
        int size = size();
        int count = Math.toIntExact((examples.size() + size - 1) / size);
        IntFunction<T> chunk = i -> chunk((long) i * size, size, work);
        return examples.device().kind() == Device.Kind.CPU
                ? Parallel.map(count, chunk)
                : IntStream.range(0, count).mapToObj(chunk).toList();
    }

    /** How many examples a chunk has: 100, or as many as there is room for if the model makes much of each. */
    int size() {
        return (int) Math.max(1, Math.min(MOST, room() / bytes));
    }

    /** How many samples of each example of a chunk there is room for at once, at most {@code most}. */
    int samples(int most) {
        return (int) Math.max(1, Math.min(most, room() / (size() * bytes)));
    }

    private long room() {
        return Math.max(1, ROOM - fixed);
    }

    private <T> T chunk(long from, int size, BiFunction<Batch, Rng, T> work) {
        try (Scope scope = Scope.open("evaluation");
                Inference use = Inference.begin()) {
            long count = Math.min(size, examples.size() - from);
            Batch batch = examples.range(from, count, noise(from, OBSERVATION));
            return work.apply(batch, noise(from, LATENTS));
        }
    }

    private Rng noise(long from, long purpose) {
        return Rng.seeded(Rng.seedOf(Rng.seedOf(seed, from), purpose), examples.device());
    }
}
