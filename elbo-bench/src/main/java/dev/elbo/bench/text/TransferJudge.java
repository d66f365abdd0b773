package dev.elbo.bench.text;

import java.util.List;

/**
 * Judges what systems made of the same sentences, one after the other.
 *
 * @param classifier that tells styles apart, trained without the sentences
 * @param fluency what sentences are made of, learned without the sentences
 * @param sources the words of each sentence that is said again
 * @param asked the style that it is said in, by its number
 * @param references of each sentence what people made of it; none of any, or as many of each
 */
public record TransferJudge(
        StyleClassifier classifier,
        TrigramModel fluency,
        List<List<String>> sources,
        List<Integer> asked,
        List<List<List<String>>> references) {
    private static final int ORDER = 4;

    /** Copies the lists. */
    public TransferJudge {
        sources = List.copyOf(sources);
        asked = List.copyOf(asked);
        references = List.copyOf(references);
    }

    /**
     * Judges a system.
     *
     * @param outputs the words of what it made of each sentence
     * @throws IllegalArgumentException if that are not as many as there are sentences
     */
    public TransferScore judge(String system, List<List<String>> outputs) {
        if (outputs.size() != sources.size()) {
            throw new IllegalArgumentException(
                    system + " has " + outputs.size() + " sentences for " + sources.size() + " that were given");
        }
        return new TransferScore(
                system,
                classifier.accuracy(outputs, asked),
                Bleu.corpus(outputs, sources.stream().map(List::of).toList()).score(ORDER),
                references.isEmpty() ? Double.NaN : bleu(outputs, 1),
                references.isEmpty() ? Double.NaN : bleu(outputs, references.get(0).size()),
                fluency.perplexity(outputs),
                WordOverlap.of(outputs, sources));
    }

    private double bleu(List<List<String>> outputs, int most) {
        List<List<List<String>>> some =
                references.stream().map(each -> each.subList(0, most)).toList();
        return Bleu.corpus(outputs, some).score(ORDER);
    }
}
