package dev.elbo.generate;

import dev.elbo.data.Batch;
import dev.elbo.data.Field;
import dev.elbo.data.Vocabulary;
import dev.elbo.model.Melody;
import dev.elbo.model.SpeechVae;
import dev.elbo.model.Voices;
import dev.elbo.nn.Pass;
import dev.elbo.option.NearestName;
import dev.elbo.pronunciation.LeftOut;
import dev.elbo.pronunciation.Markup;
import dev.elbo.sound.Inversion;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.MelInversion;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a trained model of speech says. Each call frees all that it computes with.
 *
 * <pre>{@code
 * Speech speech = Speech.of(generator);
 * Wave wave = speech.say("four two", "jackson", Speech.Manner.STANDARD, 1);
 * }</pre>
 *
 * @param frames what the model makes
 * @param phones what it is told to say
 * @param voices who may say it; none of a model of one voice
 * @param device where the model is
 * @param vocoder what makes waves of spectra; by default {@link MelInversion}
 */
public record Speech(
        SpeechVae model,
        Field.Frames frames,
        Field.Tokens phones,
        List<String> voices,
        Device device,
        Optional<NeuralVocoder> vocoder) {
    private static final int OCTAVE = 12;

    /** Seconds of the shortest recording that tells a voice. */
    private static final double SHORTEST_CLIP = 0.2;

    /** Sentences that are made at once behind the first one. */
    private static final int TOGETHER = 8;

    /** Copies. */
    public Speech {
        voices = List.copyOf(voices);
    }

    /**
     * How something is said.
     *
     * @param temperature of durations and z: 1 as varied as the recordings, 0 the same each time
     * @param rate how many times as fast as the recordings
     * @param semitones how much higher; of a model that is told no pitch all frequencies are moved, so that a voice becomes smaller too
     */
    public record Manner(double temperature, double rate, double semitones) {
        /** As the recordings are, a little less varied. */
        public static final Manner STANDARD = new Manner(0.7, 1, 0);

        /**
         * Validates.
         *
         * @throws IllegalArgumentException if the temperature is not in 0 … 2, the rate not in ¼ … 4, or the pitch more than an octave away
         */
        public Manner {
            if (!(temperature >= 0 && temperature <= 2)) {
                throw new IllegalArgumentException("a temperature of speech is from 0 to 2; got " + temperature);
            }
            if (!(rate >= 0.25 && rate <= 4)) {
                throw new IllegalArgumentException("a rate of speech is from 0.25 to 4; got " + rate);
            }
            if (!(Math.abs(semitones) <= OCTAVE)) {
                throw new IllegalArgumentException("speech is moved by up to 12 semitones; got " + semitones);
            }
        }
    }

    /** Who speaks. */
    public sealed interface Speaker {
        /** What the speaker is called; empty of a model of one voice. */
        String name();

        /** A voice that the model learned from. */
        record Known(String name) implements Speaker {}

        /**
         * The voice of a recording.
         *
         * @param frames of the recording as the model observes them, FLOAT32 [T, M]
         */
        record Heard(String name, HostArray frames) implements Speaker {}
    }

    /**
     * The same through a vocoder.
     *
     * @throws IllegalArgumentException if that is of spectra of another rate or other bands
     */
    public Speech through(NeuralVocoder other) {
        return new Speech(model, frames, phones, voices, device, Optional.of(other.of(analysis())));
    }

    private Inversion inversion() {
        return vocoder.<Inversion>map(learned -> learned).orElseGet(() -> MelInversion.standard(analysis()));
    }

    /** Whether a recording of somebody tells the model a voice. */
    public boolean takesClips() {
        return model.text().voices().map(Voices::takesClips).orElse(false);
    }

    /**
     * The voice of a recording of somebody, whom the model need not have heard.
     *
     * @param name what the recording is called
     * @throws IllegalArgumentException if the model knows voices by their names alone, or the recording is silent or too short
     */
    public Speaker heard(String name, Wave clip) {
        if (!takesClips()) {
            throw new IllegalArgumentException("the model knows its voices by their names, " + voices
                    + ", and takes none from a recording. Train one with --set voices=reference");
        }
        MelAnalysis analysis = analysis();
        Wave fitting = clip.resampled(analysis.rateHz()).trimmed().levelled();
        if (fitting.peak() == 0 || fitting.seconds() < SHORTEST_CLIP) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "'%s' has %.2f s of sound; a voice is told by %.1f s of speech or more, better by some seconds",
                    name,
                    fitting.peak() == 0 ? 0 : fitting.seconds(),
                    SHORTEST_CLIP));
        }
        return heard(name, analysis.frames(fitting));
    }

    /**
     * The same of a recording's log-mel spectrum.
     *
     * @param spectrum FLOAT32 [T, M], by the analysis of the model's frames
     */
    public Speaker heard(String name, HostArray spectrum) {
        float[] values = spectrum.toFloats();
        return new Speaker.Heard(
                name,
                HostArray.of(
                        frames.statistics()
                                .map(known -> known.standardised(values))
                                .orElse(values),
                        spectrum.shape().sizes()));
    }

    /**
     * A voice that the model learned from.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Speaker speaker(String voice) {
        if (!voices.isEmpty()) {
            number(voice);
        }
        return new Speaker.Known(voice);
    }

    private MelAnalysis analysis() {
        return frames.analysis()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the frames of this model say nothing of a sound; train it on recordings"));
    }

    /**
     * The speech of a generator's model.
     *
     * @throws IllegalArgumentException if it does not speak
     */
    public static Speech of(Generator generator) {
        if (generator.model() instanceof SpeechVae model
                && generator.spec().field(SpeechVae.SOUND) instanceof Field.Frames frames
                && generator.spec().field(SpeechVae.TEXT) instanceof Field.Tokens phones) {
            List<String> voices = generator.spec().fields().get(SpeechVae.VOICE) instanceof Field.Category voice
                    ? voice.names()
                    : List.of();
            return new Speech(model, frames, phones, voices, generator.device(), Optional.empty());
        }
        throw new IllegalArgumentException("the model does not speak; choose a run of recipe tts-vae");
    }

    /**
     * A text as it is said.
     *
     * @param sentences what is said at once
     * @param leftOut what is not said, as the language has no sound for it
     */
    public record Script(List<Sentence> sentences, List<LeftOut> leftOut) {
        /** Copies. */
        public Script {
            sentences = List.copyOf(sentences);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * Reads a text, whose tags are SSML.
     *
     * @throws IllegalArgumentException if there is nothing to pronounce, a phone that no recording has, or a tag that says what it cannot
     */
    public Script script(String text) {
        Markup.Reading reading = phones.vocabulary().pronounced(text);
        List<Sentence> sentences = Sentence.of(reading);
        requireHeard(sentences.stream().flatMap(each -> each.phones().stream()).toList());
        return new Script(sentences, reading.leftOut());
    }

    private void requireHeard(List<String> said) {
        Vocabulary vocabulary = phones.vocabulary();
        TreeSet<String> unheard = new TreeSet<>();
        said.stream()
                .filter(phone -> vocabulary.id(phone) == Vocabulary.UNKNOWN)
                .forEach(unheard::add);
        if (!unheard.isEmpty()) {
            throw new IllegalArgumentException("no recording that the model learned from has the phones " + unheard
                    + "; it can say words of "
                    + vocabulary.words().stream().map(Vocabulary.Word::text).toList());
        }
    }

    /**
     * Says a text.
     *
     * @param voice who says it; any of a model of one voice
     * @throws IllegalArgumentException if there is no such voice, or nothing to pronounce
     */
    public Wave say(String text, String voice, Manner how, long seed) {
        return say(text, speaker(voice), how, seed);
    }

    /**
     * Says a text.
     *
     * @throws IllegalArgumentException if there is nothing to pronounce
     */
    public Wave say(String text, Speaker who, Manner how, long seed) {
        return Wave.joined(say(script(text).sentences(), who, how, seed).toList());
    }

    /** Says sentences of a {@link Script}, as they are asked for: the first as soon as it can, the others some together. */
    public Stream<Wave> say(List<Sentence> sentences, Speaker who, Manner how, long seed) {
        return IntStream.iterate(0, from -> from < sentences.size(), Speech::next)
                .mapToObj(from -> said(
                        sentences.subList(from, Math.min(sentences.size(), next(from))),
                        who,
                        how,
                        Rng.seedOf(seed, from)))
                .flatMap(List::stream);
    }

    private static int next(int from) {
        return from == 0 ? 1 : from + TOGETHER;
    }

    private List<Wave> said(List<Sentence> some, Speaker who, Manner how, long seed) {
        MelAnalysis analysis = analysis();
        List<Sentence> spoken =
                some.stream().filter(each -> !each.parts().isEmpty()).toList();
        List<Spectrum> spectra = spoken.isEmpty() ? List.of() : spectra(spoken, who, how, seed);
        Iterator<Wave> waves = inversion()
                .waves(spectra.stream().map(Spectrum::frames).toList(), seed)
                .iterator();
        Iterator<Spectrum> made = spectra.iterator();
        List<Wave> said = new ArrayList<>();
        for (Sentence each : some) {
            List<Wave> parts = new ArrayList<>();
            if (!each.parts().isEmpty()) {
                parts.addAll(parts(each, made.next(), waves.next(), how, analysis));
            }
            parts.add(Wave.silence(each.pauseSeconds(), analysis.rateHz()));
            said.add(Wave.joined(parts));
        }
        return said;
    }

    /** The parts of a sentence's wave, each as high as it is to be. */
    private List<Wave> parts(Sentence sentence, Spectrum spectrum, Wave wave, Manner how, MelAnalysis analysis) {
        List<Wave> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < sentence.parts().size(); i++) {
            long end = i == sentence.parts().size() - 1
                    ? wave.samples().length
                    : spectrum.ends().get(i) * analysis.hop();
            int to = (int) Math.min(wave.samples().length, end);
            parts.add(wave.between(from, to).higher(higher(how, sentence.parts().get(i))));
            from = to;
        }
        return parts;
    }

    /** How many times as high a part's wave is to be played: a model that is told how high to speak makes it so. */
    private double higher(Manner how, Sentence.Part part) {
        return hasMelody() ? 1 : Math.pow(2, (how.semitones() + part.semitones()) / OCTAVE);
    }

    /**
     * What a sentence is made of.
     *
     * @param frames the log-mel spectrum, FLOAT32 [T, M]
     * @param ends the frame at which each part ends
     */
    record Spectrum(HostArray frames, List<Long> ends) {}

    /** The spectra of sentences that say something. */
    List<Spectrum> spectra(List<Sentence> sentences, Speaker who, Manner how, long seed) {
        try (Scope work = Scope.open("speech");
                Inference use = Inference.begin()) {
            Pass pass = Pass.evaluation(Rng.seeded(seed, device));
            Batch given = given(sentences, who);
            Map<String, Tensor> latents = model.latents(sentences.size(), given, how.temperature(), pass);
            Map<String, HostArray> wanted = wanted(latents, sentences, how);
            HostArray d = Objects.requireNonNull(wanted.get(SpeechVae.DURATIONS));
            if (!isAsItIs(wanted, latents)) {
                latents = model.latents(on(wanted), given, how.temperature(), pass);
            }
            Tensor made = Objects.requireNonNull(
                            model.decode(latents, given, pass).get(SpeechVae.SOUND))
                    .centre(); // [B, T, M]
            List<Spectrum> spectra = new ArrayList<>();
            for (int i = 0; i < sentences.size(); i++) {
                spectra.add(spectrum(sentences.get(i), row(d, i), made.get(0, i)));
            }
            return spectra;
        }
    }

    private Spectrum spectrum(Sentence sentence, long[] durations, Tensor made) {
        long count = Math.max(1, LongStream.of(durations).sum());
        return new Spectrum(restored(made.toFloats(), (int) count), ends(sentence, durations));
    }

    /** Durations, and the melody of a model that has one, as a manner wants them. */
    private Map<String, HostArray> wanted(Map<String, Tensor> latents, List<Sentence> sentences, Manner how) {
        Map<String, HostArray> wanted = new HashMap<>();
        wanted.put(SpeechVae.DURATIONS, lasting(durations(latents), sentences, how));
        if (hasMelody()) {
            HostArray steps =
                    Objects.requireNonNull(latents.get(SpeechVae.PITCH)).toHost();
            wanted.put(SpeechVae.PITCH, raised(steps, sentences, how));
        }
        return wanted;
    }

    private static boolean isAsItIs(Map<String, HostArray> wanted, Map<String, Tensor> latents) {
        return wanted.entrySet().stream()
                .allMatch(each -> Arrays.equals(
                        each.getValue().toLongs(),
                        Objects.requireNonNull(latents.get(each.getKey()))
                                .toHost()
                                .toLongs()));
    }

    private Map<String, Tensor> on(Map<String, HostArray> arrays) {
        Map<String, Tensor> tensors = new HashMap<>();
        arrays.forEach((name, array) -> tensors.put(name, Tensor.of(array, device)));
        return tensors;
    }

    /** Whether the model is told how high to speak. */
    private boolean hasMelody() {
        return model.melody().isPresent();
    }

    /** The melody of sentences, each part as much higher as it is to be. */
    private HostArray raised(HostArray steps, List<Sentence> sentences, Manner how) {
        long[] all = steps.toLongs().clone();
        int length = all.length / sentences.size();
        for (int row = 0; row < sentences.size(); row++) {
            int at = row * length;
            for (Sentence.Part part : sentences.get(row).parts()) {
                long by = Math.round(Melody.OF_A_SEMITONE * (how.semitones() + part.semitones()));
                for (int i = 0; i < part.phones().size() * model.text().each(); i++, at++) {
                    all[at] = Melody.raised(all[at], by);
                }
            }
        }
        return HostArray.of(all, steps.shape().sizes());
    }

    private static HostArray durations(Map<String, Tensor> latents) {
        return Objects.requireNonNull(latents.get(SpeechVae.DURATIONS)).toHost();
    }

    private static long[] row(HostArray durations, int row) {
        int length = (int) durations.shape().size(1);
        return Arrays.copyOfRange(durations.toLongs(), row * length, (row + 1) * length);
    }

    /** How many times as long each phone lasts: it is played faster where it is higher. */
    private List<Double> slower(Sentence sentence, Manner how) {
        return sentence.parts().stream()
                .flatMap(part ->
                        Collections.nCopies(part.phones().size(), higher(how, part) / (how.rate() * part.rate()))
                                .stream())
                .toList();
    }

    private List<Long> ends(Sentence sentence, long[] durations) {
        List<Long> ends = new ArrayList<>();
        int from = 0;
        long end = 0;
        for (Sentence.Part part : sentence.parts()) {
            int to = from + part.phones().size() * model.text().each();
            end += Arrays.stream(durations, from, to).sum();
            ends.add(end);
            from = to;
        }
        return ends;
    }

    private Batch given(List<Sentence> sentences, Speaker who) {
        int longest =
                sentences.stream().mapToInt(each -> each.phones().size()).max().orElseThrow();
        long[] tokens = new long[sentences.size() * longest];
        Arrays.fill(tokens, Vocabulary.PADDING);
        for (int row = 0; row < sentences.size(); row++) {
            List<String> said = sentences.get(row).phones();
            for (int i = 0; i < said.size(); i++) {
                tokens[row * longest + i] = phones.vocabulary().id(said.get(i));
            }
        }
        Map<String, Tensor> fields = new HashMap<>();
        fields.put(SpeechVae.TEXT, Tensor.of(HostArray.of(tokens, sentences.size(), longest), device));
        if (who instanceof Speaker.Heard clip) {
            Shape each = clip.frames().shape().prepend(sentences.size()); // [N, T, M]
            fields.put(Voices.REFERENCE, Tensor.of(clip.frames(), device).expand(each));
        } else if (!voices.isEmpty()) {
            long[] numbers = new long[sentences.size()];
            Arrays.fill(numbers, number(who.name()));
            fields.put(SpeechVae.VOICE, Tensor.of(HostArray.of(numbers, numbers.length), device));
        }
        return new Batch(fields);
    }

    /**
     * The number of a voice.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public int number(String voice) {
        int number = voices.indexOf(voice);
        if (number < 0) {
            throw new IllegalArgumentException(NearestName.message("voice", voice, voices));
        }
        return number;
    }

    /** Durations as long as a manner wants them: their sum is, and each is but for rounding. */
    private HostArray lasting(HostArray durations, List<Sentence> sentences, Manner how) {
        long[] d = durations.toLongs().clone();
        int length = d.length / sentences.size();
        for (int row = 0; row < sentences.size(); row++) {
            List<Double> slower = slower(sentences.get(row), how);
            long before = 0;
            double end = 0;
            for (int i = 0; i < slower.size() * model.text().each(); i++) {
                int at = row * length + i;
                end += d[at] * slower.get(i / model.text().each());
                d[at] = Math.round(end) - before;
                before += d[at];
            }
        }
        return HostArray.of(d, durations.shape().sizes());
    }

    private HostArray restored(float[] made, int count) {
        float[] values = Arrays.copyOf(made, count * frames.channels());
        return HostArray.of(
                frames.statistics().map(known -> known.restored(values)).orElse(values), count, frames.channels());
    }
}
