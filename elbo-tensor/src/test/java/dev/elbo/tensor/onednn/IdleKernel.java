package dev.elbo.tensor.onednn;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A kernel that computes nothing and costs nothing to make: it takes a place among those that are remembered.
 *
 * @param number none is the same as another
 */
public record IdleKernel(int number) implements Kernels.Work<Kernels.Kernel> {
    private static final AtomicInteger MADE = new AtomicInteger();

    /** Uses some, each once, so that as many that were used before are no longer remembered. */
    public static void crowd(int count) {
        for (int i = 0; i < count; i++) {
            Kernels.use(new IdleKernel(MADE.getAndIncrement()), kernel -> {});
        }
    }

    @Override
    public Kernels.Kernel make() {
        return () -> {};
    }
}
