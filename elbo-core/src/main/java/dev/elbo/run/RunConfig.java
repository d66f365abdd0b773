package dev.elbo.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Pixels;
import dev.elbo.data.Reading;
import dev.elbo.model.SpeechVae;
import dev.elbo.nn.Initializer;
import dev.elbo.option.NearestName;
import dev.elbo.option.Options;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.prior.PriorKind;
import dev.elbo.prior.StandardNormal;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingEvent;
import dev.elbo.train.TrainingSettings;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * What a run is: enough to do it again.
 *
 * @param recipe with its options
 * @param data the name of a data set, or the absolute path of the user's own
 * @param reading how files of the user's own are read
 * @param pixels how they are treated; empty if the recipe or the data have none
 * @param training how the model is trained
 * @param seed of everything that is random
 * @param sequel what is learned that begins with the model of a finished run; empty of runs of their own
 */
public record RunConfig(
        Recipe recipe,
        String data,
        Reading reading,
        Optional<Pixels> pixels,
        TrainingSettings training,
        long seed,
        Optional<Sequel> sequel) {
    /** The version of the format that this library writes; it reads this and all before. */
    public static final int FORMAT = 1;

    private static final String PIXELS = "pixels";
    private static final String PRIOR = FittedPrior.NAME;
    private static final String BASE = "base";
    private static final String REPAIR = "Repair it, or choose another run";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Options of recipes that earlier versions did not have, with what they did: their default is another one now. */
    private static final Map<String, String> EARLIER = Map.of("decoderKernel", "3", "criticKernel", "3");

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if the data have no name, or the recipe's likelihood is no density of such
     *     pixels
     */
    public RunConfig {
        if (data.isBlank()) {
            throw new IllegalArgumentException("data have a name; got '" + data + "'");
        }
        requireFitting(recipe, pixels);
    }

    private static void requireFitting(Recipe recipe, Optional<Pixels> pixels) {
        if (recipe.treatments().isEmpty() && pixels.isPresent()) {
            throw new IllegalArgumentException(recipe.name() + " observes no images; leave out pixels=" + pixels.get());
        }
        if (pixels.filter(chosen -> !recipe.treatments().contains(chosen)).isPresent()) {
            List<String> fitting =
                    recipe.treatments().stream().map(Pixels::toString).toList();
            throw new IllegalArgumentException("the likelihood of this " + recipe.name() + " is no density of pixels="
                    + pixels.get() + "; set pixels to " + String.join(" or ", fitting)
                    + ", or choose another likelihood");
        }
    }

    /**
     * Creates the configuration of a new run.
     *
     * @param settings of the recipe, the training, the reading of files, and {@code pixels}, by name
     * @throws IllegalArgumentException if a setting is unknown, naming the nearest, or cannot be read; if the recipe has an
     *     option that is called as another setting is
     */
    public static RunConfig of(Recipe recipe, String data, long seed, Map<String, String> settings) {
        requireKnown(recipe, settings.keySet());
        Recipe composed = Recipes.with(recipe, those(settings, Recipes.options(recipe)));
        Options<Reading> reading = Options.of(Options.of(Reading.standard()).with(composed.reading()));
        Options<TrainingSettings> training = Options.of(composed.training());
        String pixels = settings.get(PIXELS);
        return new RunConfig(
                composed,
                data,
                reading.with(those(settings, reading)),
                pixels == null ? composed.treatments().stream().findFirst() : Optional.of(pixels(pixels)),
                training.with(those(settings, training)),
                seed,
                Optional.empty());
    }

    /**
     * Creates the configuration of a run that learns another prior for the model of a finished one, which stays as it is: a
     * density of the codes that there are, fitted after training. Ghosh et al. (2020), section 4; Dai and Wipf (2019), section 4.
     *
     * @param base the finished run
     * @param prior as {@code prior=} takes it
     * @param settings of the training, by name
     * @throws IllegalArgumentException if the recipe has no choice of priors, or this one cannot be fitted to such codes; if a
     *     setting is none of the training
     */
    public static RunConfig fitting(RunDirectory base, String prior, Map<String, String> settings) {
        RunConfig before = base.config();
        if (before.recipe.posterior().isEmpty()
                && !Recipes.options(before.recipe).has(PRIOR)) {
            throw new IllegalArgumentException("recipe " + before.recipe.name()
                    + " has no option 'prior'; another prior can be fitted to runs of recipes that have one, such as vae,"
                    + " conv-vae or beta-vae");
        }
        PriorKind kind = Options.of(new ChosenPrior(new StandardNormal.Kind()))
                .with(Map.of(PRIOR, prior))
                .prior();
        kind.requireCodesOf(before.posterior());
        TrainingSettings training = Options.of(before.training)
                .with(Map.of(
                        "epochs", "10",
                        "learningRate", "cosine(0.003, 0.0001)",
                        "patience", "0",
                        "encoderUpdates", "1"));
        return new RunConfig(
                before.recipe,
                before.data,
                before.reading,
                before.pixels,
                Options.of(training).with(settings),
                before.seed,
                Optional.of(new FittedPrior(base.path().toAbsolutePath(), Optional.of(kind))));
    }

    /**
     * Creates the configuration of a run that adds a voice to a finished model of speech, which stays as it is.
     *
     * @param base the finished run
     * @param clips the absolute path of recordings of the voice, with texts
     * @param settings of the training, by name
     * @throws IllegalArgumentException if the finished run is none of speech, or a setting is none of the training
     */
    public static RunConfig adapting(RunDirectory base, String clips, String voice, Map<String, String> settings)
            throws IOException {
        RunConfig before = base.config();
        MelAnalysis analysis = base.spec()
                .flatMap(spec -> Optional.ofNullable(spec.fields().get(SpeechVae.SOUND)))
                .flatMap(field -> field instanceof Field.Frames frames ? frames.analysis() : Optional.empty())
                .filter(any -> Recipes.options(before.recipe).has("beta"))
                .orElseThrow(() -> new IllegalArgumentException("a voice is added to a model of speech; recipe "
                        + before.recipe.name() + " makes none. Take a run of tts-vae"));
        TrainingSettings training = Options.of(before.training)
                .with(Map.of(
                        "epochs", "60",
                        "batch", "16",
                        "learningRate", "cosine(0.0005, 0.00001)",
                        "validation", "0.1",
                        "patience", "0"));
        return new RunConfig(
                Recipes.with(before.recipe, Map.of("beta", "1")),
                clips,
                Options.of(before.reading)
                        .with(Map.of(
                                "sampleRate", String.valueOf(analysis.rateHz()),
                                "bands", String.valueOf(analysis.bands()))),
                before.pixels,
                Options.of(training).with(settings),
                before.seed,
                Optional.of(new AdaptedVoice(base.path().toAbsolutePath(), voice)));
    }

    /** A prior as an option of its own. */
    private record ChosenPrior(PriorKind prior) {}

    /** q(z|x) of a recipe whose prior may be another. */
    PosteriorKind posterior() {
        return recipe.posterior().orElseGet(() -> PosteriorKind.parse(option("posterior")));
    }

    private String option(String name) {
        return options(recipe).stream()
                .filter(entry -> entry.name().equals(name))
                .map(Options.Entry::value)
                .findFirst()
                .orElseThrow();
    }

    /**
     * The model for data of this kind with first weights, and what it learns from.
     *
     * @throws IllegalArgumentException if the data do not fit the recipe
     */
    public Composition compose(DataSpec data, Initializer initial) {
        Composition whole = recipe.compose(data, initial);
        return sequel.map(next -> next.of(whole, this, data, initial)).orElse(whole);
    }

    private static Map<String, String> those(Map<String, String> settings, Options<?> options) {
        Map<String, String> those = new LinkedHashMap<>(settings);
        those.keySet().removeIf(name -> !options.has(name));
        return those;
    }

    /** A setting has one meaning, and is not passed over. */
    private static void requireKnown(Recipe recipe, Collection<String> names) {
        List<String> known = new ArrayList<>(List.of(PIXELS));
        Options.of(recipe.training()).entries().forEach(entry -> known.add(entry.name()));
        Options.of(Reading.standard()).entries().forEach(entry -> known.add(entry.name()));
        Recipes.options(recipe).entries().forEach(entry -> {
            if (known.contains(entry.name())) {
                throw new IllegalArgumentException("the option '" + entry.name() + "' of recipe " + recipe.name()
                        + " is called as a setting of every run is; rename the option");
            }
        });
        Recipes.options(recipe).entries().forEach(entry -> known.add(entry.name()));
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(NearestName.message("setting", name, known));
        });
    }

    private static Pixels pixels(String text) {
        return Options.of(new Treatment(Pixels.GREY)).with(Map.of(PIXELS, text)).pixels();
    }

    /** The treatment of pixels as an option of its own. */
    private record Treatment(Pixels pixels) {}

    /**
     * The same run, trained for another number of epochs.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public RunConfig epochs(double epochs) {
        return with("epochs", String.valueOf(epochs));
    }

    /** The same run, whose data have another name or are elsewhere. */
    public RunConfig withData(String name) {
        return new RunConfig(recipe, name, reading, pixels, training, seed, sequel);
    }

    /** The same run, which says nothing of pixels: its data have none. */
    public RunConfig withoutPixels() {
        return new RunConfig(recipe, data, reading, Optional.empty(), training, seed, sequel);
    }

    /** The same run, with what was left to the training to find out. */
    RunConfig decided(TrainingEvent.Started at) {
        return with("replicas", String.valueOf(at.replicas())).with("shuffleBlock", String.valueOf(at.shuffleBlock()));
    }

    private RunConfig with(String setting, String value) {
        TrainingSettings changed = Options.of(training).with(Map.of(setting, value));
        return new RunConfig(recipe, data, reading, pixels, changed, seed, sequel);
    }

    /**
     * The settings in which it differs from what its recipe does by itself, but for epochs and batch, by name. A run that learns a prior
     * alone has that, and those of its training: the rest is its base's. Settings that the recipe may suit to the data are among them too, so that
     * a command with them trains the same again.
     */
    public Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        if (sequel.isPresent()) {
            changes.putAll(sequel.get().settings());
            if (changes.isEmpty()) { // of an earlier version, whose recipe says the prior
                changes.put(PRIOR, option(PRIOR));
            }
        } else {
            addChanges(changes, options(Recipes.named(recipe.name())), options(recipe), recipe.suitable());
        }
        addChanges(
                changes,
                Options.of(recipe.training()).entries(),
                Options.of(training).entries(),
                sequel.isEmpty() ? recipe.suitable() : Set.of());
        if (sequel.isEmpty()) {
            addChanges(
                    changes,
                    Options.of(Reading.standard()).entries(),
                    Options.of(reading).entries(),
                    Set.of());
        }
        changes.keySet().removeAll(List.of("epochs", "batch"));
        return changes;
    }

    private static List<Options.Entry> options(Recipe recipe) {
        return Recipes.options(recipe).entries();
    }

    private static void addChanges(
            Map<String, String> changes, List<Options.Entry> usual, List<Options.Entry> entries, Set<String> always) {
        entries.stream()
                .filter(entry -> !usual.contains(entry) || always.contains(entry.name()))
                .forEach(entry -> changes.put(entry.name(), entry.value()));
    }

    /** As the file {@code config.json} has it. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("elbo", Release.version());
        json.put("format", FORMAT);
        ObjectNode recipeNode = json.putObject("recipe");
        recipeNode.put("name", recipe.name());
        recipeNode.set("options", Recipes.options(recipe).toJson());
        ObjectNode dataNode = json.putObject("data");
        dataNode.put("name", data);
        dataNode.setAll(Options.of(reading).toJson());
        pixels.ifPresent(treatment -> dataNode.put(PIXELS, treatment.toString()));
        json.set("training", Options.of(training).toJson());
        json.put("seed", seed);
        sequel.ifPresent(next -> {
            json.put(BASE, next.base().toString());
            next.settings().forEach(json::put);
        });
        return json;
    }

    /**
     * Reads a file {@code config.json}.
     *
     * @throws InvalidFileException if it is none, or a newer version wrote it
     */
    public static RunConfig read(Path file) throws IOException {
        try {
            return of(file, JSON.readTree(file.toFile()));
        } catch (JacksonException e) {
            String where =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw new InvalidFileException(file.toString(), "is no JSON" + where, REPAIR, e);
        } catch (CharConversionException | IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new InvalidFileException(file.toString(), "is no configuration of a run: " + problem, REPAIR, e);
        }
    }

    private static RunConfig of(Path file, JsonNode json) throws IOException {
        int format = required(json, "format", node -> node.isInt() && node.asInt() > 0)
                .asInt();
        if (format > FORMAT) {
            throw new InvalidFileException(
                    file,
                    "was written by a newer version of Elbo, in format " + format + "; this one reads up to " + FORMAT,
                    "Update Elbo");
        }
        JsonNode recipe = required(json, "recipe", JsonNode::isObject);
        JsonNode data = required(json, "data", JsonNode::isObject);
        Map<String, String> settings = Options.texts(required(json, "training", JsonNode::isObject));
        settings.putAll(Options.texts(required(recipe, "options", JsonNode::isObject)));
        settings.putAll(reading(data));
        Recipe named = Recipes.named(text(recipe, "name"));
        EARLIER.forEach((name, value) -> {
            if (Recipes.options(named).has(name)) {
                settings.putIfAbsent(name, value);
            }
        });
        boolean hasPixels = !named.treatments().isEmpty() && areOfImages(data.path("spec"));
        if (hasPixels) {
            settings.put(PIXELS, text(data, PIXELS));
        }
        RunConfig alone = of(
                named,
                text(data, "name"),
                required(json, "seed", node -> node.isInt() || node.isLong()).asLong(),
                settings);
        RunConfig config = json.has(BASE) ? alone.with(sequel(json)) : alone;
        return hasPixels ? config : config.withoutPixels();
    }

    private static Sequel sequel(JsonNode json) {
        Path base = Path.of(text(json, BASE));
        if (json.has(AdaptedVoice.VOICE)) {
            return new AdaptedVoice(base, text(json, AdaptedVoice.VOICE));
        }
        return new FittedPrior(
                base, json.has(PRIOR) ? Optional.of(PriorKind.parse(text(json, PRIOR))) : Optional.empty());
    }

    private RunConfig with(Sequel next) {
        return new RunConfig(recipe, data, reading, pixels, training, seed, Optional.of(next));
    }

    /** Whether data have images, by their spec; an earlier version wrote none. */
    private static boolean areOfImages(JsonNode spec) {
        return spec.isMissingNode()
                || StreamSupport.stream(spec.path("fields").spliterator(), false)
                        .anyMatch(field -> field.path("kind").asText().equals("image"));
    }

    /** Files that an earlier version wrote lack what it could not choose. */
    private static Map<String, String> reading(JsonNode data) {
        required(data, "imageSize", node -> node.isInt() || node.isTextual());
        Map<String, String> settings = Options.texts(data);
        settings.keySet().removeIf(name -> !Options.of(Reading.standard()).has(name));
        return settings;
    }

    private static String text(JsonNode parent, String name) {
        return required(parent, name, JsonNode::isTextual).asText();
    }

    private static JsonNode required(JsonNode parent, String name, Predicate<JsonNode> kind) {
        JsonNode node = parent.get(name);
        if (node == null || !kind.test(node)) {
            throw new IllegalArgumentException(
                    node == null ? "it has no '" + name + "'" : "its '" + name + "' is " + node);
        }
        return node;
    }
}
