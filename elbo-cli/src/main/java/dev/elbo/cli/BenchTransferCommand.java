package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.bench.text.SentenceWords;
import dev.elbo.bench.text.StyleClassifier;
import dev.elbo.bench.text.StyledSentences;
import dev.elbo.bench.text.TransferJudge;
import dev.elbo.bench.text.TransferScore;
import dev.elbo.bench.text.TrigramModel;
import dev.elbo.data.DataSource;
import dev.elbo.data.Field;
import dev.elbo.data.Reading;
import dev.elbo.data.Split;
import dev.elbo.distribution.Writing;
import dev.elbo.generate.Texts;
import dev.elbo.option.NearestName;
import dev.elbo.option.Options;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges sentences that were said again in another style. */
@Command(
        name = "transfer",
        description = {
            "How well a run of recipe style-vae, or others, say sentences again in another style.",
            "accuracy: sentences that a classifier takes for the style asked for. self-BLEU: corpus BLEU-4 to what was given."
                    + " BLEU: corpus BLEU-4 to one reference, and to all. perplexity: of an interpolated trigram model; low is generic"
                    + " as well as fluent. overlap: words in common with what was given. Classifier and trigram model learn from"
                    + " --data, without the sentences that are said again. The row 'copy' is the sentences themselves."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} bench transfer last",
            "  ${ROOT-COMMAND-NAME} bench transfer last --sources test --references references --outputs outputs",
            "  ${ROOT-COMMAND-NAME} bench transfer --outputs outputs --sources test --references references --data train.tsv",
            "",
            "Files are folders with a file for each style, whose name has the style or its number between points, as in test.0 and"
                    + " reference2.positive: the style of the sentences that are given. Or files of lines in the order of the"
                    + " sentences, with a column for each reference, parted by tabs. --outputs may be a folder of such folders.",
            "",
            "--json prints {\"styles\": [STYLE, …], \"sentences\": N, \"references\": N, \"judge\": {\"accuracy\": A, \"heldOut\": N,"
                    + " \"training\": N}, \"systems\": [{\"system\": NAME, \"accuracy\": A, \"selfBleu\": B, \"oneReference\": B,"
                    + " \"allReferences\": B, \"perplexity\": P, \"overlap\": O}, …]}; shares and BLEU are from 0 to 1."
        })
final class BenchTransferCommand implements Callable<Integer> {
    private static final int AT_ONCE = 64;

    /** Of the sentences to learn from, one in so many is held out to judge the judge, where the data hold out none. */
    private static final int HELD_OUT = 50;

    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "A run: its directory, its name in $$ELBO_RUNS or else ./runs, or 'last'. Default: files alone.")
    private @Nullable String run;

    @Mixin
    private final TransferFiles files = new TransferFiles();

    @Option(
            names = "--data",
            paramLabel = "DATA",
            completionCandidates = Names.OfData.class,
            description = "Text with labels to learn from. Default: the run's data.")
    private @Nullable String data;

    @Option(
            names = "--tokens",
            paramLabel = "TOKENS",
            description = "What words are, without a run: words, spaces or characters. Default: ${DEFAULT-VALUE}.")
    private String tokens = "spaces";

    @Option(
            names = "--to",
            paramLabel = "STYLE",
            description = "The style to be written in; sentences that have it are left out. Default: the other one, where"
                    + " there are two.")
    private @Nullable String to;

    @Mixin
    private final GivenWriting writing = new GivenWriting();

    @Option(names = "--seed", paramLabel = "S", description = "Of the classifier's training, and of words that are drawn."
            + " Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private final Json json = new Json();

    @Mixin
    private final Workplace workplace;

    BenchTransferCommand(Console console) {
        this.console = console;
        this.workplace = new Workplace(console);
    }

    @Override
    public Integer call() throws IOException {
        Writing how = writing.writing(0);
        if (run == null) {
            files.requireAll(data != null);
            Reading reading = Options.of(Reading.standard()).with(Map.of("tokens", tokens));
            say(judged(workplace.text(String.valueOf(data), reading.texts(1000, 1, 1)), Optional.empty()));
            return 0;
        }
        RunDirectory directory = chosen(run);
        DataSource text = workplace.wholeText(directory);
        try (Opened opened = workplace.openedWithoutData(directory)) {
            Texts texts = Texts.of(opened.showing().generator());
            texts.requireStyles();
            say(judged(text, Optional.of(new Transferring(directory.path().getFileName().toString(), texts, how))));
        }
        return 0;
    }

    private RunDirectory chosen(String name) throws IOException {
        RunDirectory directory = RunCatalog.of(System.getenv()).open(name);
        return data == null
                ? directory
                : new RunDirectory(directory.path(), directory.config().withData(DataFiles.name(data)));
    }

    private record Transferring(String name, Texts texts, Writing how) {}

    /** What was judged, and by whom. */
    private record Judged(
            StyledSentences sources, int references, double accuracy, int heldOut, int training, List<TransferScore> systems) {}

    private Judged judged(DataSource text, Optional<Transferring> model) throws IOException {
        StyledSentences all = StyledSentences.of(text.train(), text.spec());
        SentenceWords words = new SentenceWords(((Field.Tokens) text.spec().field("text")).vocabulary());
        Optional<Split> split = text.test().or(text::validation);
        StyledSentences given = files.sources(
                all.names(), words, split.map(test -> StyledSentences.of(test, text.spec())), text.spec().name());
        IntPredicate isAsked = asked(given);
        StyledSentences sources = given.where(isAsked);
        List<Integer> asked = sources.styles().stream().map(style -> target(style, given.names())).toList();
        List<List<List<String>>> references = StyledSentences.where(files.references(given, words), isAsked);
        Map<String, List<String>> systems = files.outputs(given);

        StyledSentences known = all.without(sources.sentences());
        if (known.size() < all.size()) {
            console.note(String.format(
                    Locale.ROOT,
                    "left out of what classifier and trigram model learn from, since they are said again: %s",
                    Quantity.of(all.size() - known.size(), "sentence")));
        }
        StyledSentences held = split.map(rest -> StyledSentences.of(rest, text.spec()).without(sources.sentences()))
                .filter(rest -> rest.size() > 0)
                .orElseGet(() -> known.where(i -> i % HELD_OUT == 0));
        StyledSentences training = known.without(held.sentences());
        StyleClassifier classifier = StyleClassifier.train(training, seed, done -> show("training the classifier", done));
        TransferJudge judge = new TransferJudge(
                classifier, new TrigramModel(training.sentences()), sources.sentences(), asked, references);

        List<TransferScore> scores = new ArrayList<>();
        scores.add(judge.judge("copy", sources.sentences()));
        if (model.isPresent()) {
            scores.add(judge.judge(model.get().name(), words.split(written(model.get(), sources, asked, words))));
        }
        systems.forEach((name, lines) -> {
            console.status(width -> "judging " + name);
            scores.add(judge.judge(name, words.split(StyledSentences.where(lines, isAsked))));
        });
        return new Judged(
                sources,
                references.isEmpty() ? 0 : references.get(0).size(),
                classifier.accuracy(held.sentences(), held.styles()),
                held.size(),
                training.size(),
                scores);
    }

    private IntPredicate asked(StyledSentences given) {
        if (to == null && given.names().size() != 2) {
            throw new IllegalArgumentException("the styles are " + given.names() + ": say with --to which one is written");
        }
        int written = to == null ? -1 : style(given.names());
        return i -> given.styles().get(i) != written;
    }

    private int target(int style, List<String> names) {
        return to == null ? 1 - style : style(names);
    }

    private int style(List<String> names) {
        int style = names.indexOf(String.valueOf(to));
        if (style < 0) {
            throw new IllegalArgumentException("--to: " + NearestName.message("style", String.valueOf(to), names));
        }
        return style;
    }

    /** The sentences said again, in their order; those of one style together, a few at a time. */
    private List<String> written(Transferring model, StyledSentences sources, List<Integer> asked, SentenceWords words) {
        List<String> lines = sources.sentences().stream().map(words::join).toList();
        model.texts().requireReadable(lines); // before the first is written
        Map<Integer, String> written = new HashMap<>();
        for (int style = 0; style < sources.names().size(); style++) {
            List<Integer> rows = rows(sources, style);
            for (int first = 0; first < rows.size(); first += AT_ONCE) {
                List<Integer> some = rows.subList(first, Math.min(rows.size(), first + AT_ONCE));
                long[] from = new long[some.size()];
                Arrays.fill(from, style);
                List<String> again = model.texts()
                        .transferred(
                                some.stream().map(lines::get).toList(), from, asked.get(some.get(0)), model.how(), seed + first);
                for (int i = 0; i < again.size(); i++) {
                    written.put(some.get(i), again.get(i));
                }
                show("writing", (double) written.size() / lines.size());
            }
        }
        List<String> inOrder = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            inOrder.add(String.valueOf(written.get(i)));
        }
        return inOrder;
    }

    private static List<Integer> rows(StyledSentences sources, int style) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.styles().get(i) == style) {
                rows.add(i);
            }
        }
        return rows;
    }

    private void show(String what, double done) {
        console.status(width -> String.format(Locale.ROOT, "%s: %.0f %%", what, 100 * done));
    }

    private void say(Judged judged) {
        if (json.isWanted()) {
            console.say(toJson(judged));
            return;
        }
        console.note(String.format(
                Locale.ROOT,
                "the classifier learned from %,d sentences, and is right on %.1f %% of %,d others",
                judged.training(),
                100 * judged.accuracy(),
                judged.heldOut()));
        Table table = new Table()
                .row(
                        Quantity.of(judged.sources().size(), "sentence"),
                        "accuracy",
                        "self-BLEU",
                        "BLEU, 1 ref.",
                        "BLEU, " + Math.max(1, judged.references()) + " ref.",
                        "perplexity",
                        "overlap");
        judged.systems()
                .forEach(score -> table.row(
                        score.system(),
                        percent(score.accuracy()),
                        percent(score.selfBleu()),
                        percent(score.oneReference()),
                        percent(score.allReferences()),
                        String.format(Locale.ROOT, "%.0f", score.perplexity()),
                        percent(score.overlap())));
        table.lines().forEach(console::say);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static ObjectNode toJson(Judged judged) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        judged.sources().names().forEach(all.putArray("styles")::add);
        all.put("sentences", judged.sources().size()).put("references", judged.references());
        all.putObject("judge")
                .put("accuracy", judged.accuracy())
                .put("heldOut", judged.heldOut())
                .put("training", judged.training());
        judged.systems().stream().map(TransferScore::toJson).forEach(all.putArray("systems")::add);
        return all;
    }
}
