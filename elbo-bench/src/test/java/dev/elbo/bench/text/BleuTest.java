package dev.elbo.bench.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BleuTest {
    private static final double ROUNDING = 1e-12; // some exponentials and logarithms of FLOAT64

    private static List<String> words(String sentence) {
        return sentence.isEmpty() ? List.of() : List.of(sentence.split(" "));
    }

    private static List<List<String>> all(String... sentences) {
        return List.of(sentences).stream().map(BleuTest::words).toList();
    }

    private static List<List<String>> drawn(Random random, int count) {
        List<List<String>> sentences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = new ArrayList<>();
            for (int length = 5 + random.nextInt(5); length > 0; length--) {
                words.add(String.valueOf((char) ('a' + random.nextInt(4))));
            }
            sentences.add(List.copyOf(words));
        }
        return sentences;
    }

    /** Papineni et al. (2002), section 2.1: "the" counts as often as a reference has it, twice of seven. */
    @Test
    void aWordCountsAsOftenAsOneReferenceHasIt() {
        Bleu bleu = Bleu.of(
                words("the the the the the the the"), all("the cat is on the mat", "there is a cat on the mat"));

        assertThat(bleu.precision(1)).isEqualTo(2.0 / 7);
        assertThat(bleu.precision(2)).isZero();
    }

    /** 5 of 6 words, 3 of 5 pairs, 1 of 4 runs of three, of equal length. */
    @Test
    void ofOrderNItIsTheGeometricMeanOfNPrecisions() {
        Bleu bleu = Bleu.of(words("a b c d x f"), all("a b y d c f"));
        assertThat(bleu.matched()).startsWith(5L, 1L, 0L);

        Bleu other = Bleu.of(words("a b c d x f"), all("a b c d e f"));
        assertThat(other.score(1)).isEqualTo(5.0 / 6, within(ROUNDING));
        assertThat(other.score(2)).isEqualTo(Math.sqrt(5.0 / 6 * 3 / 5), within(ROUNDING));
        assertThat(other.score(3)).isEqualTo(Math.cbrt(5.0 / 6 * 3 / 5 * 2 / 4), within(ROUNDING));
        assertThat(other.score(4)).isEqualTo(Math.pow(5.0 / 6 * 3 / 5 * 2 / 4 * 1 / 3, 0.25), within(ROUNDING));
    }

    /** c = 3 and r = 4, of the nearest reference: exp(1 − 4/3). */
    @Test
    void whatIsTooShortIsPunishedByTheNearestReference() {
        assertThat(Bleu.of(words("a b c"), all("a b c d", "a b c d e f g")).score(1))
                .isEqualTo(Math.exp(1 - 4.0 / 3), within(ROUNDING));
        assertThat(Bleu.of(words("a b c d"), all("a b c d e", "a b c")).score(1))
                .isEqualTo(1, within(ROUNDING)); // of two as near, the shorter one
    }

    @Test
    void ofACorpusCountsAreAddedBeforeTheyAreDivided() {
        Bleu corpus = Bleu.corpus(all("a b", "x y z"), List.of(all("a b"), all("u v w")));

        assertThat(corpus.score(1)).isEqualTo(2.0 / 5, within(ROUNDING));
        assertThat(corpus.score(2)).isEqualTo(Math.sqrt(2.0 / 5 * 1 / 3), within(ROUNDING));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aCopyHasOne(int order) {
        List<List<String>> sentences = drawn(new Random(1), 20);
        assertThat(Bleu.corpus(sentences, sentences.stream().map(List::of).toList())
                        .score(order))
                .isEqualTo(1, within(ROUNDING));
    }

    @ParameterizedTest
    @EnumSource
    void theOrderOfReferencesDoesNotMatterAndOneMoreDoesNotHurtPrecisions(Smoothing smoothing) {
        Random random = new Random(2);
        for (int i = 0; i < 50; i++) {
            List<String> sentence = drawn(random, 1).get(0);
            List<List<String>> references = drawn(random, 3);
            List<List<String>> shuffled = new ArrayList<>(references);
            Collections.shuffle(shuffled, random);
            Bleu bleu = Bleu.of(sentence, references);

            assertThat(Bleu.of(sentence, shuffled)).isEqualTo(bleu);
            for (int n = 1; n <= 4; n++) {
                assertThat(bleu.precision(n))
                        .isGreaterThanOrEqualTo(
                                Bleu.of(sentence, references.subList(0, 2)).precision(n));
            }
            assertThat(bleu.score(4, smoothing)).isBetween(0.0, 1.3); // neighbours give a copy (4/3 · 10/9 · …)^¼
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingInCommonAndNothingAtAllHaveZero(Smoothing smoothing) {
        assertThat(Bleu.of(words("a b c"), all("x y z")).score(2, smoothing)).isZero();
        assertThat(Bleu.of(words(""), all("x y z")).score(2, smoothing)).isZero();
    }

    /** One of three words; a tenth of two pairs. */
    @Test
    void epsilonIsATenthOfARun() {
        assertThat(Bleu.of(words("a b c"), all("a y z")).score(2, Smoothing.EPSILON))
                .isEqualTo(Math.sqrt(1.0 / 3 * 0.1 / 2), within(ROUNDING));
    }

    /**
     * p = 1/3, then ln 3 / 10 of two pairs and ln 3 / 20 of one run of three; p′₁ = (p₁ + 1 + p₁ + p₂) / 3, and p′₂ = (p′₁ + p₂ + p₃) / 3,
     * where the run of three is not smoothed since BLEU-2 has none.
     */
    @Test
    void neighboursAreAveraged() {
        double first = 1.0 / 3;
        double second = Math.log(3) / 10 / 2;
        double one = (first + 1 + first + second) / 3;
        double two = (one + second + 0) / 3;

        assertThat(Bleu.of(words("a b c"), all("a y z")).score(2, Smoothing.NEIGHBOURS))
                .isEqualTo(Math.sqrt(one * two), within(ROUNDING));
    }

    /** What NLTK 3.5 gives in the example of its documentation. */
    @Test
    void neighboursAreThoseOfNltk() {
        List<String> sentence = words(
                "It is a guide to action which ensures that the military always obeys the commands of the" + " party");
        List<String> reference =
                words("It is a guide to action that ensures that the military will forever heed Party commands");

        assertThat(Bleu.of(sentence, List.of(reference)).score(4)).isEqualTo(0.4118, within(1e-4)); // as printed there
        assertThat(Bleu.of(sentence, List.of(reference)).score(4, Smoothing.NEIGHBOURS))
                .isEqualTo(0.4905, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({"0", "5"})
    void otherOrdersAreRefused(int order) {
        Bleu bleu = Bleu.of(words("a"), all("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bleu.score(order))
                .withMessage("BLEU is of runs of up to 1 to 4 words; got " + order);
    }

    /** By the definition: each sentence with all others as references. */
    @Test
    void selfBleuIsTheMeanOfSentencesToAllOthers() {
        List<List<String>> set = new ArrayList<>(drawn(new Random(3), 12));
        set.add(words("a"));
        set.add(words("q r s t u v w x y z q r s t"));
        double sum = 0;
        for (int i = 0; i < set.size(); i++) {
            List<List<String>> others = new ArrayList<>(set);
            List<String> sentence = others.remove(i);
            sum += Bleu.of(sentence, others).score(3, Smoothing.EPSILON);
        }

        assertThat(SelfBleu.of(set, 3)).isEqualTo(sum / set.size(), within(ROUNDING));
    }

    @Test
    void selfBleuOfCopiesIsOneAndOfStrangersZero() {
        assertThat(SelfBleu.of(all("a b c d e", "a b c d e", "a b c d e"), 4)).isEqualTo(1, within(ROUNDING));
        assertThat(SelfBleu.of(all("a b c", "d e f"), 4)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> SelfBleu.of(all("a b c"), 4));
    }
}
