package dev.elbo.generate;

import dev.elbo.data.Batch;
import dev.elbo.data.Field;
import dev.elbo.data.Statistics;
import dev.elbo.data.Vocabulary;
import dev.elbo.model.SpeechVae;
import dev.elbo.nn.Pass;
import dev.elbo.option.NearestName;
import dev.elbo.pronunciation.Pronunciation;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.MelInversion;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.LongStream;

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
 */
public record Speech(SpeechVae model, Field.Frames frames, Field.Tokens phones, List<String> voices, Device device) {
    private static final int OCTAVE = 12;

    /** Copies. */
    public Speech {
        voices = List.copyOf(voices);
    }

    /**
     * How something is said.
     *
     * @param temperature of durations and z: 1 as varied as the recordings, 0 the same each time
     * @param rate how many times as fast as the recordings
     * @param semitones how much higher; all frequencies are moved, so that a voice becomes smaller too
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

        /** How many times as high. */
        double higher() {
            return Math.pow(2, semitones / OCTAVE);
        }
    }

    /**
     * That of a generator's model.
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
            return new Speech(model, frames, phones, voices, generator.device());
        }
        throw new IllegalArgumentException("the model does not speak; choose a run of recipe tts-vae");
    }

    /**
     * The phones of a text by sentence, with silence at both ends of each: what is said at once.
     *
     * @throws IllegalArgumentException if there is nothing to pronounce, or a phone that no recording has
     */
    public List<List<String>> sentences(String text) {
        List<String> all = phones.vocabulary().split(text);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to pronounce in '" + text + "'");
        }
        requireHeard(all);
        List<List<String>> sentences = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (String phone : all) {
            if (!phone.equals(Pronunciation.SILENCE)) {
                open.add(phone);
            } else if (!open.isEmpty()) {
                sentences.add(closed(open));
                open.clear();
            }
        }
        if (!open.isEmpty()) {
            sentences.add(closed(open));
        }
        return sentences;
    }

    private static List<String> closed(List<String> phones) {
        List<String> closed = new ArrayList<>(List.of(Pronunciation.SILENCE));
        closed.addAll(phones);
        closed.add(Pronunciation.SILENCE);
        return List.copyOf(closed);
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
        List<Wave> parts = new ArrayList<>();
        List<List<String>> sentences = sentences(text);
        for (int i = 0; i < sentences.size(); i++) {
            parts.add(said(sentences.get(i), voice, how, Rng.seedOf(seed, i)));
        }
        return joined(parts);
    }

    private static Wave joined(List<Wave> parts) {
        float[] all =
                new float[parts.stream().mapToInt(part -> part.samples().length).sum()];
        int at = 0;
        for (Wave part : parts) {
            System.arraycopy(part.samples(), 0, all, at, part.samples().length);
            at += part.samples().length;
        }
        return new Wave(all, parts.get(0).rateHz());
    }

    /**
     * Says one sentence.
     *
     * @param sentence its phones, as {@link #sentences} has them
     * @throws IllegalArgumentException if there is no such voice
     */
    public Wave said(List<String> sentence, String voice, Manner how, long seed) {
        MelAnalysis analysis = frames.analysis()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the frames of this model say nothing of a sound; train it on recordings"));
        HostArray spectrum = spectrum(sentence, voice, how, seed);
        Wave wave = MelInversion.standard(analysis).wave(spectrum, seed);
        return how.semitones() == 0 ? wave : faster(wave, how.higher());
    }

    /** All of a wave in a shorter time, and higher. */
    private static Wave faster(Wave wave, double factor) {
        Wave played = new Wave(wave.samples(), (int) Math.round(wave.rateHz() * factor));
        return new Wave(played.resampled(wave.rateHz()).samples(), wave.rateHz());
    }

    /** The log-mel spectrum of a sentence, FLOAT32 [T, M]. */
    HostArray spectrum(List<String> sentence, String voice, Manner how, long seed) {
        try (Scope work = Scope.open("speech");
                Inference use = Inference.begin()) {
            Pass pass = Pass.evaluation(Rng.seeded(seed, device));
            Batch given = given(sentence, voice);
            Map<String, Tensor> latents = model.latents(1, given, how.temperature(), pass);
            double slower = how.higher() / how.rate();
            if (slower != 1) {
                HostArray d =
                        Objects.requireNonNull(latents.get(SpeechVae.DURATIONS)).toHost();
                latents = model.latents(Tensor.of(lasting(d, slower), device), given, how.temperature(), pass);
            }
            Tensor made = Objects.requireNonNull(
                            model.decode(latents, given, pass).get(SpeechVae.SOUND))
                    .centre();
            long count = LongStream.of(Objects.requireNonNull(latents.get(SpeechVae.DURATIONS))
                            .toHost()
                            .toLongs())
                    .sum();
            return restored(made.toFloats(), (int) Math.max(1, count));
        }
    }

    private Batch given(List<String> sentence, String voice) {
        long[] tokens = sentence.stream().mapToLong(phones.vocabulary()::id).toArray();
        Map<String, Tensor> fields = new HashMap<>();
        fields.put(SpeechVae.TEXT, Tensor.of(HostArray.of(tokens, 1, tokens.length), device));
        if (!voices.isEmpty()) {
            fields.put(SpeechVae.VOICE, Tensor.of(HostArray.of(new long[] {number(voice)}, 1), device));
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

    /** Durations so many times as long: their sum is, and each is but for rounding. */
    private static HostArray lasting(HostArray durations, double slower) {
        long[] d = durations.toLongs();
        long before = 0;
        double end = 0;
        for (int i = 0; i < d.length; i++) {
            end += d[i] * slower;
            d[i] = Math.round(end) - before;
            before += d[i];
        }
        return HostArray.of(d, durations.shape().sizes());
    }

    private HostArray restored(float[] made, int count) {
        int channels = frames.channels();
        float[] values = new float[count * channels];
        for (int i = 0; i < values.length; i++) {
            int channel = i % channels;
            float value = made[i];
            values[i] = frames.statistics()
                    .map((Statistics statistics) -> (float) statistics.restored(value, channel))
                    .orElse(value);
        }
        return HostArray.of(values, count, channels);
    }
}
