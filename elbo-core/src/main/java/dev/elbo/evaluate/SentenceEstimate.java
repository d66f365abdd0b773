package dev.elbo.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.distribution.Distribution;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Of a model of sentences: how long they are, and how much of a sentence comes back from its code.
 *
 * @param tokens of a sentence on average, its end included: nats of a sentence over them are nats of a token, and their exponential
 *     is the perplexity
 * @param overlap tokens that a sentence and what is written greedily from the centre of its posterior have in common, however they
 *     are ordered, over the tokens of the longer one; NaN without a latent variable
 * @param exact the share of sentences that come back word for word; NaN without a latent variable
 * @param points sentences
 */
public record SentenceEstimate(double tokens, double overlap, double exact, long points) {
    /** The measure's name. */
    public static final String SENTENCES = "sentences";

    /** Of the first field of sentences that the model observes; empty if there is none. */
    public static Optional<SentenceEstimate> of(LatentVariableModel model, Examples examples, long seed) {
        return model.signature().observed().stream()
                .filter(field -> examples.spec().field(field) instanceof Field.Tokens)
                .findFirst()
                .map(field -> of(model, field, examples, seed));
    }

    private static SentenceEstimate of(LatentVariableModel model, String field, Examples examples, long seed) {
        double[] sums =
                Chunks.of(model, examples, seed)
                        .map((batch, rng) -> sums(model, field, batch, Pass.evaluation(rng)))
                        .stream()
                        .reduce(new double[4], SentenceEstimate::plus);
        boolean isLatent = !model.signature().latents().isEmpty();
        double points = (double) examples.size();
        return new SentenceEstimate(
                sums[0] / points,
                isLatent ? sums[1] / sums[2] : Double.NaN,
                isLatent ? sums[3] / points : Double.NaN,
                examples.size());
    }

    private static double[] plus(double[] a, double[] b) {
        double[] sums = a.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += b[i];
        }
        return sums;
    }

    /** Tokens, tokens in common, tokens of the longer ones, and sentences that come back, each summed over a batch. */
    private static double[] sums(LatentVariableModel model, String field, Batch batch, Pass pass) {
        List<long[]> sentences = rows(batch.get(field));
        double[] sums = {sentences.stream().mapToDouble(row -> row.length).sum(), 0, 0, 0};
        if (model.signature().latents().isEmpty()) {
            return sums;
        }
        Distribution p = Objects.requireNonNull(
                model.decode(model.encode(batch, pass), batch, pass).get(field));
        List<long[]> written = rows(p.centre());
        for (int i = 0; i < written.size(); i++) {
            long[] original = sentences.get(i);
            long[] again = written.get(i);
            sums[1] += common(original, again);
            sums[2] += Math.max(original.length, again.length);
            sums[3] += Arrays.equals(original, again) ? 1 : 0;
        }
        return sums;
    }

    /** The tokens of each sentence, its end included, without what stands behind it. */
    private static List<long[]> rows(Tensor sentences) {
        long[] flat = sentences.toHost().toLongs();
        int width = (int) sentences.size(-1);
        List<long[]> rows = new ArrayList<>();
        for (int from = 0; from < flat.length; from += width) {
            int length = 0;
            while (length < width && flat[from + length] != 0) {
                length++;
            }
            rows.add(Arrays.copyOfRange(flat, from, from + length));
        }
        return rows;
    }

    /** How many tokens two sentences share, each as often as it is in both. */
    static int common(long[] a, long[] b) {
        Map<Long, Integer> counts = new HashMap<>();
        for (long token : a) {
            counts.merge(token, 1, Integer::sum);
        }
        int common = 0;
        for (long token : b) {
            if (counts.merge(token, -1, Integer::sum) >= 0) {
                common++;
            }
        }
        return common;
    }

    /** As a measure: an object of {@code tokens}, {@code overlap} and {@code exact}. */
    record Kind() implements Measure {
        @Override
        public String name() {
            return SENTENCES;
        }

        @Override
        public Optional<JsonNode> of(LatentVariableModel model, Examples examples, long seed) {
            return SentenceEstimate.of(model, examples, seed).map(Kind::toJson);
        }

        private static JsonNode toJson(SentenceEstimate estimate) {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("tokens", estimate.tokens());
            if (!Double.isNaN(estimate.overlap())) {
                json.put("overlap", estimate.overlap()).put("exact", estimate.exact());
            }
            return json;
        }

        @Override
        public List<Finding> read(JsonNode measured) {
            if (!measured.has("overlap")) {
                return List.of();
            }
            String overlap = percent(measured.path("overlap").asDouble());
            String exact = percent(measured.path("exact").asDouble());
            return List.of(new Finding(
                    "words that come back",
                    overlap + " of a sentence's; " + exact + " of sentences whole",
                    List.of(new Card("Words that come back", overlap, "", "of a reconstructed sentence"))));
        }

        private static String percent(double share) {
            return String.format(Locale.ROOT, "%.1f %%", 100 * share);
        }
    }
}
