package dev.elbo.bench.speech;

import dev.elbo.sound.Inversion;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.MelInversion;
import dev.elbo.sound.Wave;
import java.util.List;

/**
 * An utterance with its wave, for figures that need one.
 *
 * @param name what it is called: another clip of the same name is a copy of it, and no other take
 */
public record Spoken(String name, Utterance utterance, Wave wave) {

    /** A wave, treated as recordings are: brought to the rate of the analysis and to one loudness, without pauses at its ends. */
    public static Spoken of(String name, List<String> units, String voice, Wave wave, MelAnalysis analysis) {
        Wave fitting = wave.resampled(analysis.rateHz()).trimmed().levelled();
        return new Spoken(name, new Utterance(units, voice, analysis.frames(fitting)), fitting);
    }

    /** An utterance of which only frames are known; its wave is made of them. */
    static Spoken inverted(String name, Utterance utterance, MelAnalysis analysis) {
        long seed = name.hashCode();
        return new Spoken(name, utterance, MelInversion.standard(analysis).wave(utterance.frames(), seed));
    }

    /** The same through analysis and an inversion: the frames of the wave that is made of its frames. */
    Spoken again(Inversion inversion) {
        Wave made = inversion.wave(utterance.frames(), name.hashCode());
        return of(name, utterance.units(), utterance.voice(), made, inversion.analysis());
    }

    /** Whether it is another take of the same text by the same voice. */
    boolean isTakeOf(Spoken other) {
        return !name.equals(other.name) && isSaidAs(other);
    }

    /** Whether it is the same text by the same voice. */
    boolean isSaidAs(Spoken other) {
        return utterance.units().equals(other.utterance.units())
                && utterance.voice().equals(other.utterance.voice());
    }
}
