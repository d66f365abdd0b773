package dev.elbo.tensor.onednn;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What oneDNN made for each shape, remembered: making it takes a hundred times as long as a use of it. */
public final class Kernels {
    /** How many: some tens for a model, for each thread. */
    public static final int MOST = 2048;

    /** Those not in use just now, the ones used last at the end; guarded by itself. */
    private static final Map<Key, Kernel> IDLE = new LinkedHashMap<>();

    private Kernels() {}

    /** Native code for some work, and the memory that it needs. */
    interface Kernel {
        void free();
    }

    /** All that a kernel depends on; equal where one kernel does. */
    interface Work<K extends Kernel> {
        /**
         * Makes one for the calling thread.
         *
         * @throws IllegalStateException if oneDNN cannot, say for lack of memory
         */
        K make();
    }

    private record Key(long thread, Work<?> work) {}

    /** Computes by the calling thread's kernel for this work, or says that oneDNN cannot. */
    static <K extends Kernel> boolean use(Work<K> work, Consumer<K> compute) {
        Key key = new Key(Thread.currentThread().getId(), work);
        K kernel = take(key, work);
        if (kernel == null) {
            return false;
        }
        try {
            compute.accept(kernel);
        } catch (IllegalStateException refused) {
            kernel.free();
            return false;
        }
        giveBack(key, kernel);
        return true;
    }

    private static <K extends Kernel> @Nullable K take(Key key, Work<K> work) {
        Kernel idle;
        synchronized (IDLE) {
            idle = IDLE.remove(key);
        }
        try {
            @SuppressWarnings("unchecked") // what this work made
            K kernel = (K) idle;
            return kernel == null ? work.make() : kernel;
        } catch (IllegalStateException refused) {
            return null;
        }
    }

    /** How many are remembered. */
    public static int idle() {
        synchronized (IDLE) {
            return IDLE.size();
        }
    }

    private static void giveBack(Key key, Kernel kernel) {
        synchronized (IDLE) {
            IDLE.put(key, kernel);
            if (IDLE.size() > MOST) {
                Iterator<Kernel> oldest = IDLE.values().iterator();
                oldest.next().free();
                oldest.remove();
            }
        }
    }
}
