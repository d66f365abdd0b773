package dev.elbo.sound;

import dev.elbo.sound.Pcm.Coding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.UnsupportedAudioFileException;
import javax.sound.sampled.spi.AudioFileReader;
import javax.sound.sampled.spi.FormatConversionProvider;
import javazoom.spi.mpeg.sampled.convert.MpegFormatConversionProvider;
import javazoom.spi.mpeg.sampled.file.MpegAudioFileReader;
import javazoom.spi.vorbis.sampled.convert.VorbisFormatConversionProvider;
import javazoom.spi.vorbis.sampled.file.VorbisAudioFileReader;
import org.jflac.sound.spi.FlacAudioFileReader;
import org.jflac.sound.spi.FlacFormatConversionProvider;

/**
 * Kinds of sound files that must be decoded, each by its own provider of {@code javax.sound}: asked as a whole, some providers take files
 * that are none of theirs.
 */
enum CodedSound {
    FLAC(new FlacAudioFileReader(), new FlacFormatConversionProvider()),
    OGG(new VorbisAudioFileReader(), new VorbisFormatConversionProvider()),
    MP3(new MpegAudioFileReader(), new MpegFormatConversionProvider());

    private final AudioFileReader reader;
    private final FormatConversionProvider decoder;

    CodedSound(AudioFileReader reader, FormatConversionProvider decoder) {
        this.reader = reader;
        this.decoder = decoder;
    }

    /** The kind that begins with these bytes, if one does. MP3 begins with a tag, or with a frame: eleven bits that are 1. */
    static Optional<CodedSound> of(byte[] first) {
        String text = new String(first, StandardCharsets.ISO_8859_1);
        if (text.startsWith("fLaC")) {
            return Optional.of(FLAC);
        }
        if (text.startsWith("OggS")) {
            return Optional.of(OGG);
        }
        boolean isFrame = first.length > 1 && first[0] == (byte) 0xff && (first[1] & 0xe0) == 0xe0;
        return text.startsWith("ID3") || isFrame ? Optional.of(MP3) : Optional.empty();
    }

    /**
     * Reads a recording.
     *
     * @param longest the seconds that it may last
     * @throws UnreadableSoundException if it cannot be decoded, has no samples, or is too long
     */
    Wave read(Path file, double longest) throws IOException {
        try (AudioInputStream coded = reader.getAudioInputStream(file.toFile())) {
            AudioFormat given = coded.getFormat();
            int bits = given.getSampleSizeInBits() > 0 ? given.getSampleSizeInBits() : 16;
            AudioFormat wanted = new AudioFormat(given.getSampleRate(), bits, given.getChannels(), true, false);
            try (AudioInputStream decoded = decoder.getAudioInputStream(wanted, coded)) {
                return new Pcm((int) given.getSampleRate(), given.getChannels(), (bits + 7) / 8, Coding.SIGNED)
                        .checked(file)
                        .read(file, decoded, -1, longest);
            }
        } catch (UnreadableSoundException said) {
            throw said;
        } catch (UnsupportedAudioFileException | IOException | RuntimeException damage) { // decoders throw all of these
            throw SoundFile.damaged(file, "begins as " + this + ", and cannot be decoded", damage);
        }
    }
}
