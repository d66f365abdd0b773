package dev.elbo.bench.speech;

import dev.elbo.generate.Speech;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Voices from one clip each: of the speakers that a model never heard, or of all of them if it heard all. The clips are those that judges
 * may learn from, and none that a model's speech is compared with.
 *
 * @param voices that are spoken with
 * @param areStrangers whether the model never heard them
 */
public record OneClip(Speech speech, Recordings recordings, List<String> voices, boolean areStrangers) {
    /** Copies the list. */
    public OneClip {
        voices = List.copyOf(voices);
    }

    /**
     * A clip of each voice that the recordings have.
     *
     * @throws IllegalArgumentException if the model takes no voice from a recording, or the recordings have another analysis than its own
     */
    public static OneClip of(Speech speech, Recordings recordings) {
        if (!speech.takesClips()) {
            throw new IllegalArgumentException(
                    "the model takes no voice from a recording; train one with --set voices=reference");
        }
        if (!speech.frames().analysis().equals(Optional.of(recordings.analysis()))) {
            throw new IllegalArgumentException("the recordings are analysed by " + recordings.analysis()
                    + ", and the model learned from another analysis. Give recordings of its rate");
        }
        List<String> all = recordings.test().values().stream()
                .map(Utterance::voice)
                .distinct()
                .sorted()
                .toList();
        List<String> strangers =
                all.stream().filter(voice -> !speech.voices().contains(voice)).toList();
        return new OneClip(speech, recordings, strangers.isEmpty() ? all : strangers, !strangers.isEmpty());
    }

    /** Whether a voice is one of those that are spoken with. */
    public boolean isWanted(String voice) {
        return voices.contains(voice);
    }

    /**
     * A speaker, by one of the clips.
     *
     * @throws IllegalArgumentException if there is no clip of the voice
     */
    public Speech.Speaker of(String voice, long seed) {
        List<Utterance> clips = recordings.train().values().stream()
                .filter(each -> each.voice().equals(voice))
                .toList();
        if (clips.isEmpty()) {
            throw new IllegalArgumentException("there is no recording of '" + voice
                    + "' but those that speech is compared with; give more recordings of this voice");
        }
        Utterance clip = clips.get(new Random(seed).nextInt(clips.size()));
        return speech.heard(voice, clip.frames());
    }
}
