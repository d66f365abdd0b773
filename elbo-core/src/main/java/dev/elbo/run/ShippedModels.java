package dev.elbo.run;

import dev.elbo.data.InvalidFileException;
import dev.elbo.option.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The shipped models in a folder, each in a directory that is called as it is.
 *
 * <pre>{@code
 * RunDirectory poems = new ShippedModels(Path.of("models")).open("poems");
 * try (TrainedModel trained = TrainedModel.open(poems, Device.CPU)) {
 *     Map<String, Shown> made = trained.generator().samples(4, Map.of(), 1, 7);
 * }
 * }</pre>
 *
 * @param folder where they lie; it need not be there
 */
public record ShippedModels(Path folder) {
    /** What a name begins with where a run may be named too. */
    public static final String PREFIX = "model:";

    /** Where the launcher says in which folder they lie. */
    public static final String VARIABLE = "ELBO_MODELS";

    /**
     * The models that the environment asks for: those in {@code ELBO_MODELS} or else ./models.
     *
     * @param environment as of {@link System#getenv()}
     */
    public static ShippedModels of(Map<String, String> environment) {
        String folder = environment.getOrDefault(VARIABLE, "");
        return new ShippedModels(Path.of(folder.isBlank() ? "models" : folder));
    }

    /** Whether a word where a run is named names a shipped model. */
    public static boolean isName(String word) {
        return word.startsWith(PREFIX);
    }

    /** Their names, in the order of the alphabet. */
    public List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(ShippedModel::isIn)
                    .map(child -> child.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /**
     * What is said of a model.
     *
     * @param name with {@link #PREFIX} or without
     * @throws IllegalArgumentException if there is none of this name, with the names there are
     * @throws InvalidFileException if its file cannot be read
     */
    public ShippedModel model(String name) throws IOException {
        Path directory = directory(name);
        ShippedModel model = ShippedModel.read(directory);
        if (!directory.endsWith(model.name())) {
            throw new InvalidFileException(
                    directory,
                    "holds a model of another name, '" + model.name() + "'",
                    "Call its folder as it is called");
        }
        return model;
    }

    /**
     * Opens a model as the run that it is.
     *
     * @param name with {@link #PREFIX} or without
     * @throws IllegalArgumentException if there is none of this name, with the names there are
     * @throws InvalidFileException if its files cannot be read
     */
    public RunDirectory open(String name) throws IOException {
        return RunDirectory.open(directory(name));
    }

    private Path directory(String name) throws IOException {
        String bare = isName(name) ? name.substring(PREFIX.length()) : name;
        List<String> names = names();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("there is no model '" + bare + "', and no other, in the folder " + folder
                    + "; " + VARIABLE + " says in which folder models lie");
        }
        if (!names.contains(bare)) {
            throw new IllegalArgumentException(NearestName.message("model", bare, names));
        }
        return folder.resolve(bare);
    }
}
