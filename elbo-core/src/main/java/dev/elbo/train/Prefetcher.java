package dev.elbo.train;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Reads what the next steps need on threads of its own, so that no step waits for the disk unless the disk is slower than
 * the steps are. Some are read at once: a disk that is asked for one thing at a time is slow.
 */
final class Prefetcher<T> {
    private static final int MOST_AHEAD = 8;

    /** What may lie ready, in bytes. */
    private static final long ROOM = 256L << 20;

    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 5;

    private final LongFunction<T> reader;
    private final int ahead;
    private final Executor threads = threads();
    private final ConcurrentHashMap<Long, CompletableFuture<T>> coming = new ConcurrentHashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param reader of what a step needs, called on several threads at once
     * @param bytes about how much that is: of what is large, less lies ready
     */
    Prefetcher(LongFunction<T> reader, long bytes) {
        this.reader = reader;
        this.ahead = (int) Math.max(1, Math.min(MOST_AHEAD, ROOM / Math.max(1, bytes)));
    }

    /** Threads that go when there is nothing left to do, and that keep no program alive. */
    private static Executor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "elbo-reader");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * What a step needs; waits for it if it has not come. Reading goes on for those behind it, and what was before it is
     * forgotten.
     *
     * @throws RuntimeException or an error, as the reader did
     */
    T at(long step) {
        coming.keySet().removeIf(other -> other < step || other > step + ahead);
        List<CompletableFuture<T>> window = LongStream.rangeClosed(step, step + ahead)
                .mapToObj(this::request)
                .toList();
        try {
            return window.get(0).join();
        } catch (CompletionException failure) {
            coming.remove(step); // what failed once may succeed when asked again
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw failure;
        }
    }

    private CompletableFuture<T> request(long step) {
        return coming.computeIfAbsent(step, n -> CompletableFuture.supplyAsync(() -> reader.apply(n), threads));
    }
}
