package dev.elbo.run;

import dev.elbo.data.InvalidFileException;
import dev.elbo.option.NearestName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The runs that there are, and the one way from a name or a path to a run. The file {@code .last} in the folder says which
 * run was begun last from there, though it lie elsewhere: the last run of one folder is no other folder's. The file {@code
 * .elsewhere} lists all that were begun from there and lie elsewhere.
 *
 * @param folder where runs are made that are not told to be elsewhere
 * @param models that can be named as runs, as {@code model:poems}
 */
public record RunCatalog(Path folder, ShippedModels models) {
    /** The name of the run that was begun last. */
    public static final String LAST = "last";

    private static final String POINTER = ".last";
    private static final String OUTSIDE = ".elsewhere";

    /**
     * The catalog that the environment asks for: of the runs in {@code ELBO_RUNS} or else ./runs, and the models in {@code ELBO_MODELS} or
     * else ./models.
     *
     * @param environment as of {@link System#getenv()}
     */
    public static RunCatalog of(Map<String, String> environment) {
        String folder = environment.getOrDefault("ELBO_RUNS", "");
        return new RunCatalog(Path.of(folder.isBlank() ? "runs" : folder), ShippedModels.of(environment));
    }

    /**
     * Opens a run.
     *
     * @param nameOrPath {@code last}, the path of its directory, its name in this catalog's folder, or {@code model:NAME}
     * @throws IllegalArgumentException if there is no such run, or no such model
     * @throws InvalidFileException if a directory is none, or a newer version wrote it
     */
    public RunDirectory open(String nameOrPath) throws IOException {
        if (nameOrPath.equals(LAST)) {
            return RunDirectory.open(
                    last().orElseThrow(() -> new IllegalArgumentException("there is no run yet in " + folder)));
        }
        if (ShippedModels.isName(nameOrPath)) {
            return models.open(nameOrPath);
        }
        Path path = Path.of(nameOrPath);
        Path named = folder.resolve(path);
        if (!RunDirectory.isRun(path) && !RunDirectory.isRun(named) && !Files.exists(path)) {
            throw new IllegalArgumentException(nothingAt(nameOrPath));
        }
        return RunDirectory.open(RunDirectory.isRun(named) && !RunDirectory.isRun(path) ? named : path);
    }

    private String nothingAt(String name) throws IOException {
        if (models.names().contains(name)) {
            return "there is no run '" + name + "' here or in " + folder + "; did you mean 'model:" + name + "'?";
        }
        List<String> names = new ArrayList<>(List.of(LAST));
        listed().forEach(run -> names.add(nameOf(run)));
        String question = NearestName.of(name, names)
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse(";");
        return "there is no run '" + name + "' here or in " + folder + question + " 'elbo runs' lists those there are";
    }

    /** The directory of the run that was begun last, in this catalog's folder or elsewhere. */
    Optional<Path> last() throws IOException {
        Optional<Path> remembered = remembered();
        return listed().stream()
                .max(Comparator.comparing((Path run) -> RunDirectory.started(run))
                        .thenComparing(run ->
                                remembered.filter(last -> isSame(last, run)).isPresent()));
    }

    private static boolean isSame(Path run, Path other) {
        try {
            return Files.isSameFile(run, other);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Where the pointer points to, if it can be read and there is a run. */
    private Optional<Path> remembered() {
        return pointedTo(POINTER).findFirst();
    }

    /** The runs that a file of pointers, one on a line, leads to; those that are gone or cannot be read are passed over. */
    private Stream<Path> pointedTo(String file) {
        try {
            Path real = folder.toRealPath();
            String lines = new String(Files.readAllBytes(folder.resolve(file)), StandardCharsets.UTF_8);
            return lines.lines().filter(line -> !line.isBlank()).flatMap(line -> run(real, line.strip()).stream());
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    private static Optional<Path> run(Path folder, String pointer) {
        try {
            return Optional.of(folder.resolve(pointer).normalize()).filter(RunDirectory::isRun);
        } catch (IllegalArgumentException noPath) {
            return Optional.empty();
        }
    }

    /** The directories of the runs in this catalog's folder, by name. */
    public List<Path> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(RunDirectory::isRun).sorted().toList();
        }
    }

    /** The directories of all runs that were begun here: those in this catalog's folder, by name, and those elsewhere. */
    public List<Path> listed() throws IOException {
        List<Path> runs = new ArrayList<>(all());
        Stream.concat(pointedTo(OUTSIDE), remembered().stream()).sorted().forEachOrdered(run -> addOnce(run, runs));
        return runs;
    }

    private static void addOnce(Path run, List<Path> runs) {
        if (runs.stream().noneMatch(other -> isSame(run, other))) {
            runs.add(run);
        }
    }

    /** The name of a run in a command from here: its own name if it lies in this catalog's folder, else its path. */
    public String nameOf(Path run) {
        Path whole = run.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        if (parent != null && isSame(parent, folder)) {
            return whole.getFileName().toString();
        }
        Path here = Path.of("").toAbsolutePath();
        return (whole.startsWith(here) && !whole.equals(here) ? here.relativize(whole) : whole).toString();
    }

    /** The shortest that a run can be called by in a command from here, as long as no other run is begun. */
    public String shortNameOf(Path run) throws IOException {
        return last().filter(last -> isSame(last, run)).isPresent() ? LAST : nameOf(run);
    }

    /** A directory for a run that begins now and where nothing is yet, as in {@code vae-mnist-20261123-061205}. */
    public Path place(RunConfig config, LocalDateTime now) {
        String data = Path.of(config.data()).getFileName().toString().replaceAll("[^A-Za-z0-9_-]", "-");
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(now);
        String name = config.recipe().name() + "-" + data + "-" + time;
        Path place = folder.resolve(name);
        for (int i = 2; Files.exists(place); i++) {
            place = folder.resolve(name + "-" + i);
        }
        return place;
    }

    /**
     * Makes a run the last one of this catalog, and lists it, though it lie elsewhere. Where that cannot be written, the last
     * one is the youngest in the folder.
     */
    public void remember(RunDirectory run) {
        try {
            Files.createDirectories(folder);
            Path real = folder.toRealPath();
            Path place = run.path().toRealPath();
            String line = pointer(real, place) + "\n";
            if (!real.equals(place.getParent())) {
                Files.writeString(folder.resolve(OUTSIDE), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            Files.writeString(folder.resolve(POINTER), line);
        } catch (IOException unwritable) {
            return; // a convenience: the run's own files are complete without it
        }
    }

    /** Beside the folder or in it the run is found though both be moved, or copied; else by its whole path. */
    private static Path pointer(Path folder, Path run) {
        Path project = folder.getParent();
        return project != null && run.startsWith(project) ? folder.relativize(run) : run;
    }
}
