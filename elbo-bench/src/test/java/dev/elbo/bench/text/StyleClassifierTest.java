package dev.elbo.bench.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StyleClassifierTest {
    private static final List<String> THINGS = List.of("food", "place", "staff", "menu", "wine");
    private static final List<List<String>> OPINIONS =
            List.of(List.of("is", "bad"), List.of("is", "good"), List.of("is", "not", "bad"));

    /** Where "bad" is a complaint and "not bad" is none: pairs are needed. */
    private static StyledSentences reviews() {
        List<List<String>> sentences = new ArrayList<>();
        List<Integer> styles = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            List<String> sentence = new ArrayList<>(List.of("the", THINGS.get(i % THINGS.size())));
            sentence.addAll(OPINIONS.get(i % 3));
            sentences.add(sentence);
            styles.add(i % 3 == 0 ? 0 : 1);
        }
        return new StyledSentences(sentences, styles, List.of("down", "up"));
    }

    private static StyleClassifier trained(long seed) {
        return StyleClassifier.train(reviews(), seed, done -> {});
    }

    @Test
    void wordsAndPairsTellStylesApart() {
        StyleClassifier classifier = trained(1);

        assertThat(classifier.accuracy(reviews().sentences(), reviews().styles()))
                .isEqualTo(1);
        assertThat(classifier.classify(List.of("the", "bill", "is", "bad"))).isZero();
        assertThat(classifier.classify(List.of("the", "bill", "is", "not", "bad")))
                .isEqualTo(1);
    }

    @Test
    void chineseCharactersDoAsWellAsWords() {
        List<List<String>> sentences = new ArrayList<>();
        List<Integer> styles = new ArrayList<>();
        for (String thing : List.of("好", "行", "香", "快", "美", "鲜", "甜", "静")) {
            sentences.addAll(List.of(List.of("很", thing), List.of("不", thing)));
            styles.addAll(List.of(1, 0));
        }
        StyledSentences reviews = new StyledSentences(sentences, styles, List.of("差", "好"));

        StyleClassifier classifier = StyleClassifier.train(reviews, 1, done -> {});

        assertThat(classifier.classify(List.of("不", "净"))).isZero();
        assertThat(classifier.classify(List.of("很", "净"))).isEqualTo(1);
    }

    @Test
    void theSameSeedMakesTheSameClassifier() {
        List<String> sentence = List.of("the", "wine", "is", "bad");

        assertThat(trained(3).probabilities(sentence)).isEqualTo(trained(3).probabilities(sentence));
        assertThat(trained(3).probabilities(sentence)).isNotEqualTo(trained(4).probabilities(sentence));
    }

    @Test
    void probabilitiesAddUpToOneAlsoOfNothing() {
        List<Double> p = trained(1).probabilities(List.of());

        assertThat(p.stream().mapToDouble(each -> each).sum()).isEqualTo(1, within(1e-12)); // a sum of two
    }

    @Test
    void oneStyleCannotBeToldApart() {
        StyledSentences one = reviews().where(i -> i % 3 == 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StyleClassifier.train(one, 1, done -> {}))
                .withMessage(
                        "a classifier learns to tell two styles or more apart; the sentences have the styles [down]");
    }

    /** Sentences that are judged must not have been learned from. */
    @Test
    void sentencesThatAreJudgedAreLeftOut() {
        StyledSentences all = reviews();
        StyledSentences rest = all.without(List.of(all.sentences().get(0)));

        assertThat(rest.size()).isEqualTo(all.size() - 10); // each of 15 sentences is there ten times
        assertThat(rest.sentences()).doesNotContain(all.sentences().get(0));
    }

    @Test
    void aCopyKeepsAllAndHasTheStyleThatWasThere() {
        StyledSentences given = reviews().where(i -> i < 3); // of styles 0, 1, 1
        TransferTask task = TransferTask.of(given, Optional.empty());
        List<List<List<String>>> references = given.sentences().stream()
                .map(source -> List.of(List.of("what", "a", "nice", "thing"), source))
                .toList();
        TransferJudge judge = TransferJudge.train(reviews(), Optional.empty(), task, references, 1, done -> {});

        TransferScore copy = judge.judge("copy", task.sources());

        assertThat(judge.training() + judge.heldOut().size()).isLessThanOrEqualTo(150 - 3 * 10);
        assertThat(task.asked()).containsExactly(1, 0, 0);
        assertThat(copy.accuracy()).isZero();
        assertThat(copy.selfBleu()).isEqualTo(1, within(1e-12)); // exp of a sum of logarithms of 1
        assertThat(copy.overlap()).isEqualTo(1);
        assertThat(copy.oneReference()).isZero();
        assertThat(copy.allReferences()).isEqualTo(1, within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> judge.judge("short", List.of()))
                .withMessage("short has 0 sentences for 3 that were given");
    }

    @Test
    void sentencesOfTheStyleThatIsWrittenAreLeftOut() {
        TransferTask task = TransferTask.of(reviews().where(i -> i < 3), Optional.of("down"));

        assertThat(task.rows()).containsExactly(1, 2);
        assertThat(task.asked()).containsExactly(0, 0);
        assertThat(task.of(List.of("a", "b", "c"))).containsExactly("b", "c");
    }

    @Test
    void ofThreeStylesOneIsNamed() {
        StyledSentences three = new StyledSentences(List.of(List.of("a")), List.of(2), List.of("x", "y", "z"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransferTask.of(three, Optional.empty()))
                .withMessage("the styles are [x, y, z]: say with --to which one is written");
    }
}
