package dev.elbo.data;

import dev.elbo.data.ImageListing.Purpose;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.Pitch;
import dev.elbo.sound.SoundFile;
import dev.elbo.sound.UnreadableSoundException;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Recordings on their way to becoming a data source: log-mel spectra as {@value #SOUND}, what was said as {@value Text#FIELD}, if
 * anything is known of that, and who spoke as {@value #VOICE}.
 *
 * @param origin the file or folder, for messages
 * @param name what the data are called
 * @param attribution whom to credit
 */
record RecordedSpeech(Path origin, String name, String attribution, Reading options, ClipRemarks remarks) {
    static final String SOUND = "sound";
    static final String VOICE = "voice";

    /** The field of the samples, a row of as many as lie between two frames for each frame. */
    static final String WAVE = "wave";

    /** The field of the pitch in Hz, a row of one number for each frame; 0 where nothing voiced is heard. */
    static final String PITCH = "pitch";

    /** A peak of so much, −60 dB of full scale, is a recording of nothing. */
    private static final double SILENT = 1e-3;

    /** More cut samples than so many of all are told of. */
    private static final double CLIPPED = 1e-3;

    /** Where no recording can be read, and that is all that is to be told. */
    private static final int ANY_RATE = 16_000;

    /**
     * A recording that was read.
     *
     * @param along what there is of each frame, [T, …], by field: its spectrum, and perhaps its samples and its pitch
     */
    private record Heard(Clip clip, Map<String, HostArray> along) {
        int length() {
            return Math.toIntExact(along(SOUND).shape().size(0));
        }

        HostArray along(String field) {
            return Objects.requireNonNull(along.get(field));
        }
    }

    /**
     * The source.
     *
     * @throws InvalidFileException if no recording can be used to learn from
     */
    DataSource source(List<Clip> clips) throws IOException {
        try {
            return sourceOf(clips);
        } catch (OutOfMemoryError full) { // what was read is free again
            throw new InvalidFileException(
                    origin.toString(),
                    String.format(
                            Locale.ROOT,
                            "has more recordings than fit into the %,d MB that Java has here",
                            Runtime.getRuntime().maxMemory() >> 20),
                    "Let Java have more, as by export ELBO_JAVA_OPTS=-Xmx8g, or give a part of them",
                    full);
        }
    }

    private DataSource sourceOf(List<Clip> clips) throws IOException {
        boolean hasTexts = clips.stream().anyMatch(clip -> clip.text().isPresent());
        List<Clip> spoken = hasTexts ? withText(clips) : clips;
        SortedMap<Integer, List<Clip>> rates = byRate(spoken);
        MelAnalysis analysis = options.sound().analysis(rates.isEmpty() ? ANY_RATE : rates.firstKey());
        noteRates(rates, analysis);
        List<Heard> heard = heard(spoken, analysis);
        if (of(Purpose.TRAIN, heard).isEmpty()) {
            throw nothing(clips.size());
        }
        return source(heard, analysis, hasTexts);
    }

    private InvalidFileException nothing(int clips) {
        String why = String.join("; ", remarks.notes());
        return new InvalidFileException(
                origin.toString(),
                "has no recording to learn from, of " + clips + (why.isEmpty() ? "" : ": " + why),
                "Give recordings of speech, as WAV, FLAC, OGG or MP3, with what is said in them, as NAME.txt beside NAME.wav",
                null);
    }

    private List<Clip> withText(List<Clip> clips) {
        List<Clip> kept = new ArrayList<>();
        for (Clip clip : clips) {
            if (clip.text().isEmpty()) {
                remarks.add("recordings without a transcript, left out", clip.name());
            } else if (options.tokens().split(clip.text().get()).isEmpty()) {
                remarks.add("recordings with a transcript that has nothing to say, left out", clip.name());
            } else {
                kept.add(clip);
            }
        }
        return kept;
    }

    /** The clips whose files say how many samples a second they have, by that. */
    private SortedMap<Integer, List<Clip>> byRate(List<Clip> clips) throws IOException {
        SortedMap<Integer, List<Clip>> rates = new TreeMap<>();
        for (Clip clip : clips) {
            try {
                rates.computeIfAbsent(SoundFile.rateHz(clip.file()), rate -> new ArrayList<>())
                        .add(clip);
            } catch (UnreadableSoundException unreadable) {
                // That is told when it is read as a whole.
            }
        }
        return rates;
    }

    private void noteRates(SortedMap<Integer, List<Clip>> rates, MelAnalysis analysis) {
        rates.forEach((rate, clips) -> {
            if (rates.size() > 1 && rate > analysis.rateHz()) {
                clips.forEach(clip -> remarks.add(
                        "recordings of " + rate + " samples a second, brought to " + analysis.rateHz(), clip.name()));
            }
            if (rate < analysis.rateHz()) {
                clips.forEach(clip -> remarks.add(
                        "recordings of " + rate + " samples a second, brought to " + analysis.rateHz()
                                + ", whose upper frequencies are empty",
                        clip.name()));
            }
        });
    }

    private List<Heard> heard(List<Clip> clips, MelAnalysis analysis) throws IOException {
        List<Heard> heard = new ArrayList<>();
        for (Clip clip : clips) {
            wave(clip)
                    .ifPresent(wave -> heard.add(new Heard(clip, along(wave.resampled(analysis.rateHz()), analysis))));
        }
        return heard;
    }

    private Map<String, HostArray> along(Wave wave, MelAnalysis analysis) {
        HostArray spectrum = analysis.frames(wave);
        int count = Math.toIntExact(spectrum.shape().size(0));
        Map<String, HostArray> along = new HashMap<>(Map.of(SOUND, spectrum));
        if (options.sound().waves()) {
            float[] samples = Arrays.copyOf(wave.samples(), count * analysis.hop());
            along.put(WAVE, HostArray.of(samples, count, analysis.hop()));
        }
        if (options.sound().pitches()) {
            along.put(PITCH, pitch(wave, count, analysis.hop()));
        }
        return along;
    }

    /** The pitch at each frame in Hz, [T, 1]; 0 where nothing voiced is heard. */
    private static HostArray pitch(Wave wave, int count, int hop) {
        double[] track = Pitch.SPEECH.track(wave.samples(), wave.rateHz(), hop);
        float[] hertz = new float[count];
        for (int t = 0; t < Math.min(count, track.length); t++) {
            hertz[t] = Double.isNaN(track[t]) ? 0 : (float) track[t];
        }
        return HostArray.of(hertz, count, 1);
    }

    /** The wave of a recording; nothing if there is none to be used, which is told. */
    private Optional<Wave> wave(Clip clip) throws IOException {
        try {
            Wave wave = SoundFile.read(clip.file());
            if (wave.peak() < SILENT) {
                remarks.add("silent recordings, left out", clip.name());
                return Optional.empty();
            }
            if (wave.clipped() > CLIPPED) {
                remarks.add("recordings that were cut off at full scale, kept", clip.name());
            }
            Wave trimmed = options.sound().trim() ? wave.trimmed() : wave;
            if (trimmed.seconds() > options.sound().longestSeconds()) {
                remarks.add(
                        String.format(
                                Locale.ROOT,
                                "recordings of more than %s s, left out (--set longestSeconds=… keeps"
                                        + " longer ones)",
                                options.sound().longestSeconds()),
                        clip.name());
                return Optional.empty();
            }
            return Optional.of(options.sound().evenLoudness() ? trimmed.levelled() : trimmed);
        } catch (UnreadableSoundException unreadable) {
            remarks.add("recordings that cannot be read, left out", clip.name() + " " + unreadable.problem());
            return Optional.empty();
        }
    }

    private static List<Heard> of(Purpose purpose, List<Heard> heard) {
        return heard.stream().filter(one -> one.clip().purpose() == purpose).toList();
    }

    private DataSource source(List<Heard> heard, MelAnalysis analysis, boolean hasTexts) throws IOException {
        Map<String, Field> fields = new LinkedHashMap<>();
        int longest = heard.stream().mapToInt(Heard::length).max().orElse(1);
        fields.put(SOUND, new Field.Frames(analysis, longest));
        if (hasTexts) {
            fields.put(Text.FIELD, tokens(heard));
        }
        fields.put(
                VOICE,
                new Field.Category(heard.stream()
                        .map(one -> one.clip().voice())
                        .distinct()
                        .sorted()
                        .toList()));
        if (options.sound().waves()) {
            fields.put(WAVE, asTheyAre(analysis.hop(), longest, analysis));
        }
        if (options.sound().pitches()) {
            fields.put(PITCH, asTheyAre(1, longest, analysis));
        }
        return new DataSource(
                new DataSpec(name, fields, attribution),
                split(of(Purpose.TRAIN, heard), fields),
                part(of(Purpose.VALIDATION, heard), fields),
                part(of(Purpose.TEST, heard), fields),
                remarks.notes());
    }

    /** Numbers beside the frames of an analysis, which are neither scaled nor shifted. */
    private static Field.Frames asTheyAre(int channels, int longest, MelAnalysis analysis) {
        return new Field.Frames(channels, longest, analysis.framesPerSecond(), Optional.of(Statistics.none(channels)));
    }

    private static Optional<Split> part(List<Heard> heard, Map<String, Field> fields) {
        return heard.isEmpty() ? Optional.empty() : Optional.of(split(heard, fields));
    }

    /** Every token counts where nothing is said of that: speech has few words, and no word is read as another. */
    private Field.Tokens tokens(List<Heard> heard) throws InvalidFileException {
        Tokeniser tokeniser = tokeniser(heard);
        Map<String, Long> units = new HashMap<>();
        of(Purpose.TRAIN, heard)
                .forEach(one -> tokeniser
                        .units(one.clip().text().orElseThrow())
                        .forEach(unit -> units.merge(unit, 1L, Long::sum)));
        int minCount = options.minCount() == Reading.standard().minCount() ? 1 : options.minCount();
        Vocabulary vocabulary;
        try {
            vocabulary = tokeniser.vocabulary(units, options.maxWords(), minCount);
        } catch (IllegalArgumentException none) {
            throw new InvalidFileException(
                    origin.toString(), "has no word that occurs " + minCount + " times", "Set minCount=1", none);
        }
        int longest = 1;
        for (Heard one : heard) {
            long[] ids = vocabulary.encode(one.clip().text().orElseThrow());
            longest = Math.max(longest, ids.length);
            if (one.clip().purpose() != Purpose.TRAIN && LongStream.of(ids).anyMatch(id -> id == Vocabulary.UNKNOWN)) {
                remarks.add(
                        "recordings to judge by with words that none to learn from has, read as <unk>",
                        one.clip().name());
            }
        }
        return new Field.Tokens(vocabulary, longest);
    }

    /** The tokeniser of the texts: words stand apart where each recording has one. */
    private Tokeniser tokeniser(List<Heard> heard) {
        boolean isOneWord = of(Purpose.TRAIN, heard).stream()
                .noneMatch(one -> one.clip().text().orElseThrow().strip().matches("(?s).*\\s.*"));
        return options.tokens() instanceof Phones phones && isOneWord ? phones.apart() : options.tokens();
    }

    private static Split split(List<Heard> heard, Map<String, Field> fields) {
        Map<String, RowSource> rows = new LinkedHashMap<>();
        Map<String, RowSource> lengths = new LinkedHashMap<>();
        fields.forEach((name, field) -> {
            if (field instanceof Field.Frames frames) {
                FrameRows sequences = new FrameRows(
                        heard.stream().map(one -> one.along(name)).toList(), frames.longest(), frames.channels());
                rows.put(name, sequences);
                lengths.put(name, sequences.lengths());
            } else if (field instanceof Field.Tokens tokens) {
                putTokens(heard, name, tokens, rows, lengths);
            } else if (field instanceof Field.Category voices) {
                rows.put(
                        name,
                        HostArray.of(
                                heard.stream()
                                        .mapToLong(one -> voices.names()
                                                .indexOf(one.clip().voice()))
                                        .toArray(),
                                heard.size()));
            }
        });
        return new Split(
                rows,
                lengths,
                Map.of(),
                heard.stream().map(one -> one.clip().name()).collect(Collectors.toList()));
    }

    private static void putTokens(
            List<Heard> heard,
            String name,
            Field.Tokens field,
            Map<String, RowSource> rows,
            Map<String, RowSource> lengths) {
        long[] padded = new long[heard.size() * field.longest()];
        long[] counts = new long[heard.size()];
        for (int i = 0; i < heard.size(); i++) {
            long[] ids = field.vocabulary().encode(heard.get(i).clip().text().orElseThrow());
            System.arraycopy(ids, 0, padded, i * field.longest(), ids.length);
            counts[i] = ids.length;
        }
        rows.put(name, HostArray.of(padded, heard.size(), field.longest()));
        lengths.put(name, HostArray.of(counts, heard.size()));
    }
}
