package dev.elbo.bench.speech;

import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.Wave;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Words that are three ways of the loudest harmonic, said by voices that are two pitches. */
final class Tones {
    static final List<String> WORDS = List.of("up", "down", "level");
    static final List<String> VOICES = List.of("low", "high");
    static final MelAnalysis ANALYSIS = MelAnalysis.of(8000);

    private static final double SECONDS = 0.25;
    private static final int HARMONICS = 6;

    private Tones() {}

    /** A word of a voice with a little noise; another seed, another take. */
    static Wave say(int word, int voice, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = (int) (ANALYSIS.rateHz() * SECONDS * (0.8 + 0.4 * random.nextDouble()));
        float[] samples = new float[count];
        double pitch = (voice == 0 ? 120 : 240) * (0.97 + 0.06 * random.nextDouble());
        double phase = 0;
        for (int i = 0; i < count; i++) {
            double place = (double) i / count;
            double bend = word == 0 ? place : word == 1 ? 1 - place : 0.5;
            phase += 2 * Math.PI * pitch / ANALYSIS.rateHz();
            double sum = 0;
            for (int k = 1; k <= HARMONICS; k++) {
                double distance = k - 1 - (HARMONICS - 1) * bend; // the loudest harmonic goes up, goes down, or stays
                sum += Math.exp(-distance * distance / 2) * Math.sin(k * phase);
            }
            samples[i] = (float) (0.2 * Math.sin(Math.PI * place) * sum + 0.002 * (random.nextDouble() - 0.5));
        }
        return new Wave(samples, ANALYSIS.rateHz());
    }

    static Spoken spoken(int word, int voice, long seed) {
        String name = WORDS.get(word) + "_" + VOICES.get(voice) + "_" + seed;
        return Spoken.of(name, List.of(WORDS.get(word)), VOICES.get(voice), say(word, voice, seed), ANALYSIS);
    }

    /** So many takes of each word by each voice. */
    static Map<String, Utterance> takes(int first, int count) {
        Map<String, Utterance> takes = new LinkedHashMap<>();
        for (int take = first; take < first + count; take++) {
            for (int word = 0; word < WORDS.size(); word++) {
                for (int voice = 0; voice < VOICES.size(); voice++) {
                    Spoken spoken = spoken(word, voice, take);
                    takes.put(spoken.name(), spoken.utterance());
                }
            }
        }
        return takes;
    }

    static Recordings recordings() {
        return new Recordings("tones", ANALYSIS, takes(10, 20), takes(0, 3), Optional.empty());
    }
}
