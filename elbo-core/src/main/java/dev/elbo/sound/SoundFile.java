package dev.elbo.sound;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Sound files: WAV, FLAC, OGG (Vorbis) and MP3. What a file is, its first bytes say, and not its name. */
public final class SoundFile {
    /** The seconds of the longest recording that is read where nothing else is said. */
    public static final double LONGEST_SECONDS = 600;

    private static final List<String> ENDINGS = List.of(".wav", ".flac", ".ogg", ".oga", ".mp3");

    private SoundFile() {}

    /** Whether a file's name ends as those of sound files do. */
    public static boolean isNamed(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /**
     * Reads a recording of at most {@link #LONGEST_SECONDS}. Several channels become one, their mean.
     *
     * @throws UnreadableSoundException if it is no sound, damaged, without samples, or too long
     */
    public static Wave read(Path file) throws IOException {
        return read(file, LONGEST_SECONDS);
    }

    /**
     * Reads a recording. Several channels become one, their mean.
     *
     * @param longest the seconds that it may last
     * @throws UnreadableSoundException if it is no sound, damaged, without samples, or too long
     */
    public static Wave read(Path file, double longest) throws IOException {
        Samples samples = new Samples(file, longest);
        read(file, samples);
        return samples.wave();
    }

    /**
     * How many samples a second a recording has; nothing more of it is read.
     *
     * @throws UnreadableSoundException if it is no sound, or its beginning is damaged
     */
    public static int rateHz(Path file) throws IOException {
        try {
            read(file, Samples.none(file));
        } catch (Samples.BegunException begun) {
            return begun.rateHz();
        }
        throw UnreadableSoundException.damaged(file, "holds no sample", null);
    }

    private static void read(Path file, Samples samples) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(WavHeader.RIFF);
            byte[] first = in.readNBytes(WavHeader.RIFF);
            if (WavHeader.isWav(first)) {
                WavHeader header = WavHeader.read(file, in);
                header.pcm().read(in, header.bytes(), samples);
            } else {
                in.reset();
                decode(file, CodedSound.of(first).orElseThrow(() -> noSound(file, first)), in, samples);
            }
        } catch (EOFException end) {
            throw UnreadableSoundException.damaged(file, "ends before its time", end);
        }
    }

    private static void decode(Path file, CodedSound kind, InputStream in, Samples to) throws IOException {
        try {
            kind.decode(in, to);
        } catch (UnreadableSoundException | EOFException | Samples.BegunException said) {
            throw said;
        } catch (IOException | RuntimeException damage) { // decoders throw both
            throw UnreadableSoundException.damaged(file, "begins as " + kind + ", and cannot be decoded", damage);
        }
    }

    private static UnreadableSoundException noSound(Path file, byte[] first) {
        return new UnreadableSoundException(
                file,
                first.length == 0 ? "is empty" : "is no sound that can be read, whatever it is called",
                "Give WAV, FLAC, OGG (Vorbis) or MP3",
                null);
    }
}
