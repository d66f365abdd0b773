package dev.elbo.bench.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.bench.Finding;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How near sampled answers are to those that were given, and how varied they are: each figure is the mean over contexts. BLEU is that of
 * a sentence, smoothed by {@link Smoothing#NEIGHBOURS}.
 *
 * @param contexts how many
 * @param answers to each
 * @param recall BLEU-1 to BLEU-4 of the best answer
 * @param precision BLEU-1 to BLEU-4 of an answer on average
 * @param within {@link Distinct#within}: distinct-1 and distinct-2 of an answer, <em>intra</em>
 * @param among {@link Distinct}: distinct-1 and distinct-2 of all answers to one context, <em>inter</em>
 * @param words of an answer on average
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
        Map<EmbeddingSimilarity, Double> similarity = new EnumMap<>(EmbeddingSimilarity.class);
        vectors.ifPresent(known -> {
            for (EmbeddingSimilarity each : EmbeddingSimilarity.values()) {
                similarity.put(each, mean(exchanges, one -> one.recall((a, b) -> each.of(a, b, known))));
            }
        });
        return new DialogueScore(
                exchanges.size(),
                exchanges.get(0).answers().size(),
                orders(ORDERS, n -> mean(exchanges, one -> one.recall((a, b) -> bleu(a, b, n)))),
                orders(ORDERS, n -> mean(exchanges, one -> one.precision((a, b) -> bleu(a, b, n)))),
                orders(2, n -> mean(exchanges, one -> Distinct.within(n, one.answers()))),
                orders(2, n -> mean(exchanges, one -> Distinct.of(n, one.answers()))),
                mean(exchanges, one -> one.answers().stream()
                        .mapToInt(List::size)
                        .average()
                        .orElseThrow()),
                similarity);
    }

    private static double bleu(List<String> answer, List<String> reference, int order) {
        return Bleu.of(answer, List.of(reference)).score(order, Smoothing.NEIGHBOURS);
    }

    private static double mean(List<Exchange> exchanges, ToDoubleFunction<Exchange> figure) {
        return exchanges.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static List<Double> orders(int most, ToDoubleFunction<Integer> figure) {
        return IntStream.rangeClosed(1, most)
                .mapToObj(n -> figure.applyAsDouble(n))
                .toList();
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
        json.put("words", words);
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
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%,d contexts, %d answers each\n", contexts, answers));
        for (int n = 1; n <= ORDERS; n++) {
            text.append(String.format(
                    Locale.ROOT, "BLEU-%d  recall %.3f, precision %.3f\n", n, recall.get(n - 1), precision.get(n - 1)));
        }
        for (int n = 1; n <= 2; n++) {
            text.append(String.format(
                    Locale.ROOT,
                    "distinct-%d  intra %.3f, inter %.3f\n",
                    n,
                    within.get(n - 1),
                    among.get(n - 1)));
        }
        if (!similarity.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "embedding  average %.3f, greedy %.3f, extrema %.3f\n",
                    similarity.get(EmbeddingSimilarity.AVERAGE),
                    similarity.get(EmbeddingSimilarity.GREEDY),
                    similarity.get(EmbeddingSimilarity.EXTREMA)));
        }
        return text.append(String.format(Locale.ROOT, "%.1f words an answer", words)).toString();
    }
}
