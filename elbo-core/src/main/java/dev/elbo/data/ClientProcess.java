package dev.elbo.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A package manager's own command, run to fetch a package into a folder. */
final class ClientProcess {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** npm writes "npm error ..." (formerly "npm ERR! ..."), apt-get "E: ...", dpkg-deb "dpkg-deb: error: ...", pip "ERROR: ...". */
    private static final Pattern COMPLAINT = Pattern.compile("(npm )?(error|ERR!|E:|ERROR:|dpkg-deb: error:).*");

    private ClientProcess() {}

    /**
     * Runs a command to its end.
     *
     * @param folder where it runs and leaves what it fetches
     * @throws IOException if it is not installed, does not succeed or takes longer than ten minutes
     */
    static void run(Path folder, List<String> command) throws IOException {
        Path log = folder.resolve("client.log");
        Process process = start(folder, command, log);
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(command.get(0) + " did not end within " + LIMIT.toMinutes() + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command.get(0) + " was running");
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new IOException(command.get(0) + " failed: " + complaint(log, process.exitValue()));
        }
    }

    private static Process start(Path folder, List<String> command, Path log) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile()) // a pipe that nobody reads would block the client
                    .start();
        } catch (IOException e) {
            throw new IOException(command.get(0) + " is not installed", e);
        }
    }

    private static String complaint(Path log, int exitCode) throws IOException {
        String complaint = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> COMPLAINT.matcher(line).matches())
                .limit(2)
                .collect(Collectors.joining("; "));
        return complaint.isEmpty() ? "exit code " + exitCode : complaint;
    }

    /**
     * The file that a client left.
     *
     * @throws IOException if there is none
     */
    static Path outcome(Path folder, String pattern) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            Iterator<Path> file = files.iterator();
            if (!file.hasNext()) {
                throw new IOException("it succeeded, but left no " + pattern);
            }
            return file.next();
        }
    }
}
