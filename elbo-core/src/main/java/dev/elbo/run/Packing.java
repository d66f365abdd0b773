package dev.elbo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.data.DataCatalog;
import dev.elbo.data.DataSet;
import dev.elbo.data.InvalidFileException;
import dev.elbo.edit.Directions;
import dev.elbo.figure.Report;
import dev.elbo.figure.WholeFile;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a {@link ShippedModel} of a run: its configuration, its last evaluation, and the weights of its best checkpoint.
 *
 * <p>Parameters are kept in FLOAT16, whose eleven binary digits are enough to use a model. Buffers, such as counts, masks and running means, stay
 * as they are: whole numbers above 2048 and sums of squares are no halves. So do parameters that hold a number beyond 65504.
 *
 * @param run a run of one's own
 * @param label what is said of it
 */
public record Packing(RunDirectory run, Label label) {
    /** The most that a shipped model may take, in bytes. */
    public static final long LIMIT = 6_000_000;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final String CONFIG = "config.json";
    private static final String DATA = "data";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a run does not know of itself.
     *
     * @param name small letters, digits and hyphens
     * @param about what the model does, in one sentence
     * @param data what its data are called, in the place of where they lie; empty for those that have a name
     * @param licence of the data; empty for those that are known by name
     * @param attribution whom to credit; empty for what the data themselves say
     * @param figures what was measured, and on what
     */
    public record Label(
            String name,
            String about,
            Optional<String> data,
            Optional<String> licence,
            Optional<String> attribution,
            String figures) {
        /**
         * Validates.
         *
         * @throws IllegalArgumentException if the name or the sentence is none
         */
        public Label {
            if (!NAME.matcher(name).matches() || name.equals("pack")) {
                throw new IllegalArgumentException(
                        "a model's name has small letters, digits and hyphens, as in poems-small, and is not"
                                + " 'pack'; got '" + name + "'");
            }
            if (about.isBlank() || about.lines().count() > 1) {
                throw new IllegalArgumentException(
                        "what a model is about is said in one sentence on one line; got '" + about + "'");
            }
        }
    }

    /**
     * Packs the run.
     *
     * @param models the folder of models, in which the model's directory is made
     * @return what was packed
     * @throws IllegalArgumentException if the model is too large, if it is not said what its data are called or what their licence is
     * @throws InvalidFileException if the run cannot be read, is a shipped model, or there is a directory of this name
     */
    public ShippedModel into(Path models) throws IOException {
        run.requireOwn();
        ObjectNode config = config();
        requireNoPath(config, "");
        ShippedModel unpacked = described(config);
        Path target = models.resolve(label.name);
        if (Files.exists(target)) {
            throw new InvalidFileException(target, "is there already", "Remove it, or choose another --name");
        }
        Path draft = models.resolve(".packing-" + label.name);
        try {
            remove(draft); // of a packing that was killed
            Map<String, HostArray> weights = writeFiles(config, draft);
            ShippedModel model = sized(unpacked, bytes(draft));
            requireSmall(model.bytes(), weights);
            model.write(draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            return model;
        } finally {
            remove(draft);
        }
    }

    /** Without the places of files that the model does not need: the tokeniser's is in the spec, the base's weights are in the model. */
    private ObjectNode config() throws IOException {
        ObjectNode config =
                (ObjectNode) JSON.readTree(run.path().resolve(CONFIG).toFile());
        if (!config.path(DATA).path("spec").isObject()) {
            throw new InvalidFileException(
                    run.path(),
                    "does not say what its data hold: an earlier version of Elbo began it",
                    "Train it again");
        }
        ObjectNode data = (ObjectNode) config.path(DATA);
        label.data.ifPresent(name -> data.put("name", name));
        keepFileName(config, "base");
        keepFileName(data, "tokens");
        return config;
    }

    private static void keepFileName(ObjectNode parent, String key) {
        Optional.of(parent.path(key).asText())
                .filter(Packing::isPath)
                .ifPresent(path -> parent.put(key, Path.of(path).getFileName().toString()));
    }

    private static boolean isPath(String text) {
        return (text.startsWith("/") && text.length() > 1) || text.matches("[A-Za-z]:[\\\\/].+");
    }

    /** What the data hold may look as a path does, as a word of a text. */
    private static void requireNoPath(JsonNode node, String key) {
        if (isPath(node.asText())) {
            throw new IllegalArgumentException(
                    "the run's config.json holds the place of a file of yours, " + node.asText() + ", as '"
                            + key + "', and a shipped model holds none. "
                            + (key.equals("name")
                                    ? "Say with --data what these data are called, as in --data reviews, or train on data that are known by"
                                            + " name, as 'elbo data' lists them"
                                    : "Train again without it"));
        }
        node.properties().stream()
                .filter(child -> !child.getKey().equals("spec"))
                .forEach(child -> requireNoPath(child.getValue(), child.getKey()));
        if (node.isArray()) {
            node.forEach(child -> requireNoPath(child, key));
        }
    }

    /** What is said of it, its size left open. */
    private ShippedModel described(ObjectNode config) throws IOException {
        String data = config.path(DATA).path("name").asText();
        String credit = config.path(DATA).path("spec").path("attribution").asText();
        Optional<DataSet> known = DataCatalog.standard().find(data);
        return new ShippedModel(
                label.name,
                label.about,
                data,
                label.licence
                        .or(() -> known.map(DataSet::licence))
                        .orElseThrow(() -> new IllegalArgumentException("the licence of the data '" + data
                                + "' is not known: say it with --licence, as in --licence 'CC BY 4.0'")),
                label.attribution.orElse(credit),
                label.figures,
                Report.command(config, run.config().changes(), "./elbo"),
                0);
    }

    private static ShippedModel sized(ShippedModel model, long bytes) {
        return new ShippedModel(
                model.name(),
                model.about(),
                model.data(),
                model.licence(),
                model.attribution(),
                model.figures(),
                model.command(),
                bytes);
    }

    /** All but {@code model.json}; the weights as they were written. */
    private Map<String, HostArray> writeFiles(ObjectNode config, Path draft) throws IOException {
        Checkpoint best = CheckpointStore.load(TrainedModel.best(run));
        Map<String, HostArray> weights = halved(best.model(), parameters());
        WholeFile.write(
                draft.resolve(CONFIG), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config));
        new CheckpointStore(draft.resolve("checkpoints"), 1)
                .save(new Checkpoint(best.step(), best.score(), weights, Map.of(), best.progress()));
        for (Path kept : List.of(run.evaluation(), run.path().resolve(Directions.FILE))) {
            if (Files.exists(kept)) {
                Files.copy(kept, draft.resolve(kept.getFileName()));
            }
        }
        return weights;
    }

    private Set<String> parameters() throws IOException {
        try (TrainedModel trained = TrainedModel.open(run, Device.CPU)) {
            return Set.copyOf(trained.model().parameters().keySet());
        }
    }

    private static Map<String, HostArray> halved(Map<String, HostArray> arrays, Set<String> parameters) {
        Map<String, HostArray> halved = new LinkedHashMap<>();
        arrays.forEach((name, array) -> halved.put(name, parameters.contains(name) ? halved(array) : array));
        return halved;
    }

    private static HostArray halved(HostArray array) {
        HostArray half = array.dtype() == DType.FLOAT32 ? array.toHalf() : array;
        for (float value : half.toFloats()) {
            if (Float.isInfinite(value)) {
                return array;
            }
        }
        return half;
    }

    private static void requireSmall(long bytes, Map<String, HostArray> weights) {
        if (bytes > LIMIT) {
            Map.Entry<String, HostArray> largest = weights.entrySet().stream()
                    .max(Comparator.comparingInt(
                            entry -> entry.getValue().bytes().remaining()))
                    .orElseThrow();
            throw new IllegalArgumentException("the model takes " + megabytes(bytes)
                    + " in half precision, and a shipped one at most "
                    + megabytes(LIMIT) + "; its largest part is " + largest.getKey() + ", " + largest.getValue() + ", "
                    + megabytes(largest.getValue().bytes().remaining())
                    + ". Train a smaller one: with narrower networks, as by --set hidden=128, or of text with fewer words, as by"
                    + " --set maxWords=3000");
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void remove(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
