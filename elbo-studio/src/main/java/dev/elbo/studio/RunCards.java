package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataSpec;
import dev.elbo.figure.Metrics;
import dev.elbo.recipe.Card;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.RunStatus;
import dev.elbo.run.RunSummary;
import dev.elbo.run.ShippedModel;
import dev.elbo.run.ShippedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A run as a card: what it is, how far it is, and its curve in few points. What is made of files that have not changed is kept. */
final class RunCards {
    private static final int MOST_POINTS = 120;
    private static final int MOST_OF_TERM = 1000;
    private static final String LOSS = "negElbo";

    private final Runs runs;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    /** @param stamp changes when a file of the run does */
    private record Kept(String stamp, ObjectNode card) {}

    RunCards(Runs runs) {
        this.runs = runs;
    }

    /** All cards; a run that cannot be read has one that says why. */
    ObjectNode all() throws IOException {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode array = all.putArray("runs");
        List<String> names = runs.names();
        for (String name : names) {
            cardOrProblem(name).ifPresent(array::add);
        }
        kept.keySet().retainAll(names);
        return all;
    }

    /** Nothing of a run that was deleted since its name was read. */
    private Optional<ObjectNode> cardOrProblem(String name) {
        try {
            return Optional.of(card(name, runs.listed(name)));
        } catch (NoSuchFileException deleted) {
            return Optional.empty();
        } catch (IOException unreadable) {
            if (!RunDirectory.isRun(runs.place(name))) {
                return Optional.empty();
            }
            return Optional.of(JsonNodeFactory.instance
                    .objectNode()
                    .put("name", name)
                    .put("problem", String.valueOf(unreadable.getMessage())));
        }
    }

    /** The card of a run. */
    ObjectNode card(String name) throws IOException {
        return card(name, runs.open(name));
    }

    private ObjectNode card(String name, RunDirectory run) throws IOException {
        String stamp = RunFeed.stamp(run.path().resolve("config.json"))
                + RunFeed.stamp(run.metrics())
                + RunFeed.stamp(run.status())
                + RunFeed.stamp(run.evaluation())
                + RunStatus.of(run).state();
        Kept before = kept.get(name);
        if (before != null && before.stamp.equals(stamp)) {
            return before.card;
        }
        ObjectNode card = run.isShipped() ? ofModel(name, run) : ofRun(run);
        kept.put(name, new Kept(stamp, card));
        return card;
    }

    private ObjectNode ofModel(String name, RunDirectory run) throws IOException {
        ShippedModel model = runs.catalog().models().model(name);
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", ShippedModels.PREFIX + model.name())
                .put("shipped", true)
                .put("about", model.about())
                .put("credit", model.attribution())
                .put("licence", model.licence())
                .put("measured", model.figures())
                .put("recipe", run.config().recipe().name())
                .put("data", model.data())
                .put("status", "shipped")
                .put("makes", makes(run));
    }

    private static ObjectNode ofRun(RunDirectory run) throws IOException {
        ObjectNode card = RunSummary.of(run).toJson();
        card.remove("path"); // a browser has no use for where it lies
        card.put("data", String.valueOf(Path.of(run.config().data()).getFileName()));
        card.put("shipped", false).put("makes", makes(run));
        card.set("curve", curve(run));
        return card;
    }

    /** What the model makes: pictures, text, speech or rows of numbers. */
    private static String makes(RunDirectory run) throws IOException {
        Card.Group group = run.config().recipe().card().group();
        if (group == Card.Group.TEXT || group == Card.Group.SPEECH) {
            return group == Card.Group.TEXT ? "text" : "speech";
        }
        Optional<DataSpec> spec = run.spec();
        return spec.isPresent() && spec.get().hasImages() ? "images" : "numbers";
    }

    private static ObjectNode curve(RunDirectory run) throws IOException {
        Metrics metrics = Files.exists(run.metrics()) ? Metrics.read(run.metrics()) : Metrics.none();
        ObjectNode curve = JsonNodeFactory.instance.objectNode();
        curve.set("train", points(metrics.training()));
        curve.set(
                "validation",
                points(metrics.evaluated().values().stream().findFirst().orElse(List.of())));
        return curve;
    }

    /** All terms of a run, in at most a thousand points each: [step, epoch, value]. */
    ObjectNode metrics(String name) throws IOException {
        RunDirectory run = runs.open(name);
        Metrics metrics = Files.exists(run.metrics()) ? Metrics.read(run.metrics()) : Metrics.none();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        terms(json.putObject("training"), metrics.training());
        terms(json.putObject("validation"), metrics.evaluated().getOrDefault("validation", List.of()));
        return json;
    }

    private static void terms(ObjectNode json, List<Metrics.Point> all) {
        int count = Math.min(MOST_OF_TERM, all.size());
        for (int i = 1; i <= count; i++) {
            Metrics.Point point = all.get((int) ((long) i * all.size() / count) - 1);
            point.terms().forEach((term, value) -> {
                if (Double.isFinite(value)) {
                    json.withArray("/" + term)
                            .addArray()
                            .add(point.step())
                            .add(point.epoch())
                            .add(value);
                }
            });
        }
    }

    /** [step, value] of points spread evenly, the last among them. */
    private static ArrayNode points(List<Metrics.Point> all) {
        ArrayNode some = JsonNodeFactory.instance.arrayNode();
        int count = Math.min(MOST_POINTS, all.size());
        for (int i = 1; i <= count; i++) {
            Metrics.Point point = all.get((int) ((long) i * all.size() / count) - 1);
            double value = point.term(LOSS);
            if (Double.isFinite(value)) {
                some.addArray().add(point.step()).add(value);
            }
        }
        return some;
    }
}
