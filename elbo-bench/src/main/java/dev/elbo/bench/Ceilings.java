package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Parallel;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * What the processor can do at most, measured with the same threads and libraries that train: how far a training is from
 * these says how much is left to gain.
 *
 * @param gflops 10⁹ floating-point operations a second of a large matrix product in single precision, all threads
 * @param copyGigabytes 10⁹ bytes a second that are read and written by copies larger than the caches, all threads
 */
public record Ceilings(double gflops, double copyGigabytes) {
    private static final int SIDE = 1024;
    private static final int COPIED = 1 << 24;
    private static final int REPEATS = 9;

    /** Measures both; the median of several repeats. */
    public static Ceilings measure() {
        try (Scope scope = Scope.open("ceilings");
                Inference use = Inference.begin()) {
            Rng rng = Rng.seeded(1, Device.CPU);
            Tensor a = rng.normal(Shape.of(SIDE, SIDE));
            Tensor b = rng.normal(Shape.of(SIDE, SIDE));
            double products = median(() -> Functional.linear(a, b, null));
            int threads = Parallel.width();
            List<Tensor> from = pieces(threads);
            List<Tensor> to = pieces(threads);
            double copies = median(() -> Parallel.run(threads, i -> to.get(i).assign(from.get(i))));
            double bytes = 2.0 * Float.BYTES * to.get(0).shape().elements() * threads; // each is read, and written
            return new Ceilings(2.0 * SIDE * SIDE * SIDE / products / 1e9, bytes / copies / 1e9);
        }
    }

    private static List<Tensor> pieces(int threads) {
        Tensor[] pieces = new Tensor[threads];
        Arrays.setAll(pieces, i -> Tensor.zeros(Device.CPU, COPIED / threads));
        return List.of(pieces);
    }

    /** Seconds. */
    private static double median(Runnable work) {
        double[] seconds = new double[REPEATS];
        for (int i = -2; i < REPEATS; i++) { // two to warm up
            long began = System.nanoTime();
            try (Scope scope = Scope.open("ceiling")) {
                work.run();
            }
            seconds[Math.max(0, i)] = (System.nanoTime() - began) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[REPEATS / 2];
    }

    /** As JSON. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance.objectNode().put("gflops", gflops).put("copyGigabytesPerSecond", copyGigabytes);
    }
}
