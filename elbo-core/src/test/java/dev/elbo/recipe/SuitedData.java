package dev.elbo.recipe;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.data.Statistics;
import dev.elbo.data.Stripes;
import dev.elbo.data.Vocabulary;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.Recorded;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small data that a recipe can be trained on: stripes for one of images, dialogues for one of text, sounds for one of speech. */
public final class SuitedData {
    private static final List<String> WHO = List.of("the cat", "a dog", "my old friend");
    private static final List<String> DOES = List.of("sees", "likes", "often forgets");
    private static final int LONGEST = 10;

    private SuitedData() {}

    /** {@code count} examples to learn from, and half as many to judge by. */
    public static DataSource of(Recipe recipe, int count) {
        if (recipe instanceof VocoderRecipe) {
            return waves(count);
        }
        if (recipe.card().group() == Card.Group.SPEECH) {
            return speech(count);
        }
        return recipe.treatments().isEmpty() ? dialogues(count) : Stripes.of(1, 9, 7, count);
    }

    /** How a recipe's pixels are treated, for examples that need to be told. */
    public static Pixels pixels(Recipe recipe) {
        return recipe.treatments().stream().findFirst().orElse(Pixels.GREY);
    }

    /**
     * Frames of two voices that say one to three phones: those of a phone are about its number, and a second voice is louder and an octave
     * higher. Some have fewer frames than the longest.
     */
    public static DataSource speech(int count) {
        Vocabulary phones = Vocabulary.of(Stream.of("a", "b", "c"), 3, 1);
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("sound", new Field.Frames(CHANNELS, FRAMES, 50));
        fields.put("text", new Field.Tokens(phones, 4));
        fields.put("voice", new Field.Category(List.of("ann", "bob")));
        fields.put("pitch", new Field.Frames(1, FRAMES, 50, Optional.of(asTheyAre(1))));
        return new DataSource(
                new DataSpec("speech", fields, ""),
                spoken(phones, 0, count),
                Optional.of(spoken(phones, count, (count + 1) / 2)));
    }

    private static final int CHANNELS = 5;
    private static final int FRAMES = 12;

    private static Split spoken(Vocabulary phones, int from, int count) {
        Random random = new Random(from);
        float[] frames = new float[count * FRAMES * CHANNELS];
        float[] hertz = new float[count * FRAMES];
        long[] text = new long[count * 4];
        long[][] figures = new long[3][count]; // frames, phones, voice
        for (int n = 0; n < count; n++) {
            int said = 1 + (from + n) % 3;
            figures[0][n] = FRAMES - (from + n) % 4L;
            figures[1][n] = said + 1L;
            figures[2][n] = (from + n) / 3 % 2L;
            for (int i = 0; i < said; i++) {
                text[n * 4 + i] = phones.id(String.valueOf((char) ('a' + (n + i) % 3)));
            }
            text[n * 4 + said] = Vocabulary.END;
            for (int t = 0; t < figures[0][n]; t++) {
                long phone = text[n * 4 + t * said / (int) figures[0][n]];
                hertz[n * FRAMES + t] = phone == 4 ? 0 : 100 * (1 + figures[2][n]) + 5L * (n % 4);
                for (int c = 0; c < CHANNELS; c++) {
                    frames[(n * FRAMES + t) * CHANNELS + c] =
                            (c == phone - 4 ? 2 : 0) + figures[2][n] + (float) random.nextGaussian() / 10;
                }
            }
        }
        return new Split(
                Map.of(
                        "sound", HostArray.of(frames, count, FRAMES, CHANNELS),
                        "text", HostArray.of(text, count, 4),
                        "voice", HostArray.of(figures[2], count),
                        "pitch", HostArray.of(hertz, count, FRAMES, 1)),
                Map.of(
                        "sound", HostArray.of(figures[0], count),
                        "text", HostArray.of(figures[1], count),
                        "pitch", HostArray.of(figures[0], count)),
                Map.of());
    }

    /** Harmonic sounds of some pitches, with their spectra; some are shorter than others. */
    public static DataSource waves(int count) {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("sound", new Field.Frames(ANALYSIS, FRAMES));
        fields.put("wave", new Field.Frames(HOP, FRAMES, ANALYSIS.framesPerSecond(), Optional.of(asTheyAre(HOP))));
        return new DataSource(
                new DataSpec("waves", fields, ""), heard(0, count), Optional.of(heard(count, (count + 1) / 2)));
    }

    private static Statistics asTheyAre(int channels) {
        return new Statistics(Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
    }

    private static final int HOP = 4;
    private static final MelAnalysis ANALYSIS = new MelAnalysis(8000, 4 * HOP, HOP, CHANNELS, 60, 4000);

    private static Split heard(int from, int count) {
        float[] frames = new float[count * FRAMES * CHANNELS];
        float[] samples = new float[count * FRAMES * HOP];
        long[] lengths = new long[count];
        for (int n = 0; n < count; n++) {
            double hertz = 300 + 200 * ((from + n) % 5);
            lengths[n] = FRAMES - (from + n) % 4L;
            Wave wave = Recorded.sine(8000, (lengths[n] - 1) * HOP / 8000.0, hertz, 0.2);
            float[] spectrum = ANALYSIS.frames(wave).toFloats();
            System.arraycopy(spectrum, 0, frames, n * FRAMES * CHANNELS, spectrum.length);
            System.arraycopy(wave.samples(), 0, samples, n * FRAMES * HOP, wave.samples().length);
        }
        HostArray all = HostArray.of(lengths, count);
        return new Split(
                Map.of(
                        "sound", HostArray.of(frames, count, FRAMES, CHANNELS),
                        "wave", HostArray.of(samples, count, FRAMES, HOP)),
                Map.of("sound", all, "wave", all),
                Map.of());
    }

    /** Sentences of three to seven words, with a label that says nothing of them. */
    public static DataSource sentences(int count) {
        Vocabulary vocabulary = Vocabulary.of(
                IntStream.range(0, 27).mapToObj(i -> sentence(i).split(" ")).flatMap(Stream::of), 100, 1);
        Map<String, Field> fields = Map.of(
                "text", new Field.Tokens(vocabulary, LONGEST), "label", new Field.Category(List.of("who", "whom")));
        DataSpec spec = new DataSpec("sentences", fields, "");
        return new DataSource(
                spec, split(vocabulary, 0, count), Optional.of(split(vocabulary, count, (count + 1) / 2)));
    }

    /**
     * Answers of three to seven words in the field "text", each to one or two turns in the field "context", which end each with
     * {@link Vocabulary#END}: the last of them is the answer's neighbour in the list of sentences. Both have one vocabulary. A
     * label says whether there are two turns.
     */
    public static DataSource dialogues(int count) {
        DataSpec sentences = sentences(1).spec();
        Field.Tokens text = (Field.Tokens) sentences.field("text");
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("context", new Field.Tokens(text.vocabulary(), 2 * LONGEST));
        fields.put("text", text);
        fields.put("label", new Field.Category(List.of("one", "two")));
        return new DataSource(
                new DataSpec("dialogues", fields, ""),
                answers(text.vocabulary(), 0, count),
                Optional.of(answers(text.vocabulary(), count, (count + 1) / 2)));
    }

    private static Split answers(Vocabulary vocabulary, int from, int count) {
        Split text = split(vocabulary, from, count);
        long[] tokens = new long[count * 2 * LONGEST];
        long[] lengths = new long[count];
        for (int n = 0; n < count; n++) {
            for (int turn = n % 2; turn >= 0; turn--) {
                long[] said = vocabulary.encode(sentence(from + n + 1 + turn));
                System.arraycopy(said, 0, tokens, n * 2 * LONGEST + (int) lengths[n], said.length);
                lengths[n] += said.length;
            }
        }
        Map<String, RowSource> fields = new LinkedHashMap<>(text.fields());
        fields.put("context", HostArray.of(tokens, count, 2 * LONGEST));
        return new Split(
                fields,
                Map.of("context", HostArray.of(lengths, count), "text", HostArray.of(text.lengths("text"), count)),
                Map.of());
    }

    private static String sentence(int i) {
        return WHO.get(i % 3) + " " + DOES.get(i / 3 % 3) + " " + WHO.get(i / 9 % 3);
    }

    private static Split split(Vocabulary vocabulary, int from, int count) {
        long[] tokens = new long[count * LONGEST];
        long[] lengths = new long[count];
        long[] labels = new long[count];
        for (int n = 0; n < count; n++) {
            long[] sentence = vocabulary.encode(sentence(from + n));
            System.arraycopy(sentence, 0, tokens, n * LONGEST, sentence.length);
            lengths[n] = sentence.length;
            labels[n] = n % 2;
        }
        return new Split(
                Map.of("text", HostArray.of(tokens, count, LONGEST), "label", HostArray.of(labels, count)),
                Map.of("text", HostArray.of(lengths, count)),
                Map.of());
    }
}
