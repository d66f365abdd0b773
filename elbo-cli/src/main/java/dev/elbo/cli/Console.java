package dev.elbo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Where a command prints: results to standard output, and to standard error what is said about them. On a
 * terminal the latter has a status, one line that is redrawn in its place; elsewhere a line of it now and then. All is UTF-8.
 */
final class Console {
    private static final String ERASE = "\r\u001b[K";
    private static final int LINE = 120; // columns that a line may have where there is no terminal
    private static final int ECHO = 3; // columns left for the ^C that a terminal writes at the cursor

    private final Results results;
    private final PrintStream out;
    private final PrintStream err;
    private final Terminal outTerminal;
    private final Terminal errTerminal;
    private final Pace pace = new Pace(System::nanoTime);
    private boolean statusShown;
    private boolean hushed;
    private boolean aside;

    private Console(Results results, PrintStream err, Terminal outTerminal, Terminal errTerminal) {
        this.results = results;
        this.out = stream(results);
        this.err = err;
        this.outTerminal = outTerminal;
        this.errTerminal = errTerminal;
    }

    /** Standard output and standard error of this process. */
    static Console standard() {
        Map<String, String> environment = System.getenv();
        return new Console(
                new Results(),
                stream(new FileOutputStream(FileDescriptor.err)),
                Terminal.of(1, environment),
                Terminal.of(2, environment));
    }

    private static PrintStream stream(FileOutputStream target) {
        return new PrintStream(target, false, StandardCharsets.UTF_8);
    }

    /** Standard output; it remembers why it could not be written, which a print stream does not tell. */
    private static final class Results extends FileOutputStream {
        private String failure = "";

        Results() {
            super(FileDescriptor.out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                super.write(bytes, offset, length);
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
                throw e;
            }
        }

        /** Whoever reads a pipe may stop: 'elbo runs | head' is no failure. */
        boolean isLost() {
            return !failure.isEmpty() && !failure.equals("Broken pipe");
        }
    }

    /** Prints a line of a result. */
    synchronized void say(String line) {
        if (aside) {
            note(line);
        } else {
            print(line);
        }
    }

    private void print(String line) {
        eraseStatus();
        out.println(line);
        out.flush();
    }

    /** Leaves standard output to one result for programs: lines go to standard error from now on. */
    synchronized void sayLinesAside() {
        aside = true;
    }

    /** Standard output for a result that is no text; to close it is to flush it. */
    OutputStream bytes() {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** Prints a result for programs: one JSON value on one line. */
    synchronized void say(JsonNode json) {
        print(json.toString());
    }

    /** Prints a line about what happens. */
    synchronized void note(String line) {
        eraseStatus();
        err.println(line);
        err.flush();
    }

    /**
     * Shows what is going on: on a terminal in place of what was shown last, elsewhere in a line of its own, if the last one
     * is old enough.
     *
     * @param text for a width in columns
     */
    void status(IntFunction<String> text) {
        status(text, () -> text.apply(LINE));
    }

    /**
     * The same.
     *
     * @param text for a width in columns
     * @param line what it is where it stays
     */
    synchronized void status(IntFunction<String> text, Supplier<String> line) {
        if (!errTerminal.isRedrawable()) {
            if (!hushed && pace.isDue()) {
                note(line.get());
            }
        } else {
            err.print(ERASE + text.apply(errTerminal.width() - ECHO));
            err.flush();
            statusShown = true;
        }
    }

    /** Prints no lines of a status from now on. */
    synchronized void hush() {
        hushed = true;
    }

    private void eraseStatus() {
        if (statusShown) {
            err.print(ERASE);
            err.flush();
            statusShown = false;
        }
    }

    /** Ends all output: the exit code, or that of a failure if results could not be written. */
    synchronized int close(int exitCode) {
        eraseStatus();
        out.flush();
        if (results.isLost() && exitCode == 0) {
            note("elbo: standard output could not be written: " + results.failure);
            return 1;
        }
        return exitCode;
    }

    /** Whether somebody watches in a terminal. */
    boolean isWatched() {
        return errTerminal.isRedrawable();
    }

    /** Whether results may be coloured. */
    boolean isColoured() {
        return outTerminal.isColoured();
    }

    /** Text that catches the eye in a result. */
    String bright(String text) {
        return isColoured() ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    /** Text that says something good in a result. */
    String good(String text) {
        return isColoured() ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    /** Text that steps back in a result. */
    String faint(String text) {
        return isColoured() ? "\u001b[2m" + text + "\u001b[0m" : text;
    }

    /** The stream of results, for whoever prints them by itself. */
    PrintStream out() {
        return out;
    }

    /** The other stream, for whoever prints to it by itself. */
    PrintStream err() {
        return err;
    }
}
