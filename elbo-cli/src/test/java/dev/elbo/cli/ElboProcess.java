package dev.elbo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line as a process of its own, whose runs and whose ELBO_HOME lie in a folder, and which sees neither a
 * network nor the tester's settings.
 *
 * @param folder where it is run
 * @param shell words before the JVM's own, such as "nice"
 * @param options of the JVM
 * @param environment what is set besides
 */
record ElboProcess(Path folder, List<String> shell, List<String> options, Map<String, String> environment) {
    static final long LIMIT = 120; // seconds

    ElboProcess(Path folder) {
        this(folder, List.of(), List.of(), Map.of());
    }

    /** In a folder of its own, which {@link #delete} takes away. */
    static ElboProcess inANewFolder() {
        try {
            return new ElboProcess(Files.createTempDirectory("elbo-cli"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the folder. */
    void delete() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    ElboProcess shell(String... words) {
        return new ElboProcess(folder, List.of(words), options, environment);
    }

    ElboProcess options(String... more) {
        return new ElboProcess(folder, shell, List.of(more), environment);
    }

    ElboProcess environment(String name, String value) {
        return new ElboProcess(folder, shell, options, Map.of(name, value));
    }

    /**
     * How it ended.
     *
     * @param out standard output
     * @param err standard error
     */
    record Ended(int exitCode, String out, String err) {
        /** Standard error without the lines that say how far something is, of which a busy machine sees more. */
        String notes() {
            return err.lines()
                    .filter(line -> !line.matches("(epoch [\\d.]+/|evaluating: |drawing |decoding ).*"))
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
        }

        /** Standard output, which must be JSON on a single line. */
        JsonNode json() throws IOException {
            if (out.lines().count() != 1) {
                throw new AssertionError("expected one line of JSON; got " + out);
            }
            return new ObjectMapper().readTree(out);
        }
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) {
        return await(start(arguments));
    }

    /** Starts a command. */
    Process start(String... arguments) {
        return start(folder.resolve("out").toFile(), arguments);
    }

    /** Starts a command whose standard output is a file. */
    Process start(File out, String... arguments) {
        return start(Main.class, Redirect.to(out), folder.resolve("err"), arguments);
    }

    /** Starts a program. */
    Process start(Class<?> main, Redirect out, Path err, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command(main, arguments))
                    .directory(folder.toFile())
                    .redirectOutput(out)
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(ElboProcess::isPersonal);
            builder.environment().put("ELBO_HOME", folder.resolve("home").toString());
            builder.environment().put("PATH", "");
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPersonal(String variable) {
        return variable.startsWith("ELBO_")
                || variable.toLowerCase(Locale.ROOT).endsWith("_proxy")
                || variable.equals("JAVA_TOOL_OPTIONS");
    }

    private List<String> command(Class<?> main, String... arguments) throws IOException {
        Path noHosts = Files.writeString(folder.resolve("hosts"), "");
        List<String> command = new ArrayList<>(shell);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.nopointergc=true",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Djdk.net.hosts.file=" + noHosts,
                "-cp",
                System.getProperty("java.class.path")));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Waits for the end of a command. */
    Ended await(Process process) {
        try {
            if (!process.waitFor(LIMIT, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the command did not end within " + LIMIT + " s; it said " + err());
            }
            return new Ended(process.exitValue(), out(), err());
        } catch (InterruptedException e) {
            throw new AssertionError("the test was interrupted", e);
        }
    }

    /** What it wrote to standard output so far. */
    String out() {
        return read(folder.resolve("out"));
    }

    private String err() {
        return read(folder.resolve("err"));
    }

    /** A file's text; nothing if there is none yet. */
    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder into the one where this is run. */
    Path copy(Path source, String name) throws IOException {
        Path target = folder.resolve(name);
        try (Stream<Path> tree = Files.walk(source)) {
            for (Path file : tree.toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return target;
    }
}
