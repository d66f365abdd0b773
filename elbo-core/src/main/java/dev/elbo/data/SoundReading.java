package dev.elbo.data;

import dev.elbo.option.About;
import dev.elbo.sound.MelAnalysis;

/**
 * How recordings are read.
 *
 * @param sampleRate samples a second that all recordings are brought to; 0 for those that they have, but 22,050 at most
 * @param bands of the log-mel spectrum; 0 for as many as is usual at that rate
 * @param trim whether pauses at both ends are cut, but for 50 ms
 * @param evenLoudness whether all recordings are brought to one loudness
 * @param longestSeconds of a recording that is kept
 * @param transcript where what was said is to be had
 * @param waves whether the samples are kept beside the spectra
 * @param pitches whether the pitch is measured
 */
public record SoundReading(
        @About("samples a second that recordings are brought to; 0 for those that they have, 22050 at most")
        int sampleRate,

        @About("mel bands of a recording's spectrum; 0 for as many as is usual at its rate")
        int bands,

        @About("cut the pauses at both ends of recordings, but for 50 ms")
        boolean trim,

        @About("bring recordings to one loudness, -26 dB of full scale")
        boolean evenLoudness,

        @About("seconds of the longest recording that is kept")
        double longestSeconds,

        @About(
                "where what was said is to be had: auto finds tables and texts beside the recordings; name takes the file's name")
        Transcript transcript,

        @About("keep the samples of recordings beside their spectra, as a vocoder learns from")
        boolean waves,

        @About("measure the pitch of recordings, in Hz at each frame, as tts-vae with pitch=true learns from")
        boolean pitches) {
    /** The rate that is taken of recordings with more, where none is asked for. */
    private static final int MOST = 22_050;

    private static final int SLOWEST = 4_000;
    private static final int FASTEST = 48_000;

    /** Where what was said is to be had. */
    public enum Transcript {
        /** In a table or a text beside the recordings. */
        AUTO,
        /** In the name of the file, without its ending; _ and - are spaces. */
        NAME
    }

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public SoundReading {
        if (sampleRate != 0 && (sampleRate < SLOWEST || sampleRate > FASTEST)) {
            throw new IllegalArgumentException(
                    "sampleRate is 0, or from " + SLOWEST + " to " + FASTEST + " samples a second; got " + sampleRate);
        }
        if (bands < 0 || bands > 512 || !(longestSeconds > 0) || longestSeconds > 3600) {
            throw new IllegalArgumentException(
                    "recordings have bands from 1 to 512, or 0 for the usual number, and last"
                            + " longestSeconds above 0 and up to 3600; got bands=" + bands + " and longestSeconds="
                            + longestSeconds);
        }
    }

    /** Recordings of up to 15 seconds, with the rate that they have; their pauses are cut, and they are of one loudness. */
    static SoundReading standard() {
        return new SoundReading(0, 0, true, true, 15, Transcript.AUTO, false, false);
    }

    /** The analysis of recordings of which the slowest has a rate. */
    MelAnalysis analysis(int slowestHz) {
        MelAnalysis usual = MelAnalysis.of(sampleRate > 0 ? sampleRate : Math.min(slowestHz, MOST));
        return bands > 0 ? usual.bands(bands) : usual;
    }
}
