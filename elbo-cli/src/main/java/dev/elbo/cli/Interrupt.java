package dev.elbo.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The wish that a training end, as Ctrl-C or {@code kill} says it: the first time at the next step and with
 * a checkpoint, the second time at once. After the training it ends the process at once, with a word of how to go on. What comes within a second of the first belongs to it: a terminal tells every process
 * of a pipe, and whoever started this one may pass the signal on too.
 */
final class Interrupt {
    private static final int CTRL_C = 130;
    private static final Map<String, Integer> EXIT_CODES =
            Map.of("INT", CTRL_C, "TERM", 143); // 128 + the signal's number
    private static final long ONE = TimeUnit.SECONDS.toNanos(1);

    private final AtomicReference<@Nullable Wish> wish = new AtomicReference<>();
    private final Consumer<String> notes;
    private final LongSupplier clock;
    private final IntConsumer end;
    private volatile Optional<String> farewell = Optional.empty();

    private record Wish(int exitCode, long time) {}

    /**
     * Nobody has wished for it yet.
     *
     * @param notes told what will happen
     * @param clock in nanoseconds
     * @param end ends the process at once, with an exit code
     */
    Interrupt(Consumer<String> notes, LongSupplier clock, IntConsumer end) {
        this.notes = notes;
        this.clock = clock;
        this.end = end;
    }

    /** Watches for it from now on. */
    static Interrupt watch(Console console) {
        Interrupt interrupt = new Interrupt(console::note, System::nanoTime, Runtime.getRuntime()::halt);
        EXIT_CODES.forEach((signal, code) -> Signals.handle(signal, () -> interrupt.come(code)));
        return interrupt;
    }

    /** A signal has come. */
    void come(int code) {
        Wish now = new Wish(code, clock.getAsLong());
        if (farewell.isEmpty() && wish.compareAndSet(null, now)) {
            notes.accept("ending at the next step, with a checkpoint; once more to end at once");
            return;
        }
        Wish first = wish.get();
        if (first == null) {
            farewell.ifPresent(notes);
        }
        if (first == null || now.time - first.time > ONE) {
            end.accept(code);
        }
    }

    /** Whether the training is to end at the next step. */
    boolean isWished() {
        return wish.get() != null;
    }

    /** The training is over: from now on the wish ends the process at once, after these last words. */
    void endAtOnce(String words) {
        farewell = Optional.of(words);
    }

    /** The exit code of a process that ended by the wish; as by Ctrl-C if another process had it. */
    int exitCode() {
        Wish first = wish.get();
        return first == null ? CTRL_C : first.exitCode;
    }
}
