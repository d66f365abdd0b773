package dev.elbo.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes from the start of a JVM to the end of a first training step: processes like this one
 * are started, and their metrics watched.
 *
 * @param mainClass of the command line
 * @param arguments of a command that trains, without where to
 * @param cold whether it starts as it does for the first time after a build: with natives to be unpacked, and without an
 *     archive of its classes
 */
public record StartBenchmark(String mainClass, List<String> arguments, boolean cold) {
    private static final long POLL_MILLISECONDS = 2;
    private static final long LIMIT_SECONDS = 120;

    /**
     * Seconds to the end of the first step, over several starts.
     *
     * @throws IllegalStateException if a process ends without taking a step
     */
    public Spread run(int repeats) throws IOException {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            seconds.add(secondsToFirstStep());
        }
        return Spread.of(seconds);
    }

    private double secondsToFirstStep() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            return secondsToFirstStep(scratch.folder());
        }
    }

    private double secondsToFirstStep(Path folder) throws IOException {
        Path run = folder.resolve("run");
        List<String> command = new ArrayList<>(jvm(folder.resolve("natives")));
        command.addAll(arguments);
        command.addAll(List.of("--out", run.toString(), "--set", "logEvery=1"));
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            awaitStep(process, run.resolve("metrics.jsonl").toFile());
            return (System.nanoTime() - began) / 1e9;
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    /** As this one was started. */
    private List<String> jvm(Path natives) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        if (cold) {
            command.removeIf(argument -> argument.startsWith("-XX:SharedArchiveFile"));
            command.add("-Dorg.bytedeco.javacpp.cachedir=" + natives);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        return command;
    }

    private static void awaitStep(Process process, File metrics) {
        long limit = System.nanoTime() + LIMIT_SECONDS * 1_000_000_000;
        while (metrics.length() == 0) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                throw new IllegalStateException("a started process took no training step");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
