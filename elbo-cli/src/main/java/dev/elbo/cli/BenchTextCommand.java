package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.bench.text.SentenceSetScore;
import dev.elbo.bench.text.SentenceWords;
import dev.elbo.bench.text.TrigramModel;
import dev.elbo.distribution.Writing;
import dev.elbo.exhibit.Exhibit;
import dev.elbo.exhibit.Piece;
import dev.elbo.exhibit.Showing;
import dev.elbo.exhibit.WrittenSentences;
import dev.elbo.generate.Texts;
import dev.elbo.run.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges sentences that a model wrote. */
@Command(
        name = "text",
        description = {
            "How varied, long, fluent and new the sentences are that a run writes, beside as many held-out ones.",
            "self-BLEU: the mean BLEU-4 of a sentence to all others; lower is more varied. distinct: different words, or pairs of"
                    + " words, over all. words: of a sentence. known: sentences that are in the training set word for word."
                    + " perplexity: of an interpolated trigram model of the training set. Compare runs at the same --count."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} bench text last",
            "  ${ROOT-COMMAND-NAME} bench text last --count 500 --temperature 0.8",
            "",
            "--json prints {\"written\": SET, \"heldOut\": SET}, where SET is {\"sentences\": N, \"selfBleu\": B, \"distinct1\": D,"
                    + " \"distinct2\": D, \"words\": W, \"known\": K, \"perplexity\": P}; shares and BLEU are from 0 to 1."
        })
final class BenchTextCommand implements Callable<Integer> {
    private static final int AT_ONCE = 100;

    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Option(names = "--count", paramLabel = "N", description = "Sentences. Default: ${DEFAULT-VALUE}.")
    private int count = 1000;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Another seed, other sentences. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private final GivenWriting writing = new GivenWriting();

    @Mixin
    private final Json json = new Json();

    BenchTextCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--count", 2, 100_000).require(count);
        Writing how = writing.writing(1);
        try (Session session = run.load()) {
            Texts texts = Texts.of(session.generator());
            SentenceWords words = new SentenceWords(texts.tokens().vocabulary());
            List<List<String>> real = sentences(session, session.heldOut(), texts.field(), words);
            List<List<String>> written = words.split(written(session.showing(), how));
            List<List<String>> training = sentences(session, "train", texts.field(), words);
            console.status(width -> "judging");
            Set<List<String>> known = new HashSet<>(training);
            TrigramModel fluency = new TrigramModel(training);
            say(
                    SentenceSetScore.of(written, known, fluency),
                    SentenceSetScore.of(real.subList(0, Math.min(count, real.size())), known, fluency),
                    session.heldOut());
        }
        return 0;
    }

    private static List<List<String>> sentences(Session session, String split, String field, SentenceWords words) {
        return words.read(session.with(
                split,
                examples ->
                        session.batch(examples, 0, examples.size()).get(field).toHost()));
    }

    private List<String> written(Showing showing, Writing how) {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            int some = Math.min(AT_ONCE, count - lines.size());
            Exhibit sentences =
                    new WrittenSentences(some, Map.of(), 1, how, WrittenSentences.Wish.none(), seed + lines.size());
            if (sentences.of(showing) instanceof Piece.Writing piece) {
                lines.addAll(piece.lines());
            }
            console.status(width -> String.format(Locale.ROOT, "writing: %.0f %%", 100.0 * lines.size() / count));
        }
        return lines;
    }

    private void say(SentenceSetScore written, SentenceSetScore real, String split) {
        if (json.isWanted()) {
            ObjectNode both = JsonNodeFactory.instance.objectNode();
            both.set("written", written.toJson());
            both.set("heldOut", real.toJson());
            console.say(both);
            return;
        }
        Table table = new Table()
                .row("", "sentences", "self-BLEU", "distinct-1", "distinct-2", "words", "known", "perplexity");
        row(table, "written", written);
        row(table, split, real);
        table.lines().forEach(console::say);
    }

    private static void row(Table table, String name, SentenceSetScore score) {
        table.row(
                name,
                String.format(Locale.ROOT, "%,d", score.sentences()),
                percent(score.selfBleu()),
                percent(score.distinct1()),
                percent(score.distinct2()),
                String.format(Locale.ROOT, "%.1f", score.words()),
                percent(score.known()),
                String.format(Locale.ROOT, "%.0f", score.perplexity()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
