package dev.elbo.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.run.RunDirectory;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The runs there are: cards, one run with its settings and figures, and what happens, as streams of events. */
final class RunsResource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Runs runs;
    private final RunCards cards;
    private final Benches benches;
    private final Streams streams;

    RunsResource(Runs runs, Benches benches, Streams streams) {
        this.runs = runs;
        this.cards = new RunCards(runs);
        this.benches = benches;
        this.streams = streams;
    }

    void register(Routes routes) {
        routes.get("/runs", answer -> Answers.json(answer, cards.all()));
        routes.stream("/events", client -> new CardsFeed(), streams);
        routes.get("/runs/{run}", answer -> Answers.json(answer, whole(answer.pathParam("run"))));
        routes.stream("/runs/{run}/events", client -> RunFeed.of(runs, client), streams);
        routes.get("/runs/{run}/metrics", answer -> Answers.json(answer, cards.metrics(answer.pathParam("run"))));
        routes.get("/runs/{run}/figures/{figure}", this::figure);
        routes.delete("/runs/{run}", this::delete);
    }

    /** Cards of all runs, whenever something has changed. */
    private final class CardsFeed implements Streams.Feed {
        private String sent = "";

        @Override
        public boolean send(SseClient client) throws IOException {
            String now = cards.all().toString();
            if (!now.equals(sent)) {
                client.sendEvent("runs", now);
                sent = now;
            }
            return true;
        }
    }

    private ObjectNode whole(String name) throws IOException {
        RunDirectory run = runs.open(name);
        ObjectNode json = cards.card(name).deepCopy();
        json.set("config", config(run));
        Trainings.lastWords(run).ifPresent(said -> json.put("said", said));
        json.set("evaluation", evaluation(run));
        ArrayNode figures = json.putArray("figures");
        figures(run).forEach(figures::add);
        return json;
    }

    /** The configuration, with the data's name in the place of where they lie. */
    private static ObjectNode config(RunDirectory run) {
        ObjectNode config = run.config().toJson();
        config.remove("base");
        ((ObjectNode) config.path("data"))
                .put("name", String.valueOf(Path.of(run.config().data()).getFileName()));
        return config;
    }

    private static JsonNode evaluation(RunDirectory run) throws IOException {
        return Files.exists(run.evaluation())
                ? JSON.readTree(run.evaluation().toFile())
                : JsonNodeFactory.instance.nullNode();
    }

    private static List<String> figures(RunDirectory run) throws IOException {
        if (!Files.isDirectory(run.figures())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run.figures())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("[\\w-]+\\.png"))
                    .sorted()
                    .toList();
        }
    }

    private void figure(Context answer) throws IOException {
        RunDirectory run = runs.open(answer.pathParam("run"));
        String asked = answer.pathParam("figure");
        Optional<String> known = figures(run).stream().filter(asked::equals).findFirst();
        String file = known.orElseThrow(() -> Refusal.unknown("the run has no figure of that name; reload the page"));
        Answers.png(answer, Files.readAllBytes(run.figures().resolve(file)));
    }

    private void delete(Context answer) throws IOException {
        String name = answer.pathParam("run");
        RunDirectory run = runs.open(name);
        if (run.isShipped()) {
            throw Refusal.conflict(name + " is a shipped model, and stays");
        }
        run.requireIdle();
        benches.close(name);
        RunFiles.deleteRun(run.path());
        answer.status(204);
    }
}
