package dev.elbo.bench.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Vocabulary;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialogueScoreTest {
    private static final double ROUNDING = 1e-12; // some roots and exponentials of FLOAT64

    /** (1, 0), (0, 2) and (−3, 0); the first rows are those of the special tokens. */
    private static final WordVectors VECTORS = WordVectors.of(
            new Vocabulary(List.of(
                    new Vocabulary.Word("east", 1), new Vocabulary.Word("north", 1), new Vocabulary.Word("west", 1))),
            HostArray.of(new float[] {9, 9, 9, 9, 9, 9, 9, 9, 1, 0, 0, 2, -3, 0}, 7, 2));

    private static List<String> words(String sentence) {
        return List.of(sentence.split(" "));
    }

    private static double similarity(EmbeddingSimilarity kind, String one, String other) {
        return kind.of(words(one), words(other), VECTORS);
    }

    @Test
    void theBestAnswerIsRecallAndTheMeanIsPrecision() {
        Exchange exchange = new Exchange(
                words("how are you"),
                List.of(words("i am fine"), words("not well")),
                List.of(words("i am fine"), words("who knows")));
        DialogueScore score = DialogueScore.of(List.of(exchange), Optional.empty());
        double copy = Bleu.of(words("i am fine"), List.of(words("i am fine"))).score(2, Smoothing.NEIGHBOURS);

        assertThat(score.recall().get(1)).isEqualTo(copy / 2, within(ROUNDING)); // of two references, one was met
        assertThat(score.precision().get(1)).isEqualTo(copy / 2, within(ROUNDING)); // of two answers, one is right
        assertThat(score.words()).isEqualTo(2.5);
        assertThat(score.similarity()).isEmpty();
    }

    @Test
    void answersThatAreAlikeAreDistinctWithinAndNotAmongEachOther() {
        Exchange exchange = new Exchange(words("well"), List.of(words("yes")), List.of(words("a b c"), words("a b c")));
        DialogueScore score = DialogueScore.of(List.of(exchange, exchange), Optional.empty());

        assertThat(score.within()).containsExactly(1.0, 1.0);
        assertThat(score.among()).containsExactly(0.5, 0.5);
        assertThat(score.contexts()).isEqualTo(2);
    }

    @Test
    void ofPairsTheFirstAnswersAndTheSourcesThemselvesHaveABleuOfTheCorpus() {
        List<List<String>> references = List.of(words("you see the king of france"));
        Exchange right = new Exchange(
                words("thou seest the king of france"), references, List.of(references.get(0), words("no")));
        Exchange wrong = new Exchange(words("ay"), List.of(words("yes it is so")), List.of(words("yes it is not")));

        DialogueScore score = DialogueScore.of(List.of(right, wrong), Optional.empty());

        assertThat(score.corpus()).isEqualTo(Math.pow(9 / 10.0 * 7 / 8 * 5 / 6 * 3 / 4, 0.25), within(ROUNDING));
        assertThat(score.copy())
                .isEqualTo(Math.exp(1 - 10 / 7.0) * Math.pow(4 / 7.0 * 3 / 5 * 2 / 4 * 1 / 3, 0.25), within(ROUNDING));
    }

    /** Means (½, 1) and (1, 0): cos = ½ / √1¼. */
    @Test
    void averageIsTheCosineOfMeans() {
        assertThat(similarity(EmbeddingSimilarity.AVERAGE, "east north", "east"))
                .isEqualTo(0.5 / Math.sqrt(1.25), within(ROUNDING));
    }

    /** The greedy similarity from the first: east finds east, north finds nothing, ½; from the other: 1. */
    @Test
    void greedyPairsEachWordWithItsNearest() {
        assertThat(similarity(EmbeddingSimilarity.GREEDY, "east north", "east")).isEqualTo(0.75, within(ROUNDING));
    }

    /** (−3, 2) and (1, 0). */
    @Test
    void extremaAreWhatIsFarthestFromZero() {
        assertThat(similarity(EmbeddingSimilarity.EXTREMA, "east north west", "east"))
                .isEqualTo(-3 / Math.sqrt(13), within(ROUNDING));
    }

    @Test
    void aSentenceIsNearestToItselfAndWordsWithoutAVectorDoNotCount() {
        for (EmbeddingSimilarity kind : EmbeddingSimilarity.values()) {
            assertThat(similarity(kind, "north east", "nowhere east north")).isEqualTo(1, within(ROUNDING));
            assertThat(similarity(kind, "nowhere", "east")).isZero();
        }
    }

    @Test
    void theNearestAnswerCounts() {
        Exchange exchange = new Exchange(words("where"), List.of(words("east")), List.of(words("west"), words("east")));

        assertThat(DialogueScore.of(List.of(exchange), Optional.of(VECTORS)).similarity())
                .containsEntry(EmbeddingSimilarity.AVERAGE, 1.0);
    }

    @Test
    void vectorsAreReadWithAndWithoutAFirstLineOfNumbers(@TempDir Path folder) throws IOException {
        Path word2vec = Files.writeString(folder.resolve("a.txt"), "3 2\neast 1 0\nnorth 0 2.0\nwest -3e0 0\n");
        Path glove = Files.writeString(folder.resolve("b.txt"), "east 1 0\nnorth 0 2\nwest -3 0\nup 5 5\n");

        List<String> sentence = words("east north west up");

        assertThat(WordVectors.read(word2vec, word -> true).of(sentence))
                .usingRecursiveComparison()
                .isEqualTo(VECTORS.of(sentence));
        assertThat(WordVectors.read(glove, word -> !word.equals("up")).of(sentence))
                .usingRecursiveComparison()
                .isEqualTo(VECTORS.of(sentence));
    }

    @Test
    void aLineThatIsNoVectorIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "east 1 0\nnorth 0\n");
        Path other = Files.writeString(folder.resolve("b.txt"), "east 1 0\nnorth 0 far\n");

        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(() -> WordVectors.read(file, word -> true))
                .withMessageContaining("line 2 has 1 numbers where the first has 2");
        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(() -> WordVectors.read(other, word -> true))
                .withMessageContaining("line 2 has 'far' where a number is expected");
    }
}
