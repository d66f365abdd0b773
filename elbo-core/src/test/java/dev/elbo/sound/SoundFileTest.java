package dev.elbo.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Its files are those of the tests of data, too. */
public class SoundFileTest {
    private static final int RATE = 8000;

    @TempDir
    Path folder;

    private Path file(String name, byte... content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    /** A WAV of 16 bits and one channel, as javax.sound writes it. */
    private Path wav(Wave wave) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * wave.samples().length).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : wave.samples()) {
            bytes.putShort((short) Math.round(32768 * sample));
        }
        return written(bytes.array(), new AudioFormat(wave.rateHz(), 16, 1, true, false));
    }

    private Path written(byte[] samples, AudioFormat format) throws IOException {
        Path file = folder.resolve("written.wav");
        AudioInputStream stream =
                new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / format.getFrameSize());
        AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
        return file;
    }

    private byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(SoundFileTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertRefused(Path file, String problem) {
        assertThatExceptionOfType(UnreadableSoundException.class)
                .isThrownBy(() -> SoundFile.read(file))
                .withMessageStartingWith(file + " ")
                .withMessageContaining(problem);
    }

    @Test
    void aWavIsReadAsItWasWritten() throws IOException {
        Wave sine = Recorded.sine(RATE, 0.25, 440, 0.5);

        Wave read = SoundFile.read(wav(sine));

        assertThat(read.rateHz()).isEqualTo(RATE);
        assertThat(read.samples()).containsExactly(sine.samples(), within(1 / 65536f)); // half a step of 16 bits
    }

    @ParameterizedTest
    @CsvSource({"sine.flac, 2000, 0.0002", "sine.ogg, 2000, 0.08", "sine.mp3, 4608, 0.2"})
    void codedSoundIsDecoded(String name, int length, double tolerance) throws IOException {
        Wave read = SoundFile.read(file(name, resource(name)));

        assertThat(read.rateHz()).isEqualTo(RATE);
        assertThat(read.samples()).hasSizeBetween(length / 2, 2 * length); // coders begin and end with silence
        float[] s = read.samples();
        double peak = 0;
        for (int i = 500; i < 1500; i++) {
            peak = Math.max(peak, Math.abs(s[i]));
        }
        assertThat(peak).isCloseTo(0.5, within(tolerance)); // what such small files lose of it
        double turned = 2 * Math.cos(2 * Math.PI * 440 / RATE); // a sine obeys x(i + 1) = 2 cos(ω) x(i) − x(i − 1)
        for (int i = 1000; i < 1500; i++) {
            assertThat(s[i + 1]).isCloseTo((float) (turned * s[i] - s[i - 1]), within((float) (4 * tolerance)));
        }
    }

    @Test
    void severalChannelsBecomeTheirMean() throws IOException {
        byte[] samples = {0, 64, 0, 32, 0, -64, 0, 0}; // two times of two channels: ½ and ¼, −½ and 0

        Wave read = SoundFile.read(written(samples, new AudioFormat(RATE, 16, 2, true, false)));

        assertThat(read.samples()).containsExactly(0.375f, -0.25f);
    }

    @Test
    void otherCodingsOfSamplesAreRead() throws IOException {
        byte[] eight = {(byte) 192, 0};
        byte[] twentyFour = {0, 0, 64, 0, 0, -128};
        byte[] thirtyTwo = {0, 0, 0, 64, 0, 0, 0, -128};
        ByteBuffer floats = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0.5f)
                .putFloat(-1);

        assertThat(SoundFile.read(written(eight, new AudioFormat(RATE, 8, 1, false, false)))
                        .samples())
                .containsExactly(0.5f, -1);
        assertThat(SoundFile.read(written(twentyFour, new AudioFormat(RATE, 24, 1, true, false)))
                        .samples())
                .containsExactly(0.5f, -1);
        assertThat(SoundFile.read(written(thirtyTwo, new AudioFormat(RATE, 32, 1, true, false)))
                        .samples())
                .containsExactly(0.5f, -1);
        assertThat(SoundFile.read(written(
                                floats.array(), new AudioFormat(Encoding.PCM_FLOAT, RATE, 32, 1, 4, RATE, false)))
                        .samples())
                .containsExactly(0.5f, -1);
    }

    /** Every code of telephony, decoded by javax.sound and by us. */
    @Test
    void telephonysCodesAreThoseOfItsStandard() throws IOException {
        byte[] codes = new byte[256];
        for (int i = 0; i < 256; i++) {
            codes[i] = (byte) i;
        }
        for (Encoding encoding : new Encoding[] {Encoding.ALAW, Encoding.ULAW}) {
            AudioFormat format = new AudioFormat(encoding, RATE, 8, 1, 1, RATE, false);
            AudioInputStream decoded = AudioSystem.getAudioInputStream(
                    new AudioFormat(RATE, 16, 1, true, false),
                    new AudioInputStream(new ByteArrayInputStream(codes), format, 256));
            ByteBuffer expected = ByteBuffer.wrap(decoded.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);

            float[] read = SoundFile.read(written(codes, format)).samples();

            for (int i = 0; i < 256; i++) {
                assertThat(read[i] * 32768).as(encoding + " " + i).isEqualTo(expected.getShort(2 * i));
            }
        }
    }

    /** fmt of 40 bytes, whose code says that the coding is in its GUID; before the samples, a chunk of an odd length. */
    @Test
    void anExtensibleHeaderAndForeignChunksAreRead() throws IOException {
        ByteBuffer wav = ByteBuffer.allocate(84).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(76).put(ascii("WAVE"));
        wav.put(ascii("LIST")).putInt(3).put(ascii("abc")).put((byte) 0);
        wav.put(ascii("fmt ")).putInt(40).putShort((short) 0xfffe).putShort((short) 1);
        wav.putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16);
        wav.putShort((short) 22)
                .putShort((short) 16)
                .putInt(4)
                .putShort((short) 1)
                .put(new byte[14]);
        wav.put(ascii("data")).putInt(4).putShort((short) 16384);

        assertThat(SoundFile.read(file("x.wav", Arrays.copyOf(wav.array(), wav.position() + 2)))
                        .samples())
                .containsExactly(0.5f, 0f);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Recorders that write to a pipe leave 0, −1 or 2 GB as the length. */
    @ParameterizedTest
    @CsvSource({"0", "-1", "2147483647"})
    void aHeaderWrittenBeforeTheLengthWasKnownIsRead(int length) throws IOException {
        Path file = wav(Recorded.sine(RATE, 0.1, 440, 0.5));
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(40, length);

        assertThat(SoundFile.read(file("pipe.wav", bytes)).samples()).hasSize(800);
    }

    @Test
    void aTruncatedWavSaysWhatItPromised() throws IOException {
        byte[] bytes = Files.readAllBytes(wav(Recorded.sine(RATE, 0.5, 440, 0.5)));

        assertRefused(
                file("cut.wav", Arrays.copyOf(bytes, 44 + 2000)),
                "is truncated: its header promises 0.5 s, the file holds 0.125 s. Replace it with a complete copy.");
        assertRefused(file("cut.wav", Arrays.copyOf(bytes, 30)), "ends before its time");
    }

    @Test
    void aHeaderOfThreeHoursBeforeASecondIsTruncated() throws IOException {
        byte[] bytes = Files.readAllBytes(wav(Recorded.sine(RATE, 1, 440, 0.5)));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(40, 3 * 3600 * 2 * RATE);

        assertRefused(file("long.wav", bytes), "is truncated: its header promises 10,800 s, the file holds 1 s");
    }

    @Test
    void aRecordingThatIsTooLongIsRefused() throws IOException {
        Path file = wav(Recorded.sine(RATE, 2.5, 440, 0.5));

        assertThatExceptionOfType(UnreadableSoundException.class)
                .isThrownBy(() -> SoundFile.read(file, 2))
                .withMessage(file + " is longer than 2 s. Cut it into sentences.");
        assertThat(SoundFile.read(file, 2.5).seconds()).isEqualTo(2.5);
    }

    @Test
    void whatIsNoSoundIsRefusedWhateverItIsCalled() throws IOException {
        assertRefused(file("empty.wav"), "is empty. Give WAV, FLAC, OGG (Vorbis) or MP3.");
        assertRefused(file("text.wav", ascii("It was a dark night.")), "is no sound that can be read");
        assertRefused(file("text.mp3", ascii("It was a dark night.")), "is no sound that can be read");
    }

    @Test
    void damagedHeadersAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(wav(Recorded.sine(RATE, 0.1, 440, 0.5)));
        byte[] noChannel = bytes.clone();
        noChannel[22] = 0;
        byte[] coding = bytes.clone();
        coding[20] = 85; // MP3 within WAV
        byte[] noSample = Arrays.copyOf(bytes, 44);

        assertRefused(file("a.wav", noChannel), "has 0 channels of 8000 samples a second by its header");
        assertRefused(file("b.wav", coding), "is a WAV of the coding 85 with 16 bits, which is not read");
        ByteBuffer.wrap(noSample).order(ByteOrder.LITTLE_ENDIAN).putInt(40, 0);
        assertRefused(file("c.wav", noSample), "holds no sample");
    }

    @Test
    void samplesThatAreNoNumbersAreRefused() throws IOException {
        ByteBuffer floats = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0.5f)
                .putFloat(Float.NaN);

        assertRefused(
                written(floats.array(), new AudioFormat(Encoding.PCM_FLOAT, RATE, 32, 1, 4, RATE, false)),
                "holds a sample that is no number");
    }

    @ParameterizedTest
    @CsvSource({"sine.flac", "sine.ogg", "sine.mp3"})
    void damagedCodedSoundIsRefusedOrShort(String name) throws IOException {
        byte[] bytes = resource(name);
        for (int length : new int[] {5, 40, bytes.length / 2}) {
            Path cut = file("cut-" + length + name, Arrays.copyOf(bytes, length));
            try {
                assertThat(SoundFile.read(cut).samples()).hasSizeLessThan(5000);
            } catch (UnreadableSoundException refused) {
                assertThat(refused).hasMessageStartingWith(cut + " ");
            }
        }
    }
}
