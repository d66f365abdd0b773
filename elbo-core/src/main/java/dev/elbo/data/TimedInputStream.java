package dev.elbo.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream from a server that may fall silent for ever: it is closed, and reading it fails, when nothing comes
 * for too long or all of it takes too long.
 */
final class TimedInputStream extends FilterInputStream {
    private final Duration silence;
    private final Duration limit;
    private final long deadline;
    private final AtomicBoolean late = new AtomicBoolean();

    TimedInputStream(InputStream in, Duration silence, Duration limit) {
        super(in);
        this.silence = silence;
        this.limit = limit;
        deadline = System.nanoTime() + limit.toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        CompletableFuture<Void> alarm = CompletableFuture.runAsync(this::giveUp, alarmClock());
        try {
            int read = super.read(buffer, offset, length);
            requireInTime();
            return read;
        } catch (IOException e) {
            requireInTime();
            throw e;
        } finally {
            alarm.cancel(false);
        }
    }

    private Executor alarmClock() {
        long nanos = Math.min(silence.toNanos(), deadline - System.nanoTime());
        return CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS);
    }

    /** Closing a stream wakes the thread that waits for it. */
    private void giveUp() {
        late.set(true);
        try {
            in.close();
        } catch (IOException ignored) {
            // the reader learns from `late` that there is nothing more to come
        }
    }

    private void requireInTime() throws IOException {
        if (late.get()) {
            boolean silent = System.nanoTime() < deadline;
            throw new IOException(
                    silent ? "nothing came for " + seconds(silence) : "took longer than " + seconds(limit));
        }
    }

    /** As in "20 seconds" or "0.3 seconds". */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " seconds";
    }
}
