package dev.elbo.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.InvalidFileException;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The checkpoints of a run, a directory each. One is complete or absent: its files are written to a
 * temporary directory and forced to the disk, the manifest with their SHA-256 last, and then the directory
 * is renamed. A process may be killed at any moment, and what was complete before still is.
 */
public final class CheckpointStore {
    /** The version of the format that this library writes; it reads this and all before. */
    public static final int FORMAT = 1;

    private static final String PREFIX = "step-";
    private static final String TEMPORARY = ".writing-";
    private static final String MODEL = "model.safetensors";
    private static final String TRAINING = "training.safetensors";
    private static final String STATE = "state.json";

    /** What a checkpoint consists of, beside the manifest. */
    static final Set<String> FILES = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(MODEL, TRAINING, STATE)));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final int keep;

    /**
     * The checkpoints in a directory, which is made when the first is saved.
     *
     * @param keep how many of the latest are kept, beside the best
     */
    public CheckpointStore(Path directory, int keep) {
        this.directory = directory;
        this.keep = keep;
    }

    /**
     * Writes a checkpoint, and removes those that need not be kept.
     *
     * @return its directory
     * @throws IOException if it cannot be written; earlier ones are untouched then
     */
    public Path save(Checkpoint checkpoint) throws IOException {
        Path target = directory.resolve(PREFIX + String.format(Locale.ROOT, "%010d", checkpoint.step()));
        if (!Manifest.matches(target)) {
            write(checkpoint, target);
            removeSuperseded();
        }
        return target;
    }

    private void write(Checkpoint checkpoint, Path target) throws IOException {
        Path temporary = directory.resolve(TEMPORARY + checkpoint.step());
        try {
            Files.createDirectories(directory);
            removeLeftovers();
            writeFiles(checkpoint, temporary);
            remove(target); // if it was damaged
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            force(directory);
        } catch (IOException e) {
            removeAfter(e, temporary);
            throw new IOException(
                    "the checkpoint of step " + checkpoint.step() + " could not be written to " + directory + ": "
                            + reason(e) + ". Earlier ones are untouched.",
                    e);
        }
    }

    private static void removeAfter(IOException failure, Path temporary) {
        try {
            remove(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Of these two the message is the path alone. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "permission to write " + denied.getFile() + " is denied";
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is no directory";
        }
        return String.valueOf(e.getMessage());
    }

    private static void writeFiles(Checkpoint checkpoint, Path target) throws IOException {
        Files.createDirectories(target);
        write(checkpoint.model(), target.resolve(MODEL));
        write(checkpoint.training(), target.resolve(TRAINING));
        JSON.writerWithDefaultPrettyPrinter().writeValue(target.resolve(STATE).toFile(), state(checkpoint));
        Manifest.of(target, FILES).write(target);
        force(target);
    }

    private static void write(Map<String, HostArray> arrays, Path file) throws IOException {
        new Safetensors(arrays, Map.of("format", "pt")).write(file);
    }

    private static ObjectNode state(Checkpoint checkpoint) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("format", FORMAT);
        state.put("step", checkpoint.step());
        if (Double.isFinite(checkpoint.score())) {
            state.put("score", checkpoint.score());
        }
        state.set("progress", checkpoint.progress());
        return state;
    }

    /** Forces a file, or the names in a directory, to the disk. Windows forces only what is open to be written. */
    static void force(Path path) throws IOException {
        boolean isDirectory = Files.isDirectory(path);
        if (isDirectory && System.getProperty("os.name").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel =
                FileChannel.open(path, isDirectory ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * The latest checkpoint that is undamaged.
     *
     * @throws InvalidFileException if a newer version wrote it
     */
    public Optional<Path> latest() throws IOException {
        List<Path> latestFirst = new ArrayList<>(complete());
        Collections.reverse(latestFirst);
        return undamaged(latestFirst);
    }

    /**
     * The undamaged checkpoint of the lowest score, or the latest if none was evaluated.
     *
     * @throws InvalidFileException if a newer version wrote it
     */
    public Optional<Path> best() throws IOException {
        Optional<Path> best = undamaged(bestFirst(complete()));
        return best.isPresent() ? best : latest();
    }

    private static Optional<Path> undamaged(List<Path> checkpoints) throws IOException {
        for (Path checkpoint : checkpoints) {
            if (Manifest.matches(checkpoint)) {
                return Optional.of(checkpoint);
            }
        }
        return Optional.empty();
    }

    /** Those that have a score; the earliest first of those that have the same. */
    private static List<Path> bestFirst(List<Path> checkpoints) {
        Map<Path, Double> scores = new LinkedHashMap<>();
        checkpoints.forEach(checkpoint -> scores.put(checkpoint, score(checkpoint)));
        scores.values().removeIf(score -> score.isNaN());
        return scores.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static double score(Path checkpoint) {
        try {
            return JSON.readTree(checkpoint.resolve(STATE).toFile())
                    .path("score")
                    .asDouble(Double.NaN);
        } catch (IOException damaged) {
            return Double.NaN;
        }
    }

    /**
     * Reads a checkpoint.
     *
     * @throws InvalidFileException if a file of it is missing or damaged, or a newer version wrote it
     */
    public static Checkpoint load(Path checkpoint) throws IOException {
        Manifest.verify(checkpoint);
        JsonNode state = JSON.readTree(checkpoint.resolve(STATE).toFile());
        if (state.path("format").asInt() > FORMAT) {
            throw new InvalidFileException(
                    checkpoint.resolve(STATE),
                    "was written by a newer version of Elbo, in format " + state.path("format")
                            + "; this one reads up to " + FORMAT,
                    "Update Elbo");
        }
        return new Checkpoint(
                state.path("step").asLong(),
                state.path("score").asDouble(Double.NaN),
                EarlierNames.today(Safetensors.read(checkpoint.resolve(MODEL)).tensors()),
                EarlierNames.today(
                        Safetensors.read(checkpoint.resolve(TRAINING)).tensors()),
                state.withObject("/progress"));
    }

    /** The complete checkpoints, the earliest first. */
    public List<Path> complete() throws IOException {
        return children(PREFIX).stream().filter(Manifest::isComplete).toList();
    }

    /** Those of the complete checkpoints that differ from their manifests by now. */
    public List<Path> damaged() throws IOException {
        List<Path> damaged = new ArrayList<>();
        for (Path checkpoint : complete()) {
            if (!Manifest.matches(checkpoint)) {
                damaged.add(checkpoint);
            }
        }
        return damaged;
    }

    private List<Path> children(String prefix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child -> child.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private void removeSuperseded() throws IOException {
        List<Path> complete = complete();
        List<Path> superseded = new ArrayList<>(complete.subList(0, Math.max(0, complete.size() - keep)));
        bestFirst(complete).stream().findFirst().ifPresent(superseded::remove);
        for (Path checkpoint : superseded) {
            remove(checkpoint);
        }
    }

    /** What a kill left behind of a checkpoint that was being written, or removed. */
    private void removeLeftovers() throws IOException {
        List<Path> leftovers = new ArrayList<>(children(PREFIX));
        leftovers.removeIf(Manifest::isComplete);
        leftovers.addAll(children(TEMPORARY));
        for (Path leftover : leftovers) {
            remove(leftover);
        }
    }

    /** The manifest first: without it what remains is no checkpoint. */
    private static void remove(Path checkpoint) throws IOException {
        if (!Files.exists(checkpoint)) {
            return;
        }
        Manifest.remove(checkpoint);
        try (Stream<Path> tree = Files.walk(checkpoint)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
