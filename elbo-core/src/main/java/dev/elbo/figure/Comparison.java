package dev.elbo.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.option.Decimal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs beside each other, from their files: what was measured, how it went, and in which options they differ.
 *
 * <pre>{@code
 * Comparison runs = Comparison.of(List.of(Path.of("runs/a"), Path.of("runs/b")));
 * runs.write(Path.of("compare.html"));
 * }</pre>
 */
public final class Comparison {
    /** As many as there are colours. */
    public static final int MOST = Ink.SERIES_LENGTH;

    private static final String NONE = "–";
    private static final int EPOCHS = 6;
    private static final Set<String> ENVIRONMENT = Set.of("device", "threads");

    private final List<ComparedRun> runs;

    private Comparison(List<ComparedRun> runs) {
        this.runs = runs;
    }

    /**
     * Reads the files of runs.
     *
     * @param directories two to {@value #MOST}, all different
     * @throws IllegalArgumentException if there are fewer, or more, or one comes twice
     * @throws IOException if one is not there or cannot be read
     */
    public static Comparison of(List<Path> directories) throws IOException {
        if (directories.size() < 2 || directories.size() > MOST) {
            throw new IllegalArgumentException(
                    "2 to " + MOST + " runs are compared, one for each colour; got " + directories.size());
        }
        List<Path> real = new ArrayList<>();
        List<RunFiles> files = new ArrayList<>();
        for (Path directory : directories) {
            files.add(RunFiles.read(directory));
            real.add(directory.toRealPath());
            if (real.indexOf(real.get(real.size() - 1)) < real.size() - 1) {
                throw new IllegalArgumentException("run '" + directory + "' is named twice; name each once");
            }
        }
        return new Comparison(IntStream.range(0, files.size())
                .mapToObj(i -> new ComparedRun(name(i, files, directories), real.get(i), files.get(i)))
                .toList());
    }

    /** The directory's own name, or its path where another has the same. */
    private static String name(int i, List<RunFiles> files, List<Path> directories) {
        String name = files.get(i).name();
        long such = files.stream().filter(file -> file.name().equals(name)).count();
        return such == 1 ? name : directories.get(i).toString();
    }

    List<ComparedRun> runs() {
        return runs;
    }

    /** The measured figures: a row of titles, then a row for each run. */
    public List<List<String>> figures() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "RUN", "−ELBO", "−log p(x)", "RATE", "DISTORTION", "ACTIVE", "MEASURED ON", "EPOCHS", "SECONDS"));
        runs.forEach(run -> rows.add(List.of(
                run.name(),
                nats(run.measured().path("negElbo")),
                nats(run.measured().path("nll")),
                nats(run.measured().path("rate")),
                nats(run.measured().path("distortion")),
                run.measured().path("activeUnits").isNumber()
                        ? String.valueOf(run.measured().path("activeUnits").asLong())
                        : NONE,
                run.measuredOn(),
                rounded(run.epochs(), 1),
                rounded(run.seconds(), 0))));
        return rows;
    }

    private static String nats(JsonNode value) {
        return value.isNumber() ? rounded(value.asDouble(), 2) : NONE;
    }

    private static String rounded(double value, int decimals) {
        return Double.isFinite(value) ? Decimal.of(value, decimals) : NONE;
    }

    /**
     * How −ELBO on the validation set went: a row of epochs, at most six of those at which a run was evaluated, then a row for
     * each run with what it was last evaluated to by then. Empty if no run was evaluated.
     */
    public List<List<String>> course() {
        List<Double> epochs = chosen(runs.stream()
                .flatMap(run -> run.validation().stream())
                .map(Metrics.Point::epoch)
                .filter(Double::isFinite)
                .distinct()
                .sorted()
                .toList());
        List<List<String>> rows = new ArrayList<>();
        if (!epochs.isEmpty()) {
            List<String> titles = new ArrayList<>(List.of("EPOCH"));
            epochs.forEach(epoch -> titles.add(epoch == Math.rint(epoch) ? rounded(epoch, 0) : rounded(epoch, 2)));
            rows.add(titles);
            runs.forEach(run -> {
                List<String> row = new ArrayList<>(List.of(run.name()));
                epochs.forEach(epoch -> row.add(rounded(run.negElboBy(epoch), 2)));
                rows.add(row);
            });
        }
        return rows;
    }

    /** Evenly spread, the last one included. */
    private static List<Double> chosen(List<Double> epochs) {
        int count = Math.min(EPOCHS, epochs.size());
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> epochs.get(i * epochs.size() / count - 1))
                .toList();
    }

    /** In which options runs differ: a row of titles, then a row for each such option. Only titles where none differs. */
    public List<List<String>> differences() {
        List<List<String>> rows = new ArrayList<>();
        List<String> titles = new ArrayList<>(List.of("OPTION"));
        runs.forEach(run -> titles.add(run.name()));
        rows.add(titles);
        differing().forEach((option, values) -> {
            List<String> row = new ArrayList<>(List.of(option));
            row.addAll(values);
            rows.add(row);
        });
        return rows;
    }

    /** The values of runs, in their order, by option. */
    private Map<String, List<String>> differing() {
        List<Map<String, String>> options =
                runs.stream().map(run -> options(run.files().config())).toList();
        Set<String> names = new LinkedHashSet<>();
        options.forEach(each -> names.addAll(each.keySet()));
        Map<String, List<String>> differing = new LinkedHashMap<>();
        for (String name : names) {
            List<String> values =
                    options.stream().map(each -> each.getOrDefault(name, NONE)).toList();
            if (Set.copyOf(values).size() > 1) {
                differing.put(name, values);
            }
        }
        return differing;
    }

    /** All that was chosen for a run, as {@code --set} names it, and where it ran; not when, nor what its data hold. */
    private static Map<String, String> options(JsonNode config) {
        Map<String, String> options = new LinkedHashMap<>();
        Settings.flatten(config).forEach((path, value) -> {
            String name = path.equals("recipe.name")
                    ? "recipe"
                    : path.equals("data.name")
                            ? "data"
                            : path.replaceFirst("^(recipe\\.options|training|data|environment)\\.", "");
            boolean chosen = !path.startsWith("data.spec.")
                    && !path.equals("started")
                    && !path.equals("format")
                    && (!path.startsWith("environment.") || ENVIRONMENT.contains(name));
            if (chosen) {
                options.put(name, value);
            }
        });
        return options;
    }

    /** What stands against comparing nats, and what of a run could not be read; empty if nothing does. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        Map<String, List<String>> differing = differing();
        List<String> reasons = new ArrayList<>();
        for (String option : List.of("data", "pixels", "imageSize", "likelihood")) {
            if (differing.containsKey(option)) {
                reasons.add(option + " (" + distinct(differing.get(option)) + ")");
            }
        }
        List<String> splits = runs.stream().map(ComparedRun::measuredOn).toList();
        if (Set.copyOf(splits).size() > 1) {
            reasons.add("what they were measured on (" + distinct(splits) + ")");
        }
        if (!reasons.isEmpty()) {
            notes.add(
                    "Nats cannot simply be compared between these runs, which differ in " + String.join(", ", reasons));
        }
        List<String> samples = runs.stream()
                .map(run -> run.measured().path("nllSamples").asText(""))
                .filter(count -> !count.isEmpty())
                .toList();
        if (Set.copyOf(samples).size() > 1) {
            notes.add("−log p(x) is by different numbers of importance samples (" + distinct(samples)
                    + "), and comes out lower with more");
        }
        runs.forEach(run -> run.files().notes().forEach(note -> notes.add(run.name() + ": " + note)));
        return notes;
    }

    private static String distinct(List<String> values) {
        return values.stream().distinct().collect(Collectors.joining("; "));
    }

    /**
     * Curves of the runs over each other: what was evaluated where a run was, and what batches measured of the rest and of the
     * negative ELBO. Each run has its colour in all of them.
     */
    List<Plot> plots() {
        Set<String> terms = new LinkedHashSet<>();
        runs.forEach(run -> terms.addAll(run.files().metrics().terms()));
        boolean epochs = runs.stream().allMatch(run -> run.files().metrics().hasEpochs());
        List<Plot> plots = new ArrayList<>();
        for (String term : Curves.inOrder(terms)) {
            boolean evaluated = add(plots, term, "validation", epochs);
            if (!evaluated || term.equals("negElbo")) {
                add(plots, term, "training", epochs);
            }
        }
        return plots;
    }

    private boolean add(List<Plot> plots, String term, String where, boolean epochs) {
        List<Curves.Curve> curves = new ArrayList<>();
        List<Ink> inks = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Series series = runs.get(i).series(term, where, epochs);
            if (series.finiteY().findAny().isPresent()) {
                curves.add(new Curves.Curve(runs.get(i).name(), false, series));
                inks.add(Ink.of(i));
            }
        }
        if (!curves.isEmpty()) {
            Curves.Panel panel = new Curves.Panel(
                    Curves.title(term) + ", " + where, epochs ? "epoch" : "step", Curves.unit(term), false, curves);
            plots.add(Curves.plot(panel, inks::get));
        }
        return !curves.isEmpty();
    }

    /**
     * As {@code compare --json} prints it: {@code runs}, each with what was measured and its curve on the validation set,
     * {@code differences} by option and run, and {@code notes}.
     */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        runs.forEach(run -> json.withArray("runs").add(run.toJson()));
        ObjectNode differences = json.putObject("differences");
        differing().forEach((option, values) -> {
            ObjectNode byRun = differences.putObject(option);
            for (int i = 0; i < runs.size(); i++) {
                byRun.put(runs.get(i).name(), values.get(i));
            }
        });
        notes().forEach(json.putArray("notes")::add);
        return json;
    }

    /**
     * Writes one page that needs no other file, atomically.
     *
     * @return {@code file}
     * @throws IOException if it cannot be written
     */
    public Path write(Path file) throws IOException {
        return WholeFile.write(file, new ComparisonPage(this).page().bytes());
    }
}
