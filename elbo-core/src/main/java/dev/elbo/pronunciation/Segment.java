package dev.elbo.pronunciation;

import java.util.List;

/**
 * Phones that are said in one manner. Segments up to one with a pause are one stretch of speech, with silence at its ends alone.
 *
 * @param phones what is said
 * @param rate how fast: 2 is twice as fast as the speaker is
 * @param semitones how much higher
 * @param pauseSeconds how long nothing is said behind it
 */
public record Segment(List<String> phones, double rate, double semitones, double pauseSeconds) {
    /** Copies. */
    public Segment {
        phones = List.copyOf(phones);
    }
}
