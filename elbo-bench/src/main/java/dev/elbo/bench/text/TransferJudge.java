package dev.elbo.bench.text;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * Judges what systems made of the same sentences, one after the other. What it learned from has none of these sentences.
 *
 * @param classifier that tells styles apart
 * @param fluency what sentences are made of
 * @param training the number of sentences that both learned from
 * @param heldOut other sentences
 * @param task what is said again, and in which style
 * @param references of each sentence that is said again, what people made of it; none of any, or as many of each
 */
public record TransferJudge(
        StyleClassifier classifier,
        TrigramModel fluency,
        int training,
        StyledSentences heldOut,
        TransferTask task,
        List<List<List<String>>> references) {
    private static final int ORDER = 4;

    /** One in so many sentences is held out where there are no others. */
    private static final int HELD_OUT = 50;

    /** Copies the list. */
    public TransferJudge {
        references = List.copyOf(references);
    }

    /**
     * Learns.
     *
     * @param all sentences to learn from, of which those that are said again are left out
     * @param others that are held out, if there are any
     * @param progress told the fraction that is done
     * @throws IllegalArgumentException if there are not two styles to learn
     */
    public static TransferJudge train(
            StyledSentences all,
            Optional<StyledSentences> others,
            TransferTask task,
            List<List<List<String>>> references,
            long seed,
            DoubleConsumer progress) {
        StyledSentences known = all.without(task.sources());
        StyledSentences heldOut = others.map(rest -> rest.without(task.sources()))
                .filter(rest -> rest.size() > 0)
                .orElseGet(() -> known.where(i -> i % HELD_OUT == 0));
        StyledSentences training = known.without(heldOut.sentences());
        return new TransferJudge(
                StyleClassifier.train(training, seed, progress),
                new TrigramModel(training.sentences()),
                training.size(),
                heldOut,
                task,
                references);
    }

    /** The fraction of held-out sentences whose style is found. */
    public double accuracy() {
        return classifier.accuracy(heldOut.sentences(), heldOut.styles());
    }

    /** How many references each sentence has. */
    public int referenceCount() {
        return references.isEmpty() ? 0 : references.get(0).size();
    }

    /**
     * Judges a system.
     *
     * @param outputs the words of what it made of each sentence that is said again
     * @throws IllegalArgumentException if that are not as many as there are sentences
     */
    public TransferScore judge(String system, List<List<String>> outputs) {
        List<List<String>> sources = task.sources();
        if (outputs.size() != sources.size()) {
            throw new IllegalArgumentException(
                    system + " has " + outputs.size() + " sentences for " + sources.size() + " that were given");
        }
        return new TransferScore(
                system,
                classifier.accuracy(outputs, task.asked()),
                Bleu.corpus(outputs, sources.stream().map(List::of).toList()).score(ORDER),
                toReferences(outputs, 1),
                toReferences(outputs, referenceCount()),
                fluency.perplexity(outputs),
                WordOverlap.of(outputs, sources));
    }

    private double toReferences(List<List<String>> outputs, int most) {
        if (references.isEmpty()) {
            return Double.NaN;
        }
        List<List<List<String>>> some =
                references.stream().map(each -> each.subList(0, most)).toList();
        return Bleu.corpus(outputs, some).score(ORDER);
    }
}
