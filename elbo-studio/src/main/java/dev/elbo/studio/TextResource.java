package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.distribution.Writing;
import dev.elbo.exhibit.Piece;
import dev.elbo.exhibit.WrittenSentences;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Texts;
import dev.elbo.model.PickedWords;
import dev.elbo.model.Vae;
import dev.elbo.model.WrittenFrom;
import dev.elbo.tensor.HostArray;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model of text writes: from the prior, on the way between two sentences, in another style, as an answer. */
final class TextResource {
    private static final int MOST_LINES = 50;
    private static final int MOST_TURNS = 40;

    private final Benches benches;

    TextResource(Benches benches) {
        this.benches = benches;
    }

    void register(Routes routes) {
        routes.get(
                "/runs/{run}/text", answer -> Answers.json(answer, bench(answer).ask(TextResource::described)));
        routes.post("/runs/{run}/text/write", answer -> lines(answer, TextResource::write));
        routes.post("/runs/{run}/text/between", answer -> lines(answer, TextResource::between));
        routes.post("/runs/{run}/text/transfer", answer -> lines(answer, TextResource::transfer));
        routes.post("/runs/{run}/text/chat", answer -> lines(answer, TextResource::chat));
    }

    private Bench bench(Context answer) throws IOException {
        return benches.of(answer.pathParam("run"));
    }

    /** What can be asked of the model: only that is offered. */
    private static ObjectNode described(Bench bench) throws IOException {
        Generator generator = bench.model().generator();
        Texts texts = Texts.of(generator);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        boolean answers = texts.before().isPresent();
        json.put("chat", answers);
        json.put("write", !answers);
        json.put(
                "between",
                !generator.model().signature().latents().isEmpty()
                        && generator.model().signature().conditions().isEmpty());
        json.put("keyword", takesKeyword(texts));
        ArrayNode styles = json.putArray("styles");
        texts.styles().forEach(styles::add);
        ObjectNode classes = json.putObject("classes");
        new Handles(generator).classes().forEach((field, names) -> names.forEach(classes.withArray("/" + field)::add));
        return json;
    }

    private static boolean takesKeyword(Texts texts) {
        return texts.model() instanceof Vae vae
                && vae.context() instanceof WrittenFrom from
                && from.source() instanceof PickedWords;
    }

    /** What writes lines. */
    private interface Writer {
        List<String> write(Bench bench, Texts texts, Asked asked) throws IOException;
    }

    private void lines(Context answer, Writer writer) throws IOException {
        Asked asked = Asked.of(answer);
        Answers.json(answer, bench(answer).ask(bench -> {
            Texts texts = Texts.of(bench.model().generator());
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ArrayNode lines = json.putArray("lines");
            writer.write(bench, texts, asked).forEach(lines::add);
            return json;
        }));
    }

    private static int seed(Asked asked) {
        return asked.whole("seed", 1, 0, Integer.MAX_VALUE);
    }

    private static Writing how(Asked asked, double usual) {
        double temperature = asked.number("temperature", usual, 0, 5);
        return temperature == 0 ? Writing.greedy() : Writing.sampled(temperature);
    }

    private static List<String> write(Bench bench, Texts texts, Asked asked) throws IOException {
        WrittenSentences sentences = new WrittenSentences(
                asked.whole("count", 8, 1, MOST_LINES),
                asked.map("given"),
                1,
                how(asked, 1),
                new WrittenSentences.Wish(asked.text("first"), asked.text("keyword"), true),
                seed(asked));
        sentences.obstacle(bench.model().showing()).ifPresent(why -> {
            throw Refusal.conflict(why);
        });
        return ((Piece.Writing) sentences.of(bench.model().showing())).lines();
    }

    private static List<String> between(Bench bench, Texts texts, Asked asked) {
        return texts.between(
                asked.text("from"),
                asked.text("to"),
                asked.whole("steps", 9, 2, MOST_LINES),
                true,
                how(asked, 0),
                seed(asked));
    }

    private static List<String> transfer(Bench bench, Texts texts, Asked asked) {
        texts.requireStyles();
        List<String> given = asked.texts("lines", MOST_LINES);
        texts.requireReadable(given);
        long from = style(texts, asked.text("from"));
        long[] sources = given.stream().mapToLong(line -> from).toArray();
        return texts.transferred(given, sources, style(texts, asked.text("to")), how(asked, 0), seed(asked));
    }

    private static long style(Texts texts, String name) {
        int number = texts.styles().indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException(
                    "the model knows the styles " + String.join(", ", texts.styles()) + "; got '" + name + "'");
        }
        return number;
    }

    private static List<String> chat(Bench bench, Texts texts, Asked asked) throws IOException {
        texts.requireContexts();
        Handles handles = new Handles(bench.model().generator());
        Map<String, HostArray> labels = new LinkedHashMap<>();
        handles.classes().forEach((field, classes) -> labels.put(field, HostArray.of(new long[] {0}, 1)));
        int answers = asked.whole("answers", 1, 1, 5);
        return texts.answers(List.of(asked.texts("turns", MOST_TURNS)), labels, answers, how(asked, 1), seed(asked))
                .get(0);
    }
}
