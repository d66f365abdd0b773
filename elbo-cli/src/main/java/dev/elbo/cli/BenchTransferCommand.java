package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.bench.text.SentenceWords;
import dev.elbo.bench.text.StyledSentences;
import dev.elbo.bench.text.TransferJudge;
import dev.elbo.bench.text.TransferScore;
import dev.elbo.bench.text.TransferTask;
import dev.elbo.data.DataSource;
import dev.elbo.data.Reading;
import dev.elbo.distribution.Writing;
import dev.elbo.generate.Texts;
import dev.elbo.option.Options;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges sentences that were said again in another style. */
@Command(
        name = "transfer",
        description = {
            "How well a run of style-vae or latent-style-vae, or others, say sentences again in another style.",
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

    /** Words of the longest sentence that is learned from, without a run. */
    private static final int LONGEST = 100;

    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description =
                    "A run: its directory, its name in $$ELBO_RUNS or else ./runs, 'last' or 'model:NAME'. Default: files alone.")
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
            description =
                    "The style to be written in; sentences that have it are left out. Default: the other one, where"
                            + " there are two.")
    private @Nullable String to;

    @Mixin
    private final GivenWriting writing = new GivenWriting();

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of the classifier's training, and of words that are drawn." + " Default: ${DEFAULT-VALUE}.")
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
            judge(workplace.wholeText(String.valueOf(data), reading.texts(LONGEST, 1, 1)), Optional.empty());
            return 0;
        }
        RunDirectory directory = chosen(run);
        try (Opened opened = workplace.openedWithoutData(directory)) {
            Texts texts = Texts.of(opened.showing().generator());
            texts.requireStyles();
            String name = directory.path().getFileName().toString();
            judge(workplace.wholeText(directory), Optional.of(new Transferring(name, texts, how)));
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

    private void judge(DataSource text, Optional<Transferring> model) throws IOException {
        StyledSentences all = StyledSentences.of(text.train(), text.spec());
        Optional<StyledSentences> others =
                text.test().or(text::validation).map(split -> StyledSentences.of(split, text.spec()));
        SentenceWords words = SentenceWords.of(text.spec());
        StyledSentences given =
                files.sources(all.names(), words, others, text.spec().name());
        TransferTask task = TransferTask.of(given, Optional.ofNullable(to));
        List<List<List<String>>> references =
                files.references(given, words).map(task::of).orElse(List.of());
        Map<String, List<String>> systems = files.outputs(given); // what is wrong is said before minutes are spent
        TransferJudge judge =
                TransferJudge.train(all, others, task, references, seed, done -> show("training the classifier", done));
        List<TransferScore> scores = new ArrayList<>();
        scores.add(judge.judge("copy", task.sources()));
        model.ifPresent(run -> scores.add(judge.judge(run.name(), words.split(written(run, task, words)))));
        systems.forEach((name, lines) -> {
            console.status(width -> "judging " + name);
            scores.add(judge.judge(name, words.split(task.of(lines))));
        });
        say(judge, scores);
    }

    /** The sentences said again, in their order; those of one style together, a few at a time. */
    private List<String> written(Transferring model, TransferTask task, SentenceWords words) {
        List<String> lines = task.sources().stream().map(words::join).toList();
        model.texts().requireReadable(lines); // before the first is written
        List<Integer> styles = task.of(task.given().styles());
        String[] written = new String[lines.size()];
        int done = 0;
        for (int style = 0; style < task.given().names().size(); style++) {
            int from = style;
            List<Integer> rows = IntStream.range(0, written.length)
                    .filter(i -> styles.get(i) == from)
                    .boxed()
                    .toList();
            for (int first = 0; first < rows.size(); first += AT_ONCE) {
                List<Integer> some = rows.subList(first, Math.min(rows.size(), first + AT_ONCE));
                List<String> again = model.texts()
                        .transferred(
                                some.stream().map(lines::get).toList(),
                                some.stream().mapToLong(row -> from).toArray(),
                                task.asked().get(some.get(0)),
                                model.how(),
                                seed + first);
                for (int i = 0; i < again.size(); i++) {
                    written[some.get(i)] = again.get(i);
                }
                done += some.size();
                show("writing", (double) done / written.length);
            }
        }
        return List.of(written);
    }

    private void show(String what, double done) {
        console.status(width -> String.format(Locale.ROOT, "%s: %.0f %%", what, 100 * done));
    }

    private void say(TransferJudge judge, List<TransferScore> scores) {
        if (json.isWanted()) {
            console.say(toJson(judge, scores));
            return;
        }
        console.note(String.format(
                Locale.ROOT,
                "the classifier learned from %,d sentences, and is right on %.1f %% of %,d others",
                judge.training(),
                100 * judge.accuracy(),
                judge.heldOut().size()));
        Table table = new Table();
        String sentences = Quantity.of(judge.task().rows().size(), "sentence");
        row(
                table,
                judge,
                sentences,
                "accuracy",
                "self-BLEU",
                "overlap",
                "perplexity",
                "BLEU, 1 ref.",
                "BLEU, " + judge.referenceCount() + " ref.");
        scores.forEach(score -> row(
                table,
                judge,
                score.system(),
                percent(score.accuracy()),
                percent(score.selfBleu()),
                percent(score.overlap()),
                String.format(Locale.ROOT, "%.0f", score.perplexity()),
                percent(score.oneReference()),
                percent(score.allReferences())));
        table.lines().forEach(console::say);
    }

    /** The last two cells are of references: of one both are the same. */
    private static void row(Table table, TransferJudge judge, String... cells) {
        table.row(Arrays.copyOf(cells, cells.length - 2 + Math.min(2, judge.referenceCount())));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static ObjectNode toJson(TransferJudge judge, List<TransferScore> scores) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        judge.task().given().names().forEach(all.putArray("styles")::add);
        all.put("sentences", judge.task().rows().size()).put("references", judge.referenceCount());
        all.putObject("judge")
                .put("accuracy", judge.accuracy())
                .put("heldOut", judge.heldOut().size())
                .put("training", judge.training());
        scores.stream().map(TransferScore::toJson).forEach(all.putArray("systems")::add);
        return all;
    }
}
