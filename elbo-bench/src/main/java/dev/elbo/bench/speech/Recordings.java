package dev.elbo.bench.speech;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.data.Vocabulary;
import dev.elbo.pronunciation.Pronunciation;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Parallel;
import dev.elbo.tensor.RowSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final String PAUSE = "<sil>";
    private static final String UNKNOWN = "<unk>";
    private static final String CHARACTERS = "characters";
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

    /**
     * Of data with the fields {@code sound}, {@code text} and, unless one voice speaks, {@code voice}. Where the data keep no recordings
     * apart, each tenth is.
     *
     * @throws IllegalArgumentException if they are no recorded speech
     */
    public static Recordings of(DataSource data) {
        DataSpec spec = data.spec();
        Map<String, Utterance> train = utterances("train", data.train(), spec);
        Map<String, Utterance> test = data.test()
                .or(data::validation)
                .map(split -> utterances("test", split, spec))
                .orElseGet(() -> eachTenth(train));
        Map<String, Utterance> learned = new LinkedHashMap<>(train);
        learned.keySet().removeAll(test.keySet());
        return new Recordings(spec.name(), analysis(spec), learned, test, Optional.of(vocabulary(spec)));
    }

    private static Map<String, Utterance> eachTenth(Map<String, Utterance> all) {
        Map<String, Utterance> some = new LinkedHashMap<>();
        List<String> names = List.copyOf(all.keySet());
        for (int i = 0; i < names.size(); i += APART) {
            some.put(names.get(i), Objects.requireNonNull(all.get(names.get(i))));
        }
        return some;
    }

    /**
     * All recordings of data as clips that are to be judged, with waves that are made of their frames.
     *
     * @throws IllegalArgumentException if they are no recorded speech
     */
    public static List<Spoken> clips(DataSource data) {
        Map<String, Utterance> all = new LinkedHashMap<>(utterances("train", data.train(), data.spec()));
        data.validation().ifPresent(split -> all.putAll(utterances("validation", split, data.spec())));
        data.test().ifPresent(split -> all.putAll(utterances("test", split, data.spec())));
        return spoken(all, analysis(data.spec()));
    }

    /** The recordings that are kept apart, with waves that are made of their frames. */
    public List<Spoken> spoken() {
        return spoken(test, analysis);
    }

    private static List<Spoken> spoken(Map<String, Utterance> utterances, MelAnalysis analysis) {
        List<Map.Entry<String, Utterance>> each = List.copyOf(utterances.entrySet());
        return Parallel.map(
                each.size(),
                i -> Spoken.inverted(each.get(i).getKey(), each.get(i).getValue(), analysis));
    }

    private static MelAnalysis analysis(DataSpec spec) {
        if (spec.fields().get(SOUND) instanceof Field.Frames frames) {
            return frames.analysis().orElseThrow(() -> noSpeech(spec));
        }
        throw noSpeech(spec);
    }

    private static Vocabulary vocabulary(DataSpec spec) {
        if (spec.fields().get(TEXT) instanceof Field.Tokens tokens) {
            return tokens.vocabulary();
        }
        throw noSpeech(spec);
    }

    private static IllegalArgumentException noSpeech(DataSpec spec) {
        return new IllegalArgumentException("data '" + spec.name() + "' have the fields "
                + spec.fields().keySet() + ", and are no recordings with texts; those have sound, text and voice");
    }

    private static Map<String, Utterance> utterances(String of, Split split, DataSpec spec) {
        Vocabulary vocabulary = vocabulary(spec);
        RowSource sound = split.field(SOUND);
        long[] lengths =
                Objects.requireNonNull(split.lengths().get(SOUND)).toHost().toLongs();
        Map<String, Utterance> utterances = new LinkedHashMap<>();
        for (int i = 0; i < lengths.length; i++) {
            HostArray row = sound.rows(i, i + 1);
            HostArray frames =
                    row.reshape(row.shape().size(1), row.shape().size(2)).rows(0, lengths[i]);
            List<String> units = said(split.field(TEXT).rows(i, i + 1).toLongs(), vocabulary);
            String name = split.names().isEmpty() ? of + " " + i : split.names().get(i);
            utterances.put(name, new Utterance(units, voice(split, spec, i), frames));
        }
        return utterances;
    }

    private static String voice(Split split, DataSpec spec, int row) {
        return spec.fields().get(VOICE) instanceof Field.Category voice
                ? voice.names().get((int) split.field(VOICE).rows(row, row + 1).toLongs()[0])
                : spec.name();
    }

    private static List<String> said(long[] tokens, Vocabulary vocabulary) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < tokens.length && tokens[i] != Vocabulary.END && tokens[i] != Vocabulary.PADDING; i++) {
            said.add(vocabulary.word(tokens[i]));
        }
        if (vocabulary.tokeniser().toString().equals(CHARACTERS)) {
            said.removeIf(UNKNOWN::equals); // a mark that no text to learn from has; nobody hears marks
        }
        return withoutPauses(said);
    }

    /** Nobody hears whether a pause was written. */
    private static List<String> withoutPauses(List<String> units) {
        return units.stream().filter(unit -> !unit.equals(PAUSE)).toList();
    }

    /** The texts that are said in the recordings, each once. */
    public List<List<String>> texts() {
        return Stream.concat(train.values().stream(), test.values().stream())
                .map(Utterance::units)
                .distinct()
                .toList();
    }

    /** The units of a text that is to be said. */
    public List<String> units(String text) {
        return withoutPauses(vocabulary
                .map(known -> known.split(text))
                .orElseGet(() -> List.of(text.strip().split("\\s+"))));
    }

    /** A text that is read as these units: phones are no words, and stand between braces; silence comes by itself. */
    public String text(List<String> units) {
        String joined = vocabulary.map(known -> known.tokeniser().join(units)).orElseGet(() -> String.join(" ", units));
        return units(joined).equals(units)
                ? joined
                : units.stream()
                        .filter(unit -> !unit.equals(Pronunciation.SILENCE))
                        .collect(Collectors.joining(" ", "{", "}"));
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
