package dev.elbo.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The command line as {@link ElboProcess} runs it, but many commands in one process, for tests that are not about how a
 * process starts and ends: starting one takes longer than what most commands do. A static field of a test, registered as
 * an extension; the process starts with the first command, and its folder is deleted at the end.
 */
final class ElboSession implements AfterAllCallback {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final char END = '\u0004'; // of a command's output, before its exit code

    private final ElboProcess place = ElboProcess.inANewFolder();
    private @Nullable Running running;
    private int errorsBefore;

    private record Running(Process process, Writer commands, BufferedReader results) {
        static Running of(Process process) {
            return new Running(
                    process, process.outputWriter(StandardCharsets.UTF_8), process.inputReader(StandardCharsets.UTF_8));
        }
    }

    /** Where commands are run. */
    Path folder() {
        return place.folder();
    }

    /** The command line as a process of its own in this folder. */
    ElboProcess process() {
        return place;
    }

    /** Runs a command to its end. */
    ElboProcess.Ended run(String... arguments) {
        try {
            return CompletableFuture.supplyAsync(() -> answer(arguments)).get(ElboProcess.LIMIT, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            running().process().destroyForcibly();
            throw new AssertionError(
                    "the command " + String.join(" ", arguments) + " did not end; it said " + errors(), e);
        }
    }

    private ElboProcess.Ended answer(String... arguments) {
        try {
            Running now = running();
            now.commands().write(JSON.writeValueAsString(arguments) + "\n");
            now.commands().flush();
            String out = untilEnd(now.results());
            int exitCode = Integer.parseInt(now.results().readLine());
            String errors = errors();
            String err = errors.substring(errorsBefore);
            errorsBefore = errors.length();
            return new ElboProcess.Ended(exitCode, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Running running() {
        Running before = running;
        Running now = before == null ? Running.of(place.start(Loop.class, Redirect.PIPE, errorFile())) : before;
        running = now;
        return now;
    }

    private static String untilEnd(BufferedReader results) throws IOException {
        StringBuilder out = new StringBuilder();
        for (int next = results.read(); next != END; next = results.read()) {
            if (next < 0) {
                throw new IOException("the process ended; it had printed " + out);
            }
            out.append((char) next);
        }
        return out.toString();
    }

    private Path errorFile() {
        return folder().resolve("session-err");
    }

    private String errors() {
        return ElboProcess.read(errorFile());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        Running now = running;
        if (now != null) {
            now.commands().close(); // it ends with what it reads
            now.process().waitFor();
        }
        place.delete();
    }

    /** What the process runs: a command for each line of its input, a JSON array of words. */
    static final class Loop {
        private Loop() {}

        public static void main(String[] none) throws IOException {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            PrintStream out = System.out;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Console console = Console.standard();
                int exitCode = console.close(Main.commandLine(console).execute(JSON.readValue(line, String[].class)));
                out.print(END + "" + exitCode + "\n");
                out.flush();
            }
            System.exit(0);
        }
    }
}
