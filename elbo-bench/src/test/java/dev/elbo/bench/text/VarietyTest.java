package dev.elbo.bench.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VarietyTest {
    private static final double ROUNDING = 1e-12; // sums and logarithms of a few FLOAT64

    private static List<List<String>> all(String... sentences) {
        return List.of(sentences).stream().map(each -> List.of(each.split(" "))).toList();
    }

    /** 3 of 6 words, of which a and b are there twice; 3 of 4 pairs. */
    @Test
    void distinctIsDifferentRunsOverAllRuns() {
        assertThat(Distinct.of(1, all("a b a", "b a c"))).isEqualTo(3.0 / 6);
        assertThat(Distinct.of(2, all("a b a", "b a c"))).isEqualTo(3.0 / 4);
        assertThat(Distinct.of(2, all("a", "b"))).isZero();
    }

    /** 2 of 3 words, and 3 of 3; a sentence of one word has no pair. */
    @Test
    void distinctWithinASentenceIsTheMeanOverSentences() {
        assertThat(Distinct.within(1, all("a b a", "b a c"))).isEqualTo((2.0 / 3 + 1) / 2, within(ROUNDING));
        assertThat(Distinct.within(2, all("a b a", "b"))).isEqualTo(1);
    }

    @Test
    void repeatingASetHalvesItsDistinctRuns() {
        assertThat(Distinct.of(2, all("a b c", "d e f", "a b c", "d e f")))
                .isEqualTo(Distinct.of(2, all("a b c", "d e f")) / 2);
    }

    /** Two words in common of three, and none of two. */
    @Test
    void overlapIsWordsInCommonOverThoseOfTheLonger() {
        assertThat(WordOverlap.of(all("b a", "x y"), all("a b c", "z"))).isEqualTo(2.0 / 5);
        assertThat(WordOverlap.of(all("a b a"), all("a b a"))).isEqualTo(1);
    }

    /** V = 4: a, b, the end and the unknown word; f(a) = 2/5. Behind the beginning a is certain, behind (begin, a) is b with 1/2. */
    @Test
    void trigramsAreInterpolatedWithPairsAndWords() {
        TrigramModel model = new TrigramModel(all("a b", "a"));
        double uniform = (1 - 0.149 / 0.15) / 4;
        double a = 0.5 + 0.5 * (0.7 + 0.3 * (0.149 / 0.15 * 2 / 5 + uniform));
        double end = 0.5 / 2 + 0.5 * (0.7 / 2 + 0.3 * (0.149 / 0.15 * 2 / 5 + uniform));

        assertThat(model.logProbability(List.of("a"))).isEqualTo(Math.log(a) + Math.log(end), within(ROUNDING));
        assertThat(model.perplexity(all("a"))).isEqualTo(1 / Math.sqrt(a * end), within(ROUNDING));
    }

    /** All sentences of up to six words of two and an unknown one, which stands for V's: nearly all have ended. */
    @Test
    void probabilitiesOfAllSentencesAddUpToOne() {
        TrigramModel model = new TrigramModel(all("a b", "a", "b", "a", "b"));

        assertThat(sum(model, List.of(), 9)).isBetween(0.99, 1.0); // the rest are longer sentences
    }

    private static double sum(TrigramModel model, List<String> beginning, int left) {
        double sum = Math.exp(model.logProbability(beginning));
        if (left > 0) {
            for (String next : List.of("a", "b", "?")) {
                sum += sum(model, join(beginning, next), left - 1);
            }
        }
        return sum;
    }

    private static List<String> join(List<String> beginning, String next) {
        return java.util.stream.Stream.concat(beginning.stream(), java.util.stream.Stream.of(next))
                .toList();
    }

    @Test
    void aSetIsJudgedByItsVarietyAndByWhatWasLearned() {
        List<List<String>> training = all("a b c", "a b d");
        SentenceSetScore score =
                SentenceSetScore.of(all("a b c", "x y"), Set.copyOf(training), new TrigramModel(training));

        assertThat(score.known()).isEqualTo(0.5);
        assertThat(score.words()).isEqualTo(2.5);
        assertThat(score.distinct1()).isEqualTo(1);
        assertThat(score.toJson().size()).isEqualTo(7);
    }
}
