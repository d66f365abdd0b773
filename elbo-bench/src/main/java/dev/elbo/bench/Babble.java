package dev.elbo.bench;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.data.Vocabulary;
import dev.elbo.tensor.HostArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Generated sentences as long as those of a text are that is read with the usual limits: 2 to 30 words, 16 in the mean, of 10,000.
 * Some words are frequent and most are rare, so that there is something to learn. 40 batches of 64 are an epoch, short enough
 * that a measurement can be one, and has batches of all lengths.
 */
final class Babble {
    private static final int SENTENCES = 2_560;
    private static final int WORDS = 10_000;
    private static final int SHORTEST = 2;

    /** Lengths are a sum of two numbers below this. */
    private static final int SPREAD = 15;

    /** With the end of the sentence. */
    private static final int LONGEST = SHORTEST + 2 * (SPREAD - 1) + 1;

    private Babble() {}

    static DataSource source() {
        Vocabulary vocabulary = new Vocabulary(IntStream.range(0, WORDS)
                .mapToObj(i -> new Vocabulary.Word("word" + i, 1))
                .toList());
        DataSpec spec = new DataSpec("generated", Map.of("text", new Field.Tokens(vocabulary, LONGEST)), "");
        return new DataSource(spec, sentences(), Optional.empty(), Optional.empty(), List.of());
    }

    private static Split sentences() {
        SplittableRandom random = new SplittableRandom(1);
        long[] tokens = new long[SENTENCES * LONGEST];
        long[] lengths = new long[SENTENCES];
        for (int n = 0; n < SENTENCES; n++) {
            int words = SHORTEST + random.nextInt(SPREAD) + random.nextInt(SPREAD);
            for (int t = 0; t < words; t++) {
                double u = random.nextDouble();
                tokens[n * LONGEST + t] = Vocabulary.END + 1 + (long) (WORDS * u * u * u);
            }
            tokens[n * LONGEST + words] = Vocabulary.END;
            lengths[n] = words + 1L;
        }
        return new Split(
                Map.of("text", HostArray.of(tokens, SENTENCES, LONGEST)),
                Map.of("text", HostArray.of(lengths, SENTENCES)),
                Map.of());
    }
}
