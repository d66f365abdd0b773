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
 * Generated recordings of six voices, as long as short sentences are: 4 to 22 phones of 40, 13 in the mean, and 4 to 7 frames of each
 * phone. A frame of 40 channels is its phone's, moved by its voice, and noise, so that there is something to align and to learn.
 * 40 batches of 32 are an epoch, short enough that a measurement can be one.
 */
final class Mumble {
    private static final int CLIPS = 1_280;
    private static final int PHONES = 40;
    private static final int VOICES = 6;
    private static final int CHANNELS = 40;
    private static final int SHORTEST = 4;

    /** Numbers of phones are a sum of two numbers below this. */
    private static final int SPREAD = 10;

    private static final int FEWEST_FRAMES = 4;
    private static final int MORE_FRAMES = 4;
    private static final int MOST_PHONES = SHORTEST + 2 * (SPREAD - 1);
    private static final int LONGEST = MOST_PHONES * (FEWEST_FRAMES + MORE_FRAMES - 1);
    private static final double FRAMES_PER_SECOND = 86;
    private static final double NOISE = 0.3;
    private static final double OF_VOICES = 0.5;

    private Mumble() {}

    static DataSource source() {
        Vocabulary vocabulary = new Vocabulary(IntStream.range(0, PHONES)
                .mapToObj(i -> new Vocabulary.Word("phone" + i, 1))
                .toList());
        List<String> voices =
                IntStream.range(0, VOICES).mapToObj(i -> "voice" + i).toList();
        DataSpec spec = new DataSpec(
                "generated",
                Map.of(
                        "sound", new Field.Frames(CHANNELS, LONGEST, FRAMES_PER_SECOND),
                        "text", new Field.Tokens(vocabulary, MOST_PHONES + 1),
                        "voice", new Field.Category(voices)),
                "");
        return new DataSource(spec, clips(), Optional.empty(), Optional.empty(), List.of());
    }

    private static Split clips() {
        SplittableRandom random = new SplittableRandom(1);
        float[][] ofPhones = normal(random, PHONES, 1);
        float[][] ofVoices = normal(random, VOICES, OF_VOICES);
        int width = MOST_PHONES + 1;
        long[] tokens = new long[CLIPS * width];
        long[] said = new long[CLIPS];
        long[] voices = new long[CLIPS];
        float[] sound = new float[CLIPS * LONGEST * CHANNELS];
        long[] frames = new long[CLIPS];
        for (int n = 0; n < CLIPS; n++) {
            int phones = SHORTEST + random.nextInt(SPREAD) + random.nextInt(SPREAD);
            voices[n] = random.nextInt(VOICES);
            for (int i = 0; i < phones; i++) {
                int phone = random.nextInt(PHONES);
                tokens[n * width + i] = Vocabulary.END + 1L + phone;
                int each = FEWEST_FRAMES + random.nextInt(MORE_FRAMES);
                for (int t = 0; t < each; t++, frames[n]++) {
                    int from = (n * LONGEST + (int) frames[n]) * CHANNELS;
                    for (int c = 0; c < CHANNELS; c++) {
                        sound[from + c] = ofPhones[phone][c]
                                + ofVoices[(int) voices[n]][c]
                                + (float) (NOISE * random.nextGaussian());
                    }
                }
            }
            tokens[n * width + phones] = Vocabulary.END;
            said[n] = phones + 1L;
        }
        return new Split(
                Map.of(
                        "sound", HostArray.of(sound, CLIPS, LONGEST, CHANNELS),
                        "text", HostArray.of(tokens, CLIPS, width),
                        "voice", HostArray.of(voices, CLIPS)),
                Map.of("sound", HostArray.of(frames, CLIPS), "text", HostArray.of(said, CLIPS)),
                Map.of());
    }

    private static float[][] normal(SplittableRandom random, int rows, double deviation) {
        float[][] values = new float[rows][CHANNELS];
        for (float[] row : values) {
            for (int c = 0; c < CHANNELS; c++) {
                row[c] = (float) (deviation * random.nextGaussian());
            }
        }
        return values;
    }
}
