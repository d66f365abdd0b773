package dev.elbo.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.data.InvalidFileException;
import dev.elbo.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The files of a run. They are the truth: nothing about a run is kept elsewhere.
 *
 * @param path the directory
 * @param config what the run is
 */
public record RunDirectory(Path path, RunConfig config) {
    private static final String CONFIG = "config.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A name for a run that begins now, as in {@code vae-mnist-20261123-061205}. */
    public static String nameOf(RunConfig config, LocalDateTime now) {
        String data = Path.of(config.data()).getFileName().toString().replaceAll("[^A-Za-z0-9_-]", "-");
        return config.recipe().name() + "-" + data + "-"
                + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(now);
    }

    /**
     * Makes the directory of a new run.
     *
     * @throws InvalidFileException if there is a run in it already
     */
    public static RunDirectory create(Path path, RunConfig config, Device device) throws IOException {
        if (Files.exists(path.resolve(CONFIG))) {
            throw new InvalidFileException(path, "holds a run already", "Resume it, or choose another directory.");
        }
        Files.createDirectories(path);
        ObjectNode json = config.toJson();
        json.set("environment", Environment.describe(device));
        json.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        JSON.writerWithDefaultPrettyPrinter().writeValue(path.resolve(CONFIG).toFile(), json);
        return new RunDirectory(path, config);
    }

    /**
     * Opens the directory of a run.
     *
     * @throws InvalidFileException if it is none, or a newer version wrote it
     */
    public static RunDirectory open(Path path) throws IOException {
        if (!isRun(path)) {
            throw new InvalidFileException(
                    path, "is no run: it has no " + CONFIG, "'elbo runs' lists those there are.");
        }
        return new RunDirectory(path, RunConfig.read(path.resolve(CONFIG)));
    }

    /** Whether there is a run in a directory. */
    public static boolean isRun(Path path) {
        return Files.isRegularFile(path.resolve(CONFIG));
    }

    /** Its checkpoints. */
    public CheckpointStore checkpoints() {
        return new CheckpointStore(
                path.resolve("checkpoints"), config.training().keep());
    }

    /** Where its metrics are. */
    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    /** Where its figures are. */
    public Path figures() {
        return path.resolve("figures");
    }

    /** Where its last evaluation is. */
    public Path evaluation() {
        return path.resolve("evaluation.json");
    }
}
