package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataCatalog;
import dev.elbo.option.NearestName;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import dev.elbo.run.RunDirectory;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins, stops and resumes trainings, each in a process of its own that goes on when the page or the studio is closed. */
final class TrainingResource {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingResource.class);
    private static final int ACCEPTED = 202;

    private final Runs runs;
    private final Trainings trainings;

    TrainingResource(Runs runs, Trainings trainings) {
        this.runs = runs;
        this.trainings = trainings;
    }

    void register(Routes routes) {
        routes.post("/runs", this::begin);
        routes.post("/runs/{run}/stop", this::stop);
        routes.post("/runs/{run}/resume", this::resume);
    }

    private void begin(Context answer) throws IOException {
        Asked asked = Asked.of(answer);
        String recipe = asked.text("recipe");
        String data = data(asked);
        int seed = asked.whole("seed", 1, 0, Integer.MAX_VALUE);
        Map<String, String> settings = asked.map("settings");
        RunConfig config = RunConfig.of(Recipes.named(recipe), data, seed, settings); // refuses what cannot be set
        Path place = made(config);
        List<String> words = new ArrayList<>(List.of("train", recipe, "--data", data, "--seed", String.valueOf(seed)));
        settings.forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
        words.addAll(List.of("--out", place.toString()));
        trainings.start(place, words);
        accept(answer, Objects.requireNonNull(place.getFileName()).toString());
    }

    /** A new directory, which no other studio over the same folder has made. */
    private Path made(RunConfig config) throws IOException {
        Files.createDirectories(runs.catalog().folder());
        while (true) {
            Path place = runs.catalog()
                    .place(config, LocalDateTime.now(ZoneId.systemDefault()))
                    .toAbsolutePath();
            try {
                return Files.createDirectory(place);
            } catch (FileAlreadyExistsException taken) {
                LOG.debug("another studio has just begun {}", place);
            }
        }
    }

    /** The name of a published set, or the data of a run: a page names no path. */
    private String data(Asked asked) throws IOException {
        if (asked.has("dataOf")) {
            return runs.open(asked.text("dataOf")).config().data();
        }
        String name = asked.text("data");
        if (DataCatalog.standard().find(name).isEmpty()) {
            List<String> names = DataCatalog.standard().sets().stream()
                    .map(set -> set.name())
                    .toList();
            throw new IllegalArgumentException(NearestName.message("data set", name, names)
                    + "; data of your own are trained on by './elbo train', and again from here");
        }
        return name;
    }

    private void stop(Context answer) throws IOException {
        String name = answer.pathParam("run");
        runs.open(name).requestStop();
        accept(answer, name);
    }

    private void resume(Context answer) throws IOException {
        String name = answer.pathParam("run");
        Asked asked = Asked.of(answer);
        RunDirectory run = runs.open(name);
        run.requireIdle();
        Path place = run.path().toAbsolutePath();
        List<String> words = new ArrayList<>(List.of("resume", place.toString()));
        if (asked.has("epochs")) {
            words.addAll(List.of("--epochs", String.valueOf(asked.number("epochs", 0, 0, 1e6))));
        }
        trainings.start(place, words);
        accept(answer, name);
    }

    private static void accept(Context answer, String name) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
        Answers.json(answer.status(ACCEPTED), json);
    }
}
