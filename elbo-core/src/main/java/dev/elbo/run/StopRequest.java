package dev.elbo.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The wish of another process that a training end: a file in the run's directory. The training looks for it after a step,
 * but not after each, since a step may take less time than to look.
 */
final class StopRequest implements BooleanSupplier, AutoCloseable {
    private static final String FILE = ".stop";
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(500);

    private final Path file;
    private final LongSupplier clock;
    private long looked;
    private boolean seen;

    /**
     * Watches for it from now on; one that came too late for the training before is withdrawn.
     *
     * @param clock in nanoseconds
     */
    StopRequest(Path run, LongSupplier clock) throws IOException {
        this.file = run.resolve(FILE);
        this.clock = clock;
        this.looked = clock.getAsLong();
        Files.deleteIfExists(file);
    }

    /** Asks that the training of a run end. */
    static void leave(Path run) throws IOException {
        Files.write(run.resolve(FILE), new byte[0]);
    }

    @Override
    public boolean getAsBoolean() {
        long now = clock.getAsLong();
        if (!seen && now - looked >= EVERY) {
            looked = now;
            seen = Files.exists(file);
        }
        return seen;
    }

    /** Withdraws it: it has been heeded, or there is nothing left to stop. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
