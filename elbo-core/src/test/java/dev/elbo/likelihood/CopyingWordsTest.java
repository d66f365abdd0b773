package dev.elbo.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Vocabulary;
import dev.elbo.distribution.Writing;
import dev.elbo.distribution.Written;
import dev.elbo.nn.Embedding;
import dev.elbo.nn.GruDecoder;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Four words, 4 to 7, after padding, the unknown word, the beginning and the end. */
@ExtendWith(InAScope.class)
class CopyingWordsTest {
    private static final int V = 8;
    private static final int H = 3;
    private static final int E = 6;
    private static final int LATENTS = 2;

    private final Rng rng = Rng.seeded(3, Device.CPU);
    private final Pass pass = Pass.evaluation(rng);
    private final Tensor z = rng.normal(Shape.of(1, LATENTS));
    private final Tensor vector = rng.normal(Shape.of(1, 2));
    private final Embedding states = Embedding.of(V, E, new Initializer(rng, Device.CPU));
    private final CopyingWords random = noPadding(CopyingWords.of(V, H, E, new Initializer(rng, Device.CPU)));
    private final GruDecoder decoder = GruDecoder.of(V, 4, H, LATENTS + 2, new Initializer(rng, Device.CPU));

    /** Padding has no probability, and an end nearly none. */
    private static CopyingWords noPadding(CopyingWords of) {
        float[] biases = {-200, 0, 0.3f, -9, -1, 1, 0.2f, 0};
        Linear words = new Linear(of.words().weight(), Tensor.of(biases, V));
        return new CopyingWords(of.query(), of.joined(), words, of.gate());
    }

    private Written given(CopyingWords head, long... source) {
        Tensor words = Tensor.of(source, 1, source.length);
        return (Written) likelihood(head).given(pass, z, vector, states.forward(words, pass), words);
    }

    private SentenceLikelihood likelihood(CopyingWords head) {
        return new SentenceLikelihood(decoder, head, 0, 3);
    }

    private static double logProb(Written p, long... sentence) {
        return p.logProb(Tensor.of(sentence, 1, sentence.length)).item();
    }

    @Test
    void aTokenIsOneOfTheVocabularyOrACopy() {
        Linear query = new Linear(Tensor.zeros(Device.CPU, E, H), Tensor.zeros(Device.CPU, E));
        float[] biases = new float[V];
        biases[5] = (float) Math.log(9); // 9/16; each of the others 1/16
        Linear words = new Linear(Tensor.zeros(Device.CPU, V, H), Tensor.of(biases, V));
        Linear gate = new Linear(Tensor.zeros(Device.CPU, 1, H), Tensor.of(new float[] {(float) Math.log(3)}, 1));
        Written p = given(
                new CopyingWords(query, random.joined(), words, gate), 4, 5, 4, 3, 0, 0); // looks at four words alike

        double five = 0.75 * 9 / 16 + 0.25 / 4;
        double four = 0.75 / 16 + 0.25 / 2;
        double six = 0.75 / 16;
        double end = 0.75 / 16 + 0.25 / 4;
        // sums of logarithms of numbers in FLOAT32
        assertThat(logProb(p, 5, 3)).isCloseTo(Math.log(five * end), within(1e-5));
        assertThat(logProb(p, 4, 6, 3)).isCloseTo(Math.log(four * six * end), within(1e-5));
        assertThat(logProb(p, 5, 3, 0, 0)).isCloseTo(Math.log(five * end), within(1e-5));
    }

    @Test
    void theProbabilitiesOfAllNextTokensSumToOne() {
        Written p = given(random, 6, 4, 1, 3);
        double begun = Math.exp(logProb(p, 4));
        double first = 0;
        double second = 0;
        for (long token = Vocabulary.UNKNOWN; token < V; token++) {
            first += Math.exp(logProb(p, token));
            second += Math.exp(logProb(p, 4, token));
        }
        // sums of eight probabilities in FLOAT32
        assertThat(first).isCloseTo(1, within(1e-5));
        assertThat(second / begun).isCloseTo(1, within(1e-5));
    }

    @Test
    void whatIsWrittenGreedilyIsLikeliestByWhatIsScored() {
        Written p = given(random, 6, 4, 1, 3);
        long first = 4;
        for (long token = 4; token < V; token++) {
            first = logProb(p, token) > logProb(p, first) ? token : first;
        }
        long second = 3;
        for (long token = 3; token < V; token++) {
            second = logProb(p, first, token) > logProb(p, first, second) ? token : second;
        }

        assertThat(p.write(1, Writing.greedy(), rng).toHost().toLongs())
                .containsExactly(first, second, second == Vocabulary.END ? 0 : Vocabulary.END);
    }

    @Test
    void paddingBehindTheSourceChangesNothing() {
        // the same operations on tensors of another width
        assertThat(logProb(given(random, 6, 4, 3, 0, 0), 4, 3))
                .isCloseTo(logProb(given(random, 6, 4, 3), 4, 3), within(1e-5));
    }

    @Test
    void samplesOfASentenceAreWrittenBesideItsOwnWords() {
        Tensor source = Tensor.of(new long[] {6, 3, 4, 3}, 2, 2);
        Tensor[] from = {Tensor.cat(0, vector, vector.plus(1)), states.forward(source, pass), source};
        Tensor two = rng.normal(Shape.of(5, 2, LATENTS));
        Written p = (Written) likelihood(random).given(pass, two, from[0], from[1], from[2]);

        assertThat(p.logProb(source).shape()).isEqualTo(Shape.of(5, 2));
        assertThat(p.write(7, Writing.greedy(), rng).shape()).isEqualTo(Shape.of(7, 5, 2, 3));
        Written one = (Written) likelihood(random).given(pass, two.get(0, 3), from[0], from[1], from[2]);
        assertThat(p.logProb(source).get(0, 3).toHost().toFloats())
                .containsExactly(one.logProb(source).toHost().toFloats(), within(1e-5f));
    }
}
