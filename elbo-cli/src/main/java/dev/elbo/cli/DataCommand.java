package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataCache;
import dev.elbo.data.DataCatalog;
import dev.elbo.data.DataLook;
import dev.elbo.data.DataSet;
import dev.elbo.data.Reading;
import dev.elbo.data.Source;
import dev.elbo.option.NearestName;
import dev.elbo.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which data sets there are, and what there is to know about one. */
@Command(
        name = "data",
        description = "List the data sets known by name, tell about one, or look at data of your own before training.",
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} data mnist",
            "  ${ROOT-COMMAND-NAME} data photos/ --image-size 64",
            "  ${ROOT-COMMAND-NAME} data talks.txt --set turns=5",
            "  ${ROOT-COMMAND-NAME} data recordings/ --set longestSeconds=20",
            "",
            "Of your own data --json prints {\"kind\", \"splits\": {\"train\": n, …}, \"fields\": {…}, \"classes\": {name: count},",
            "\"passedOver\": {\".svg\": n, …}, \"sizes\": {\"640 × 480\": n, …}, \"levels\", \"notes\": […], \"sheet\", \"train\"};",
            "of recordings \"seconds\": {\"total\", \"shortest\", \"longest\", \"voices\": {name: seconds}} too."
        })
final class DataCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;

    private final Console console;
    private final DataCache cache;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME|PATH",
            completionCandidates = Names.OfData.class,
            description = "One of ${COMPLETION-CANDIDATES}, or a file or folder.")
    private @Nullable String name;

    @Mixin
    private final GivenReading reading = new GivenReading();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            converter = Setting.Converter.class,
            description = "How files are read, as in training: turns=5, tokens=characters, longest=40.")
    private final List<Setting> settings = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE.png",
            description = "Where to draw a sheet of sixteen pictures or spectra. Default: a file in the cache.")
    private @Nullable Path out;

    @Mixin
    private final Json json = new Json();

    DataCommand(Console console) {
        this.console = console;
        this.cache = DataCache.of(System.getenv(), new FetchView(console));
    }

    @Override
    public Integer call() throws IOException {
        if (name == null) {
            sayAll(DataCatalog.standard().sets());
        } else if (isPath(name)) {
            look(Path.of(name));
        } else {
            say(named(name));
        }
        return 0;
    }

    /** A known name comes before a file of that name, as it does in training. */
    private static boolean isPath(String name) {
        return DataCatalog.standard().find(name).isEmpty() && (name.contains("/") || Files.exists(Path.of(name)));
    }

    private void look(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(
                    "there is no file or folder " + path.toAbsolutePath().normalize());
        }
        DataLook look = DataLook.at(path, reading(), cache);
        Path sheet = out == null
                ? cache.root()
                        .resolve("looks")
                        .resolve(path.toAbsolutePath().normalize().getFileName() + ".png")
                : out;
        new LookView(console, path, look, sheet).say(json.isWanted());
    }

    private Reading reading() {
        Map<String, String> all = Setting.map(settings);
        all.putAll(reading.map());
        return Options.of(Reading.standard()).with(all);
    }

    private static DataSet named(String name) {
        DataCatalog catalog = DataCatalog.standard();
        List<String> names = catalog.sets().stream().map(DataSet::name).toList();
        return catalog.find(name)
                .orElseThrow(() -> new IllegalArgumentException(NearestName.message("data", name, names)));
    }

    private void sayAll(List<DataSet> sets) throws IOException {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        Table table = new Table();
        for (DataSet set : sets) {
            all.withArray("data").add(toJson(set));
            table.row(set.name(), set.title(), set.licence(), where(set));
        }
        if (json.isWanted()) {
            console.say(all);
        } else {
            table.lines().forEach(console::say);
        }
    }

    private String where(DataSet set) throws IOException {
        if (!set.opening().origin().isEmpty()) {
            return set.opening().origin();
        }
        return cache.holds(set) ? "here" : megabytes(set.downloadBytes()) + " to fetch";
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }

    private ObjectNode toJson(DataSet set) throws IOException {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", set.name());
        node.put("title", set.title());
        node.put("licence", set.licence());
        node.put("attribution", set.attribution());
        node.put("bytes", set.bytes());
        node.put("downloadBytes", set.downloadBytes());
        node.put("cached", cache.holds(set));
        node.put("origin", set.opening().origin());
        node.put("folder", cache.folder(set).toString());
        set.sources().forEach(source -> node.withArray("sources").add(source.title()));
        return node;
    }

    private void say(DataSet set) throws IOException {
        if (json.isWanted()) {
            console.say(toJson(set));
            return;
        }
        console.say(console.bright(set.name()) + ": " + set.title());
        console.say("");
        Table table = new Table().row("credit", set.attribution()).row("licence", set.licence());
        if (!set.opening().origin().isEmpty()) {
            table.row("sources", set.opening().origin()).lines().forEach(console::say);
            console.say("");
            console.say(set.licenceText().strip());
            return;
        }
        table.row("size", megabytes(set.bytes()) + ", " + megabytes(set.downloadBytes()) + " to fetch")
                .row("sources", set.sources().stream().map(Source::title).collect(Collectors.joining(", ")))
                .row("folder", cache.folder(set) + (cache.holds(set) ? "" : " (not fetched yet)"))
                .lines()
                .forEach(console::say);
        console.say("");
        console.say(set.licenceText().strip());
    }
}
