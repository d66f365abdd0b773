package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataCache;
import dev.elbo.data.DataCatalog;
import dev.elbo.data.DataLook;
import dev.elbo.data.DataSet;
import dev.elbo.data.Reading;
import dev.elbo.exhibit.DataGlimpse;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.Fitting;
import dev.elbo.run.RunDirectory;
import dev.elbo.tensor.HostArray;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What data are, before a training on them is begun: fields, counts, classes, what was passed over, and some examples. */
final class LookResource {
    private static final int SHOWN = 16;
    private static final int KEPT = 8;

    private final Runs runs;
    private final Map<String, String> environment;
    private final Map<String, ObjectNode> kept = new LinkedHashMap<>();

    LookResource(Runs runs, Map<String, String> environment) {
        this.runs = runs;
        this.environment = environment;
    }

    void register(Routes routes) {
        routes.get("/data/look", this::look);
    }

    private void look(Context answer) throws IOException {
        Optional<String> run = Optional.ofNullable(answer.queryParam("run"));
        Optional<String> set = Optional.ofNullable(answer.queryParam("set"));
        if (run.isPresent() == set.isPresent()) {
            throw new IllegalArgumentException(
                    "say which data: set=NAME of a published set, or run=NAME of a run whose data are meant");
        }
        Answers.json(answer, run.isPresent() ? ofRun(run.get()) : ofSet(set.get()));
    }

    private ObjectNode ofSet(String name) throws IOException {
        DataSet set = DataCatalog.standard()
                .find(name)
                .orElseThrow(() -> Refusal.unknown("there is no published set '" + name + "'"));
        DataCache cache = DataCache.of(environment, event -> {});
        if (!cache.holds(set) && set.opening().isSupplied()) {
            throw Refusal.conflict(
                    name + " is not on this machine: " + set.opening().origin());
        }
        return cache.holds(set)
                ? keep(
                        "set " + name,
                        () -> DataLook.ofPublished(
                                DataCatalog.standard().open(name, cache, Reading.standard()), Reading.standard()))
                : notFetched(set);
    }

    /** Nothing is fetched to look at it. */
    private static ObjectNode notFetched(DataSet set) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("fetched", false)
                .put("downloadBytes", set.downloadBytes())
                .put("title", set.title())
                .put("licence", set.licence())
                .put("credit", set.attribution());
    }

    private ObjectNode ofRun(String name) throws IOException {
        RunDirectory run = runs.open(name);
        String data = run.config().data();
        if (DataCatalog.standard().find(data).isPresent()) {
            return ofSet(data);
        }
        if (run.isShipped() || !Files.exists(Path.of(data))) {
            throw Refusal.conflict(
                    "the data of run " + name + " are not where they were; put them back, or choose others");
        }
        DataCache cache = DataCache.of(environment, event -> {});
        String stamp = "run " + name + " " + Files.getLastModifiedTime(Path.of(data));
        return keep(stamp, () -> DataLook.at(Path.of(data), run.config().reading(), cache));
    }

    /** A way to a look that may take seconds. */
    @FunctionalInterface
    private interface Looking {
        DataLook at() throws IOException;
    }

    /** One look at a time, and each once. */
    private synchronized ObjectNode keep(String key, Looking looking) throws IOException {
        ObjectNode before = kept.get(key);
        if (before != null) {
            return before;
        }
        DataLook look = looking.at();
        ObjectNode json = told(look);
        if (kept.size() >= KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(key, json);
        return json;
    }

    private static ObjectNode told(DataLook look) {
        ObjectNode json = look.toJson();
        json.put("fetched", true);
        ObjectNode suits = json.putObject("suits");
        Fitting.ofEach(Recipes.all(), look.source()).forEach((recipe, fitting) -> {
            ObjectNode settings = suits.putObject(recipe);
            fitting.settings().forEach(settings::put);
        });
        DataGlimpse glimpse = DataGlimpse.of(look.source(), SHOWN);
        glimpse.images().ifPresent(images -> show(images, json.putObject("examples")));
        if (!json.has("examples")) {
            glimpse.lines().ifPresent(lines -> lines.forEach(json.withArray("/lines")::add));
        }
        return json;
    }

    private static void show(HostArray images, ObjectNode json) {
        json.put("channels", images.shape().size(1))
                .put("height", images.shape().size(2))
                .put("width", images.shape().size(3))
                .put("count", images.shape().size(0))
                .put("pixels", Base64.getEncoder().encodeToString(PictureBytes.of(images)));
    }
}
