package dev.elbo.bench.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.bench.Finding;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How near sampled answers are to those that were given, and how varied they are: each figure is the mean over contexts. BLEU is that of
 * a sentence, smoothed by {@link Smoothing#NEIGHBOURS}; {@code corpus} and {@code copy} are of all contexts together, unsmoothed.
 *
 * @param contexts how many
 * @param answers to each
 * @param recall BLEU-1 to BLEU-4 of the best answer
 * @param precision BLEU-1 to BLEU-4 of an answer on average
 * @param within {@link Distinct#within}: distinct-1 and distinct-2 of an answer, <em>intra</em>
 * @param among {@link Distinct}: distinct-1 and distinct-2 of all answers to one context, <em>inter</em>
 * @param words of an answer on average
 * @param corpus corpus BLEU-4 of the first answer to each context, as tables of rewriting have it
 * @param copy corpus BLEU-4 of the contexts' last turns, taken for answers
 * @param similarity of the nearest answer, by word vectors; empty if there are none
 */
public record DialogueScore(
        int contexts,
        int answers,
        List<Double> recall,
        List<Double> precision,
        List<Double> within,
        List<Double> among,
        double words,
        double corpus,
        double copy,
        Map<EmbeddingSimilarity, Double> similarity)
        implements Finding {
    private static final int ORDERS = 4;

    /** Copies the lists. */
    public DialogueScore {
        recall = List.copyOf(recall);
        precision = List.copyOf(precision);
        within = List.copyOf(within);
        among = List.copyOf(among);
        similarity = Map.copyOf(similarity);
    }

    /**
     * Judges answers.
     *
     * @throws IllegalArgumentException if there is no exchange
     */
    public static DialogueScore of(List<Exchange> exchanges, Optional<WordVectors> vectors) {
        if (exchanges.isEmpty()) {
            throw new IllegalArgumentException("there is no answer to judge");
        }
        List<DialogueScore> each =
                exchanges.parallelStream().map(one -> of(one, vectors)).toList();
        Map<EmbeddingSimilarity, Double> similarity = new EnumMap<>(EmbeddingSimilarity.class);
        each.get(0)
                .similarity
                .keySet()
                .forEach(kind ->
                        similarity.put(kind, mean(each, one -> Objects.requireNonNull(one.similarity.get(kind)))));
        return new DialogueScore(
                each.size(),
                each.get(0).answers,
                means(each, DialogueScore::recall),
                means(each, DialogueScore::precision),
                means(each, DialogueScore::within),
                means(each, DialogueScore::among),
                mean(each, DialogueScore::words),
                corpus(exchanges, exchange -> exchange.answers().get(0)),
                corpus(exchanges, Exchange::asked),
                similarity);
    }

    private static double corpus(List<Exchange> exchanges, Function<Exchange, List<String>> written) {
        return Bleu.corpus(
                        exchanges.stream().map(written).toList(),
                        exchanges.stream().map(Exchange::references).toList())
                .score(ORDERS);
    }

    private static DialogueScore of(Exchange exchange, Optional<WordVectors> vectors) {
        List<List<Bleu>> bleus = exchange.compared((answer, reference) -> Bleu.of(answer, List.of(reference)));
        Map<EmbeddingSimilarity, Double> similarity = new EnumMap<>(EmbeddingSimilarity.class);
        vectors.ifPresent(known -> {
            for (EmbeddingSimilarity kind : EmbeddingSimilarity.values()) {
                similarity.put(
                        kind, Exchange.recall(exchange.compared((a, b) -> kind.of(a, b, known)), Double::doubleValue));
            }
        });
        return new DialogueScore(
                1,
                exchange.answers().size(),
                orders(ORDERS, n -> Exchange.recall(bleus, bleu -> bleu.score(n, Smoothing.NEIGHBOURS))),
                orders(ORDERS, n -> Exchange.precision(bleus, bleu -> bleu.score(n, Smoothing.NEIGHBOURS))),
                orders(2, n -> Distinct.within(n, exchange.answers())),
                orders(2, n -> Distinct.of(n, exchange.answers())),
                exchange.answers().stream().mapToInt(List::size).average().orElseThrow(),
                corpus(List.of(exchange), one -> one.answers().get(0)),
                corpus(List.of(exchange), Exchange::asked),
                similarity);
    }

    private static List<Double> means(List<DialogueScore> each, Function<DialogueScore, List<Double>> figures) {
        int count = figures.apply(each.get(0)).size();
        return IntStream.range(0, count)
                .mapToObj(i -> mean(each, one -> figures.apply(one).get(i)))
                .toList();
    }

    private static double mean(List<DialogueScore> each, ToDoubleFunction<DialogueScore> figure) {
        return each.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static List<Double> orders(int most, IntToDoubleFunction figure) {
        return IntStream.rangeClosed(1, most).mapToDouble(figure).boxed().toList();
    }

    /** As JSON: an object of these names. */
    @Override
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("contexts", contexts)
                .put("answers", answers)
                .put("smoothing", "Chen and Cherry 2014, 7");
        put(json.putArray("recall"), recall);
        put(json.putArray("precision"), precision);
        put(json.putArray("intraDistinct"), within);
        put(json.putArray("interDistinct"), among);
        json.put("words", words).put("corpusBleu", corpus).put("copyBleu", copy);
        if (!similarity.isEmpty()) {
            ObjectNode all = json.putObject("embedding");
            similarity.forEach((each, value) -> all.put(each.name().toLowerCase(Locale.ROOT), value));
        }
        return json;
    }

    private static void put(ArrayNode array, List<Double> values) {
        values.forEach(array::add);
    }

    @Override
    public String describe() {
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "%,d contexts, %d answers each\n", contexts, answers));
        for (int n = 1; n <= ORDERS; n++) {
            text.append(String.format(
                    Locale.ROOT, "BLEU-%d  recall %.3f, precision %.3f\n", n, recall.get(n - 1), precision.get(n - 1)));
        }
        for (int n = 1; n <= 2; n++) {
            text.append(String.format(
                    Locale.ROOT, "distinct-%d  intra %.3f, inter %.3f\n", n, within.get(n - 1), among.get(n - 1)));
        }
        if (!similarity.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "embedding  average %.3f, greedy %.3f, extrema %.3f\n",
                    similarity.get(EmbeddingSimilarity.AVERAGE),
                    similarity.get(EmbeddingSimilarity.GREEDY),
                    similarity.get(EmbeddingSimilarity.EXTREMA)));
        }
        text.append(String.format(
                Locale.ROOT,
                "BLEU-4 of the corpus  first answers %.3f, the last turns themselves %.3f\n",
                corpus,
                copy));
        return text.append(String.format(Locale.ROOT, "%.1f words an answer", words))
                .toString();
    }
}
