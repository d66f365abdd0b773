package dev.elbo.bench.speech;

import java.util.List;

/**
 * How often a transcript is not what was said. The rate is edits / units, and may be above 1; where units are words, it is the word error
 * rate.
 *
 * @param edits units that were inserted, deleted or replaced, in all transcripts together
 * @param units that were said
 * @param right transcripts without an edit
 * @param utterances how many were transcribed
 */
public record ErrorRate(long edits, long units, int right, int utterances) {

    /** The error rate of transcripts, beside what was said. */
    static ErrorRate of(List<List<String>> said, List<List<String>> transcripts) {
        long edits = 0;
        int right = 0;
        for (int i = 0; i < said.size(); i++) {
            int distance = EditDistance.of(said.get(i), transcripts.get(i));
            edits += distance;
            right += distance == 0 ? 1 : 0;
        }
        return new ErrorRate(edits, said.stream().mapToLong(List::size).sum(), right, said.size());
    }

    /** Edits for each unit that was said. */
    public double rate() {
        return (double) edits / units;
    }

    /** The share of transcripts that are wholly right. */
    public double accuracy() {
        return (double) right / utterances;
    }
}
