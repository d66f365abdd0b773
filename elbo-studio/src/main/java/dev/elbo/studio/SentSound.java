package dev.elbo.studio;

import dev.elbo.sound.SoundFile;
import dev.elbo.sound.UnreadableSoundException;
import dev.elbo.sound.Wave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recording that somebody sends. */
final class SentSound {
    private static final int LONGEST_SECONDS = 60;

    private SentSound() {}

    /**
     * Reads a recording.
     *
     * @param name what its file is called where it comes from
     * @throws Refusal if it is none, is broken, or too long
     */
    static Wave read(byte[] file, String name) throws IOException {
        Path place = Files.createTempFile("elbo-studio", ".sound"); // what it is, its bytes say
        try {
            Files.write(place, file);
            return SoundFile.read(place, LONGEST_SECONDS);
        } catch (UnreadableSoundException broken) {
            throw new Refusal(
                    422,
                    "'" + name + "' " + broken.problem() + ". Send WAV, FLAC, OGG (Vorbis) or MP3 of at most "
                            + LONGEST_SECONDS + " s");
        } finally {
            Files.delete(place);
        }
    }
}
