package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Recordings of one more voice, in the terms of other recordings: their numbers of phones, their scale of spectra, and their voices with
 * the new one behind them. A model of those can go on with these.
 *
 * @param known what the other recordings are
 * @param voice the name of the new voice
 */
public record VoiceClips(DataSpec known, String voice) {
    private static final String TEXT = Text.FIELD;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if the others are no recordings with texts and voices, or the name is blank
     */
    public VoiceClips {
        if (voice.isBlank()) {
            throw new IllegalArgumentException("a voice has a name; got '" + voice + "'");
        }
        frames(known);
        tokens(known);
        voices(known);
    }

    private static Field.Frames frames(DataSpec spec) {
        if (spec.field(RecordedSpeech.SOUND) instanceof Field.Frames frames) {
            return frames;
        }
        throw new IllegalArgumentException(
                "field '" + RecordedSpeech.SOUND + "' of data '" + spec.name() + "' holds no frames of sound");
    }

    private static Field.Tokens tokens(DataSpec spec) {
        if (spec.field(TEXT) instanceof Field.Tokens tokens) {
            return tokens;
        }
        throw new IllegalArgumentException("field '" + TEXT + "' of data '" + spec.name() + "' holds no text");
    }

    private static List<String> voices(DataSpec spec) {
        if (spec.field(RecordedSpeech.VOICE) instanceof Field.Category category) {
            return category.names();
        }
        throw new IllegalArgumentException(
                "field '" + RecordedSpeech.VOICE + "' of data '" + spec.name() + "' holds no voices");
    }

    /** The fields that the new recordings have: those of the others, with one voice more unless it is among them. */
    public DataSpec spec() {
        List<String> voices = new ArrayList<>(voices(known));
        if (!voices.contains(voice)) {
            voices.add(voice);
        }
        Map<String, Field> fields = new LinkedHashMap<>(known.fields());
        fields.put(RecordedSpeech.VOICE, new Field.Category(voices));
        return new DataSpec(known.name(), fields, known.attribution());
    }

    /**
     * The new recordings.
     *
     * @param clips with texts, analysed as the others are
     * @throws IllegalArgumentException if they are of another analysis, have no texts, or none has only phones that the others have
     */
    public DataSource of(DataSource clips) {
        if (!frames(clips.spec()).analysis().equals(frames(known).analysis())) {
            throw new IllegalArgumentException("the clips have another analysis than the recordings of '" + known.name()
                    + "': "
                    + frames(clips.spec()).analysis().map(Object::toString).orElse("none") + ", not "
                    + frames(known).analysis().map(Object::toString).orElse("none"));
        }
        int longestText = Math.max(tokens(known).longest(), tokens(clips.spec()).longest());
        int longestSound =
                Math.max(frames(known).longest(), frames(clips.spec()).longest());
        DataSpec spec = spec();
        Map<String, Field> fields = new LinkedHashMap<>(spec.fields());
        fields.put(TEXT, new Field.Tokens(tokens(known).vocabulary(), longestText));
        fields.replaceAll((name, field) -> field instanceof Field.Frames frames ? longer(frames, longestSound) : field);
        DataSpec whole = new DataSpec(clips.spec().name(), fields, clips.spec().attribution());
        Part part = new Part(clips.spec(), whole);
        List<String> notes = new ArrayList<>(clips.notes());
        Split train = part.of(clips.train(), notes);
        return new DataSource(
                whole,
                train,
                clips.validation().map(split -> part.of(split, notes)),
                clips.test().map(split -> part.of(split, notes)),
                notes);
    }

    private static Field.Frames longer(Field.Frames frames, int longest) {
        return new Field.Frames(frames.channels(), longest, frames.rateHz(), frames.statistics(), frames.analysis());
    }

    /** A split of the new recordings, from their own terms into those of the others. */
    private final class Part {
        private final Vocabulary from;
        private final Field.Tokens text;
        private final Map<String, Field.Frames> along = new LinkedHashMap<>();
        private final long number;

        Part(DataSpec clips, DataSpec whole) {
            this.from = tokens(clips).vocabulary();
            this.text = tokens(whole);
            whole.fields().forEach((name, field) -> {
                if (field instanceof Field.Frames frames) {
                    along.put(name, frames);
                }
            });
            this.number = voices(whole).indexOf(voice);
        }

        /** The recordings that have only phones that are known; the others are told of. */
        Split of(Split split, List<String> notes) {
            long[][] texts = texts(split);
            List<Integer> kept = new ArrayList<>();
            List<String> left = new ArrayList<>();
            for (int i = 0; i < texts.length; i++) {
                if (LongStream.of(texts[i]).anyMatch(id -> id == Vocabulary.UNKNOWN)) {
                    left.add(
                            split.names().isEmpty()
                                    ? String.valueOf(i + 1)
                                    : split.names().get(i));
                } else {
                    kept.add(i);
                }
            }
            if (!left.isEmpty()) {
                notes.add("recordings with phones that the model was not trained with, left out: " + left.size() + " ("
                        + left.get(0) + (left.size() > 1 ? ", …" : "") + ")");
            }
            if (kept.isEmpty()) {
                throw new IllegalArgumentException(
                        "no recording of '" + voice + "' has only phones that the model was trained with; give"
                                + " recordings of words that are made of the phones in " + vocabularyWords());
            }
            return split(split, kept, texts);
        }

        private List<String> vocabularyWords() {
            return text.vocabulary().words().stream().map(Vocabulary.Word::text).toList();
        }

        private long[][] texts(Split split) {
            HostArray rows = split.field(TEXT).rows(0, split.size());
            int width = Math.toIntExact(rows.shape().size(1));
            long[] lengths = split.lengths(TEXT);
            long[] ids = rows.toLongs();
            long[][] texts = new long[lengths.length][];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = Arrays.stream(ids, i * width, i * width + (int) lengths[i])
                        .map(id -> id <= Vocabulary.END ? id : text.vocabulary().id(from.word(id)))
                        .toArray();
            }
            return texts;
        }

        private Split split(Split split, List<Integer> kept, long[][] texts) {
            int count = kept.size();
            long[] padded = new long[count * text.longest()];
            long[] textLengths = new long[count];
            long[] lengths = split.lengths(RecordedSpeech.SOUND);
            for (int i = 0; i < count; i++) {
                long[] said = texts[kept.get(i)];
                System.arraycopy(said, 0, padded, i * text.longest(), said.length);
                textLengths[i] = said.length;
            }
            long[] numbers = new long[count];
            Arrays.fill(numbers, number);
            Map<String, RowSource> rows = new LinkedHashMap<>();
            Map<String, RowSource> counts = new LinkedHashMap<>();
            along.forEach((name, field) -> {
                FrameRows frames = frames(split.field(name), lengths, kept, field);
                rows.put(name, frames);
                counts.put(name, frames.lengths());
            });
            rows.put(TEXT, HostArray.of(padded, count, text.longest()));
            rows.put(RecordedSpeech.VOICE, HostArray.of(numbers, count));
            counts.put(TEXT, HostArray.of(textLengths, count));
            return new Split(
                    rows,
                    counts,
                    Map.of(),
                    split.names().isEmpty()
                            ? List.of()
                            : kept.stream().map(split.names()::get).toList());
        }

        private FrameRows frames(RowSource rows, long[] lengths, List<Integer> kept, Field.Frames field) {
            List<HostArray> frames = new ArrayList<>();
            for (int i : kept) {
                HostArray row = rows.rows(i, i + 1L);
                frames.add(row.reshape(row.shape().size(1), row.shape().size(2)).rows(0, lengths[i]));
            }
            return new FrameRows(frames, field.longest(), field.channels());
        }
    }
}
