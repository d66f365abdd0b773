package dev.elbo.bench.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The figures of a system that said sentences again in another style. Shares and BLEU are in 0 … 1.
 *
 * @param system its name
 * @param accuracy the share that {@link StyleClassifier} takes for the style that was asked for
 * @param selfBleu corpus BLEU-4 to the sentences that were given, which papers on style call self-BLEU: how much is kept
 * @param oneReference corpus BLEU-4 to the first reference; NaN without references
 * @param allReferences corpus BLEU-4 to all references; NaN without
 * @param perplexity of {@link TrigramModel}
 * @param overlap {@link WordOverlap} with the sentences that were given
 */
public record TransferScore(
        String system,
        double accuracy,
        double selfBleu,
        double oneReference,
        double allReferences,
        double perplexity,
        double overlap) {

    /** As JSON: an object of these names, without what is not known. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("system", system)
                .put("accuracy", accuracy)
                .put("selfBleu", selfBleu);
        if (!Double.isNaN(oneReference)) {
            json.put("oneReference", oneReference).put("allReferences", allReferences);
        }
        return json.put("perplexity", perplexity).put("overlap", overlap);
    }
}
