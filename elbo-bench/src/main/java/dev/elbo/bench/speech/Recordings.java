package dev.elbo.bench.speech;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.data.Vocabulary;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Recorded speech: what judges learn from, and what they are measured on.
 *
 * @param name of the data
 * @param analysis that made the frames
 * @param train recordings to learn from, by what they are called
 * @param test recordings that are kept apart
 * @param vocabulary what a text's units are; empty if they are words between spaces
 */
public record Recordings(
        String name,
        MelAnalysis analysis,
        Map<String, Utterance> train,
        Map<String, Utterance> test,
        Optional<Vocabulary> vocabulary) {
    private static final int APART = 10; // of so many recordings one is kept apart, where the data name none
    private static final String SOUND = "sound";
    private static final String TEXT = "text";
    private static final String VOICE = "voice";

    /**
     * Copies and validates.
     *
     * @throws IllegalArgumentException if there is nothing to learn from, or nothing kept apart
     */
    public Recordings {
        train = Collections.unmodifiableMap(new LinkedHashMap<>(train));
        test = Collections.unmodifiableMap(new LinkedHashMap<>(test));
        if (train.isEmpty() || test.isEmpty()) {
            throw new IllegalArgumentException("judges learn from recordings and are measured on others; data '" + name
                    + "' have " + train.size() + " and " + test.size());
        }
    }

    /** All of them, of which some are kept apart. */
    static Recordings parted(String name, MelAnalysis analysis, Map<String, Utterance> all, Optional<Vocabulary> vocabulary) {
        Map<String, Utterance> train = new LinkedHashMap<>();
        Map<String, Utterance> test = new LinkedHashMap<>();
        int[] row = {0};
        all.forEach((key, each) -> (row[0]++ % APART == 0 ? test : train).put(key, each));
        return new Recordings(name, analysis, train, test, vocabulary);
    }

    /**
     * Of data with the fields {@code sound}, {@code text} and, unless one voice speaks, {@code voice}.
     *
     * @throws IllegalArgumentException if they are no recorded speech
     */
    public static Recordings of(DataSource data) {
        DataSpec spec = data.spec();
        if (!(spec.fields().get(SOUND) instanceof Field.Frames frames)
                || frames.analysis().isEmpty()
                || !(spec.fields().get(TEXT) instanceof Field.Tokens tokens)) {
            throw new IllegalArgumentException("data '" + spec.name() + "' have the fields "
                    + spec.fields().keySet() + ", and are no recorded speech; that has sound, text and voice");
        }
        Optional<Vocabulary> vocabulary = Optional.of(tokens.vocabulary());
        MelAnalysis analysis = frames.analysis().get();
        Map<String, Utterance> train = utterances("train", data.train(), spec, tokens.vocabulary());
        Optional<Split> apart = data.test().or(data::validation);
        return apart.isEmpty()
                ? parted(spec.name(), analysis, train, vocabulary)
                : new Recordings(
                        spec.name(),
                        analysis,
                        train,
                        utterances("test", apart.get(), spec, tokens.vocabulary()),
                        vocabulary);
    }

    private static Map<String, Utterance> utterances(String of, Split split, DataSpec spec, Vocabulary vocabulary) {
        List<String> voices = spec.fields().get(VOICE) instanceof Field.Category voice ? voice.names() : List.of(spec.name());
        RowSource voice = split.fields().get(VOICE);
        long[] lengths = Objects.requireNonNull(split.lengths().get(SOUND)).toHost().toLongs();
        Map<String, Utterance> utterances = new LinkedHashMap<>();
        for (int i = 0; i < lengths.length; i++) {
            long[] tokens = split.field(TEXT).rows(i, i + 1).toLongs();
            int who = voice == null ? 0 : (int) voice.rows(i, i + 1).toLongs()[0];
            HostArray row = split.field(SOUND).rows(i, i + 1);
            HostArray frames = row.reshape(row.shape().size(1), row.shape().size(2)).rows(0, lengths[i]);
            String name = split.names().isEmpty() ? of + " " + i : split.names().get(i);
            utterances.put(name, new Utterance(said(tokens, vocabulary), voices.get(who), frames));
        }
        return utterances;
    }

    private static List<String> said(long[] tokens, Vocabulary vocabulary) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < tokens.length && tokens[i] != Vocabulary.END && tokens[i] != Vocabulary.PADDING; i++) {
            said.add(vocabulary.word(tokens[i]));
        }
        return heard(said);
    }

    /** Without markers, as {@code <sil>}: nobody hears whether a pause was written. */
    private static List<String> heard(List<String> units) {
        return units.stream()
                .filter(unit -> !unit.startsWith("<") || unit.length() == 1)
                .toList();
    }

    /** The units of a text that was to be said. */
    public List<String> units(String text) {
        return heard(vocabulary.map(known -> known.split(text)).orElseGet(() -> List.of(text.strip().split("\\s+"))));
    }

    /** The recordings that are kept apart, with waves that are made of their frames. */
    public List<Spoken> spoken() {
        return test.entrySet().stream()
                .map(each -> Spoken.inverted(each.getKey(), each.getValue(), analysis))
                .toList();
    }

    /** By what the recordings that judges learn from are known again: a checksum (CRC-32C). */
    String fingerprint() {
        CRC32C sum = new CRC32C();
        sum.update(analysis.toString().getBytes(StandardCharsets.UTF_8));
        for (Utterance each : train.values()) {
            sum.update((each.text() + "\n" + each.voice() + "\n").getBytes(StandardCharsets.UTF_8));
            sum.update(each.frames().bytes());
        }
        return Long.toHexString(sum.getValue());
    }
}
