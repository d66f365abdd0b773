package dev.elbo.cli;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The wish that a training end, as Ctrl-C or {@code kill} says it: the first time at the next step and with
 * a checkpoint, the second time at once.
 */
final class Interrupt {
    private static final int CTRL_C = 130;
    private static final Map<String, Integer> EXIT_CODES =
            Map.of("INT", CTRL_C, "TERM", 143); // 128 + the signal's number
    private static final int NONE = 0;

    private final AtomicInteger exitCode = new AtomicInteger(NONE);
    private final Console console;
    private volatile boolean heeded = true;

    private Interrupt(Console console) {
        this.console = console;
    }

    /** Watches for it from now on. */
    static Interrupt watch(Console console) {
        Interrupt interrupt = new Interrupt(console);
        EXIT_CODES.forEach((signal, code) -> Signals.handle(signal, () -> interrupt.come(code)));
        return interrupt;
    }

    private void come(int code) {
        if (!heeded || !exitCode.compareAndSet(NONE, code)) {
            Runtime.getRuntime().halt(code);
        }
        console.note("ending at the next step, with a checkpoint; once more to end at once");
    }

    /** Whether the training is to end at the next step. */
    boolean isWished() {
        return exitCode.get() != NONE;
    }

    /** Nobody asks for it any more: from now on it ends the process at once. */
    void ignore() {
        heeded = false;
    }

    /** The exit code of a process that ended by the wish; as by Ctrl-C if another process had it. */
    int exitCode() {
        return isWished() ? exitCode.get() : CTRL_C;
    }
}
