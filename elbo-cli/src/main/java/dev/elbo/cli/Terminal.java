package dev.elbo.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a stream of this process leads to: a terminal of some width, or a file or a pipe. */
final class Terminal {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final File CONTROLLING = new File("/dev/tty");
    private static final int USUAL_WIDTH = 80;
    private static final int UNKNOWN = 0;

    private final boolean terminal;
    private final boolean dumb;
    private final boolean plain;
    private volatile int width = UNKNOWN;

    private Terminal(boolean terminal, boolean dumb, boolean plain) {
        this.terminal = terminal;
        this.dumb = dumb;
        this.plain = plain;
    }

    /**
     * That of a stream.
     *
     * @param descriptor 1 for standard output, 2 for standard error
     * @param environment where TERM and NO_COLOR are looked up
     */
    static Terminal of(int descriptor, Map<String, String> environment) {
        return new Terminal(
                isTerminal(descriptor),
                environment.getOrDefault("TERM", "dumb").equals("dumb"),
                !environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    /** Java itself can tell it only of standard input and output together. */
    private static boolean isTerminal(int descriptor) {
        try {
            return Files.isDirectory(DESCRIPTORS) ? isTerminalByName(descriptor) : isTerminalByTest(descriptor);
        } catch (IOException untold) {
            return false;
        }
    }

    private static boolean isTerminalByName(int descriptor) throws IOException {
        String target = Files.readSymbolicLink(DESCRIPTORS.resolve(String.valueOf(descriptor)))
                .toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    }

    /** Where there is no /proc. */
    private static boolean isTerminalByTest(int descriptor) throws IOException {
        Process test = new ProcessBuilder("test", "-t", String.valueOf(descriptor))
                .inheritIO()
                .start();
        return test.onExit().join().exitValue() == 0;
    }

    /** Whether a line on it can be written again. */
    boolean isRedrawable() {
        return terminal && !dumb;
    }

    /** Whether it shows colours, and its user wants them: https://no-color.org. */
    boolean isColoured() {
        return terminal && !dumb && !plain;
    }

    /** The width in columns of the terminal that this process belongs to. */
    int width() {
        if (width == UNKNOWN) {
            Signals.handle("WINCH", () -> width = UNKNOWN);
            width = measured();
        }
        return width;
    }

    private static int measured() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(CONTROLLING)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader answer = stty.inputReader(StandardCharsets.US_ASCII)) {
                int columns = columns(answer.readLine());
                return columns > 0 ? columns : USUAL_WIDTH;
            }
        } catch (IOException absent) {
            return USUAL_WIDTH;
        }
    }

    /** From "24 80". */
    private static int columns(String size) {
        return size != null && size.matches("\\d+ \\d+") ? Integer.parseInt(size.substring(size.indexOf(' ') + 1)) : 0;
    }
}
