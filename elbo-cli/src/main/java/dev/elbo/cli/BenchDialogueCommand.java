package dev.elbo.cli;

import dev.elbo.bench.text.DialogueScore;
import dev.elbo.bench.text.Exchange;
import dev.elbo.bench.text.SentenceWords;
import dev.elbo.bench.text.WordVectors;
import dev.elbo.data.Batch;
import dev.elbo.data.Field;
import dev.elbo.data.Vocabulary;
import dev.elbo.distribution.Writing;
import dev.elbo.generate.Texts;
import dev.elbo.run.Session;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges the answers of a model of dialogues. */
@Command(
        name = "dialogue",
        description = {
            "How near the answers that a run samples to held-out contexts are to those that were given, and how varied.",
            "BLEU: of a sentence, smoothed by the seventh way of Chen and Cherry (2014); recall is that of the best answer, precision"
                    + " that of all on average. distinct, intra: different words, or pairs, of an answer over all; inter: of all"
                    + " answers to one context. embedding: the nearest answer by word vectors, those of the model or of --vectors."
                    + " BLEU-4 of the corpus: of the first answers, unsmoothed, beside that of the contexts' last turns themselves: what"
                    + " rewriting of pairs must surpass."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} bench dialogue last",
            "  ${ROOT-COMMAND-NAME} bench dialogue last --answers 10 --count 500 --vectors glove.txt",
            "  ${ROOT-COMMAND-NAME} bench dialogue last --answers 1 --beam 5",
            "",
            "--json prints {\"contexts\": N, \"answers\": N, \"smoothing\": NAME, \"recall\": [BLEU-1, …, BLEU-4], \"precision\": [BLEU-1,"
                    + " …, BLEU-4], \"intraDistinct\": [D1, D2], \"interDistinct\": [D1, D2], \"words\": W, \"corpusBleu\": B, \"copyBleu\": B, \"embedding\": {\"average\": A,"
                    + " \"greedy\": G, \"extrema\": E}}; all but words from 0 to 1."
        })
final class BenchDialogueCommand implements Callable<Integer> {
    private static final String CONTEXT = "context";
    private static final int AT_ONCE = 200;

    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Option(names = "--answers", paramLabel = "N", description = "Answers to each context. Default: ${DEFAULT-VALUE}.")
    private int answers = 10;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Contexts, the first of the held-out ones. Default: all.")
    private @Nullable Integer count;

    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            description = "Word vectors in word2vec's text format. Default: those of the model.")
    private @Nullable Path vectors;

    @Option(names = "--seed", paramLabel = "S", description = "Another seed, other answers. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private final GivenWriting writing = new GivenWriting();

    @Mixin
    private final Json json = new Json();

    BenchDialogueCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--answers", 1, 1000).require(answers);
        Writing how = writing.writing(1);
        try (Session session = run.load()) {
            Texts texts = Texts.of(session.generator());
            requireContexts(session);
            Optional<WordVectors> known = vectors(session, texts.tokens().vocabulary());
            json.say(DialogueScore.of(exchanges(session, texts, how), known), console);
        }
        return 0;
    }

    private static void requireContexts(Session session) {
        if (!session.model().signature().conditions().contains(CONTEXT)
                || !(session.spec().fields().get(CONTEXT) instanceof Field.Tokens)) {
            throw new IllegalArgumentException("the run's model answers nothing: it is given "
                    + session.model().signature().conditions() + ", and no " + CONTEXT + ". Train dialogue-cvae");
        }
    }

    private List<Exchange> exchanges(Session session, Texts texts, Writing how) {
        return session.with(session.heldOut(), examples -> {
            if (count != null) {
                new Range("--count", 1, examples.size()).require(count);
            }
            long contexts = count == null ? examples.size() : count;
            List<Exchange> exchanges = new ArrayList<>();
            int each = Math.max(1, AT_ONCE / answers);
            for (long first = 0; first < contexts; first += each) {
                Batch some = session.batch(examples, first, Math.min(each, contexts - first));
                exchanges.addAll(answered(session, texts, some, how, seed + first));
                console.status(
                        width -> String.format(Locale.ROOT, "answering: %.0f %%", 100.0 * exchanges.size() / contexts));
            }
            return exchanges;
        });
    }

    /** Each context is given as often as it is answered. */
    private List<Exchange> answered(Session session, Texts texts, Batch some, Writing how, long drawn) {
        SentenceWords words = new SentenceWords(texts.tokens().vocabulary());
        List<List<String>> references = words.read(some.get(texts.field()).toHost());
        List<List<String>> asked = words.readLast(some.get(CONTEXT).toHost());
        Map<String, HostArray> given = new LinkedHashMap<>();
        session.model()
                .signature()
                .conditions()
                .forEach(field -> given.put(field, repeated(some.get(field).toHost())));
        List<List<String>> written = words.split(texts.samples(references.size() * answers, given, 1, how, drawn));
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            exchanges.add(new Exchange(
                    asked.get(i), List.of(references.get(i)), written.subList(i * answers, (i + 1) * answers)));
        }
        return exchanges;
    }

    private HostArray repeated(HostArray rows) {
        List<HostArray> all = new ArrayList<>();
        for (int i = 0; i < rows.shape().size(0); i++) {
            all.addAll(Collections.nCopies(answers, rows.rows(i, i + 1)));
        }
        return HostArray.concat(all);
    }

    private Optional<WordVectors> vectors(Session session, Vocabulary vocabulary) throws IOException {
        if (vectors == null) {
            return session.model().state().entrySet().stream()
                    .filter(tensor -> tensor.getKey().endsWith("embedding.weight")
                            && tensor.getValue().size(0) == vocabulary.size())
                    .findFirst()
                    .map(tensor -> WordVectors.of(vocabulary, tensor.getValue().toHost()));
        }
        Set<String> words = new HashSet<>();
        vocabulary.words().forEach(word -> words.add(word.text()));
        WordVectors read = WordVectors.read(vectors, words::contains);
        console.note(String.format(Locale.ROOT, "%s has vectors of %,d of %s", vectors, read.size(), vocabulary));
        return Optional.of(read);
    }
}
