package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Sequential;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With a network that passes on what it is given, so that codes are scores. */
@ExtendWith(InAScope.class)
class GuessTest {
    /** FLOAT32 near 1. */
    private static final double ROUNDING = 1e-6;

    private static final Pass PASS = Pass.deterministic();

    /** Of seven tokens, 4 and 6 are words of content. */
    private final Tensor content = Tensor.of(new float[] {1, 0, 0, 1, 1, 0, 1}, 7);

    private final Guess ofStyle = guess(new Guess.OfClass("label"));
    private final Guess ofWords = guess(new Guess.OfWords("text", Tensor.of(new float[] {0, 0, 0, 0, 1, 0, 1}, 7)));

    private static Guess guess(Guess.Answer answer) {
        return new Guess("style", "z", answer, Sequential.of(), 1);
    }

    private static Batch batch(long... tokens) {
        return new Batch(Map.of("label", Tensor.of(new long[] {1}, 1), "text", Tensor.of(tokens, 1, tokens.length)));
    }

    @Test
    void whoKnowsNothingOfAClassIsSurprisedByTheLogarithmOfTheirNumber() {
        Tensor nothing = Tensor.of(new float[3], 1, 3);

        assertThat(ofStyle.surprise(nothing, batch(4), PASS).item()).isEqualTo(Math.log(3), within(ROUNDING));
        assertThat(ofStyle.entropy(nothing, PASS).item()).isEqualTo(Math.log(3), within(ROUNDING));
    }

    @Test
    void whoIsSureAndRightIsNeitherSurprisedNorInDoubt() {
        Tensor sure = Tensor.of(new float[] {0, 999, 0}, 1, 3);

        assertThat(ofStyle.surprise(sure, batch(4), PASS).item()).isZero();
        assertThat(ofStyle.entropy(sure, PASS).item()).isZero();
    }

    @Test
    void aBagIsGuessedAmongWordsOfContentAlone() {
        Tensor scores = Tensor.of(new float[] {9, 9, 9, 9, (float) Math.log(3), 9, 0}, 1, 7);

        // 6 twice, 4 once; 5 and the end are none: −(2 log ¼ + log ¾) / 3
        double expected = -(2 * Math.log(0.25) + Math.log(0.75)) / 3;
        assertThat(ofWords.surprise(scores, batch(6, 5, 4, 6, 3, 0), PASS).item())
                .isEqualTo(expected, within(ROUNDING));
        assertThat(ofWords.entropy(scores, PASS).item())
                .isEqualTo(-(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)), within(ROUNDING));
    }

    @Test
    void ofASentenceWithoutContentNothingIsAsked() {
        assertThat(ofWords.surprise(Tensor.of(new float[7], 1, 7), batch(5, 3), PASS)
                        .item())
                .isZero();
    }

    @Test
    void neitherEndsNorPaddingAreContentWhateverTheBufferSays() {
        Guess guess = guess(new Guess.OfWords("text", content));

        assertThat(guess.surprise(Tensor.of(new float[7], 1, 7), batch(3, 0), PASS)
                        .item())
                .isZero();
    }

    @Test
    void gradientsOfTheEntropyAreFiniteWhereAWordIsNoContent() {
        Tensor scores = Tensor.of(new float[] {9, 0, 0, 0, 1, 0, 0}, 1, 7).requireGradient();
        ofWords.entropy(scores, PASS).backward();

        double[] gradient = scores.gradient().toHost().toDoubles();
        assertThat(gradient[4]).isNegative();
        assertThat(gradient[6]).isPositive();
        assertThat(new double[] {gradient[0], gradient[1], gradient[2], gradient[3], gradient[5]})
                .containsOnly(0);
    }

    @Test
    void aNegativeWeightAndALatentThatIsMissingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Guess("style", "z", new Guess.OfClass("label"), Sequential.of(), -1))
                .withMessage("the weight of a guess is at least 0; got -1.0 for style");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofStyle.code(new Draw(List.of(), Map.of())))
                .withMessage("a draw with the latent 'z' was expected; got []");
    }
}
