package dev.elbo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.data.DataSpec;
import dev.elbo.data.InvalidFileException;
import dev.elbo.figure.Report;
import dev.elbo.figure.WholeFile;
import dev.elbo.tensor.Device;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a run. They are the truth: nothing about a run is kept elsewhere.
 *
 * @param path the directory
 * @param config what the run is
 */
public record RunDirectory(Path path, RunConfig config) {
    private static final String CONFIG = "config.json";
    private static final String STARTED = "started";
    private static final String DATA = "data";
    private static final String SPEC = "spec";
    private static final String FINGERPRINT = "fingerprint";
    private static final String ENVIRONMENT = "environment";
    private static final String SESSIONS = "sessions";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Opens the directory of a run.
     *
     * @throws InvalidFileException if it is none, or a newer version wrote it
     */
    public static RunDirectory open(Path path) throws IOException {
        if (!isRun(path)) {
            throw new InvalidFileException(path, "is no run: it has no " + CONFIG, "'elbo runs' lists those there are");
        }
        return new RunDirectory(path, RunConfig.read(path.resolve(CONFIG)));
    }

    /** Whether there is a run in a directory. */
    public static boolean isRun(Path path) {
        return Files.isRegularFile(path.resolve(CONFIG));
    }

    /** Whether it is a {@link ShippedModel}, which is to be used and stays as it is. */
    public boolean isShipped() {
        return ShippedModel.isIn(path);
    }

    /**
     * Makes sure that something may be written into it.
     *
     * @throws InvalidFileException if it is a shipped model
     */
    void requireOwn() throws InvalidFileException {
        if (isShipped()) {
            throw new InvalidFileException(
                    path,
                    "is a shipped model: it has weights to be used and nothing of its training, and stays as it is",
                    "Train a run of your own: 'elbo models " + name() + "' shows the command");
        }
    }

    /**
     * Where a file that is made of it goes if nobody says where: into its directory; of a shipped model into the current one, behind the
     * model's name, as {@code poems-codes.npy}.
     *
     * @param file within its directory
     */
    public Path place(String file) {
        Path own = path.resolve(file);
        return isShipped() ? Path.of(name() + "-" + own.getFileName()) : own;
    }

    /** A file that was made of the run: where {@link #place} puts it, or else what a shipped model came with; it may not be there. */
    public Path made(String file) {
        Path placed = place(file);
        return Files.exists(placed) ? placed : path.resolve(file);
    }

    private Path name() {
        return path.toAbsolutePath().normalize().getFileName();
    }

    /**
     * Makes the directory of a run that begins now.
     *
     * @param device what it is trained on
     * @param spec what its data hold; kept, so that the model can be used where the data are gone
     * @throws InvalidFileException if there is a run in it already
     */
    public void begin(Device device, DataSpec spec) throws IOException {
        if (isRun(path)) {
            throw isShipped()
                    ? new InvalidFileException(path, "holds a shipped model", "Choose another directory")
                    : new InvalidFileException(path, "holds a run already", "Resume it, or choose another directory");
        }
        ObjectNode json = config.toJson();
        ((ObjectNode) json.path(DATA)).set(SPEC, spec.toJson());
        json.set(ENVIRONMENT, Environment.now(device).toJson());
        json.put(STARTED, now());
        write(json);
    }

    /**
     * The same run with another configuration, which is written to its file.
     *
     * @throws IOException if it cannot be written; the file is as it was then
     */
    public RunDirectory reconfigure(RunConfig changed) throws IOException {
        requireOwn();
        write(reconfigured(changed));
        return new RunDirectory(path, changed);
    }

    private ObjectNode reconfigured(RunConfig changed) throws IOException {
        ObjectNode json = (ObjectNode) json(path);
        ObjectNode kept = ((ObjectNode) json.path(DATA)).retain(SPEC, FINGERPRINT);
        json.setAll(changed.toJson());
        ((ObjectNode) json.path(DATA)).setAll(kept);
        return json;
    }

    /**
     * Keeps what its data hold, so that the model can be used where the data are gone, and by what they are known again.
     *
     * @throws IOException if it cannot be written
     */
    void keep(DataSpec spec, DataFingerprint fingerprint) throws IOException {
        ObjectNode json = (ObjectNode) json(path);
        ObjectNode data = (ObjectNode) json.path(DATA);
        data.set(SPEC, spec.toJson());
        data.set(FINGERPRINT, fingerprint.toJson());
        write(json);
    }

    /** By what its data are known again; what an earlier version began says nothing. */
    DataFingerprint fingerprint() throws IOException {
        return DataFingerprint.of(json(path).path(DATA).path(FINGERPRINT));
    }

    /**
     * Keeps what a session of training begins with: its settings, what was found out for it by measuring, and what it is
     * trained on.
     *
     * @throws IOException if it cannot be written
     */
    void keepSession(TrainingEvent.Started at, Environment environment) throws IOException {
        ObjectNode json = reconfigured(config.decided(at));
        ObjectNode session = json.withArray(SESSIONS).addObject();
        session.put("step", at.step());
        session.set("epochs", json.path("training").path("epochs"));
        session.put("elbo", Release.version());
        session.put(STARTED, now());
        session.setAll(environment.toJson());
        write(json);
    }

    /** The environment of its last training. */
    public Environment environment() throws IOException {
        JsonNode json = json(path);
        JsonNode sessions = json.path(SESSIONS);
        return Environment.of(sessions.isEmpty() ? json.path(ENVIRONMENT) : sessions.path(sessions.size() - 1));
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * The right to train this run, until it is closed or its process ends.
     *
     * @throws InvalidFileException if another process has it, or it is a shipped model
     */
    RunLock lock() throws IOException {
        requireOwn();
        return RunLock.take(path);
    }

    /**
     * Makes sure that nobody is training this run.
     *
     * @throws InvalidFileException if somebody is
     */
    public void requireIdle() throws IOException {
        lock().close();
    }

    /**
     * Makes sure that the run has not been deleted by another process. If it was, what this process has written into its place since is
     * removed; a directory that still has checkpoints is left as it is.
     *
     * @throws InvalidFileException if it was
     */
    void requireThere() throws IOException {
        if (isRun(path)) {
            return;
        }
        if (Files.isDirectory(path) && !Files.exists(path.resolve("checkpoints"))) {
            try (Stream<Path> left = Files.walk(path)) {
                for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
        throw new InvalidFileException(
                path, "was deleted while it was evaluated and its report drawn", "Train it again if you miss it");
    }

    /**
     * Asks the process that trains this run to end: it will after a step, with a checkpoint.
     *
     * @throws InvalidFileException if nobody trains it
     */
    public void requestStop() throws IOException {
        requireOwn();
        if (!RunLock.isHeld(path)) {
            throw new InvalidFileException(
                    path,
                    "is not being trained: it is " + RunStatus.of(this).state(),
                    "'elbo runs' says how far each run is");
        }
        StopRequest.leave(path);
    }

    private void write(ObjectNode json) throws IOException {
        WholeFile.write(
                path.resolve(CONFIG), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    private static JsonNode json(Path path) throws IOException {
        return JSON.readTree(path.resolve(CONFIG).toFile());
    }

    /**
     * What its data hold: fields, class names, vocabulary, sizes and statistics, as they were when it began; empty for a run
     * that an earlier version began.
     *
     * @throws InvalidFileException if its file says it in a way that cannot be read
     */
    public Optional<DataSpec> spec() throws IOException {
        JsonNode spec = json(path).path(DATA).path(SPEC);
        try {
            return spec.isObject() ? Optional.of(DataSpec.of(spec)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new InvalidFileException(
                    path.resolve(CONFIG).toString(),
                    "says what the data hold in a way that cannot be read: " + e.getMessage(),
                    "Repair it, or choose another run",
                    e);
        }
    }

    /** When it began; the beginning of time if its file does not say. */
    public Instant started() {
        return started(path);
    }

    /** When the run in a directory began; the beginning of time if its file does not say. */
    static Instant started(Path path) {
        try {
            return Instant.parse(json(path).path(STARTED).asText());
        } catch (IOException | DateTimeParseException unsaid) {
            return Instant.EPOCH;
        }
    }

    /**
     * Writes its report anew, from its files as they are.
     *
     * @return the report's file
     * @throws InvalidFileException if it is a shipped model
     */
    public Path writeReport() throws IOException {
        requireOwn();
        String name = RunCatalog.of(System.getenv()).nameOf(path);
        return Report.write(path, config.changes(), Invocation.ofThisProcess().command(), name);
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

    /** Where everything is that happened while it was trained. */
    public Path events() {
        return path.resolve("events.jsonl");
    }

    /** Where it says how far it is; {@link RunStatus} reads it. */
    public Path status() {
        return path.resolve("status.json");
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
