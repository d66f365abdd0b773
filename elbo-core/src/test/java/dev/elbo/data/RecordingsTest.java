package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.figure.Waves;
import dev.elbo.option.Options;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.Recorded;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
    private static final Wave SPEECH = Recorded.glide(8000, 0.3);

    @TempDir
    Path folder;

    private void put(String path, Wave wave) throws IOException {
        HostArray samples = HostArray.of(wave.samples(), wave.samples().length);
        write(path, Waves.wav(List.of(samples), wave.rateHz()));
    }

    private void put(String path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private DataSource read(Path path, Map<String, String> options) throws IOException {
        Reading reading = Options.of(Reading.standard()).with(options);
        return Format.of(path)
                .read(path, reading, new DataCache(folder.resolve(".cache"), Optional.empty(), event -> {}));
    }

    private DataSource read() throws IOException {
        return read(folder, Map.of());
    }

    /** What was said in each recording, with its voice, in the order of the split. */
    private static List<String> said(DataSource source, Split split) {
        Field.Tokens text = (Field.Tokens) source.spec().field("text");
        List<String> voices = source.spec().field("voice").names();
        long[] tokens = split.field("text").toHost().toLongs();
        long[] who = split.field("voice").toHost().toLongs();
        return IntStream.range(0, who.length)
                .mapToObj(i -> voices.get((int) who[i]) + ": "
                        + text.vocabulary()
                                .decode(Arrays.copyOfRange(tokens, i * text.longest(), (i + 1) * text.longest())))
                .toList();
    }

    @Test
    void aTextBesideARecordingIsItsTranscriptAndAFolderItsVoice() throws IOException {
        put("anna/1.wav", SPEECH);
        put("anna/1.txt", "good morning\n");
        put("ben/1.wav", SPEECH);
        put("ben/1.txt", "good night\n");

        DataSource source = read();

        assertThat(source.spec().fields().keySet()).containsExactly("sound", "text", "voice");
        assertThat(said(source, source.train())).containsExactly("anna: good morning", "ben: good night");
        assertThat(source.train().names()).containsExactly("anna/1.wav", "ben/1.wav");
        assertThat(source.notes()).isEmpty();
    }

    @Test
    void spectraAreThoseOfTheAnalysisPaddedBehindTheirEnds() throws IOException {
        put("a.wav", SPEECH);
        put("b.wav", Recorded.glide(8000, 0.2));

        DataSource source = read(folder, Map.of("trim", "false", "evenLoudness", "false"));

        Field.Frames field = (Field.Frames) source.spec().field("sound");
        assertThat(field.analysis()).contains(MelAnalysis.of(8000));
        assertThat(field.longest()).isEqualTo(39); // 2400 samples are 37.5 hops
        assertThat(source.train().lengths("sound")).containsExactly(39, 26);
        float[] second = source.train().field("sound").select(new long[] {1}).toFloats();
        float[] expected =
                field.analysis().orElseThrow().frames(Recorded.glide(8000, 0.2)).toFloats();
        assertThat(Arrays.copyOf(second, expected.length))
                .containsExactly(expected, within(0.3f)); // 16 bits, in bands near the floor
        assertThat(Arrays.copyOfRange(second, expected.length, second.length)).containsOnly(0f);
    }

    @Test
    void samplesAndPitchStandBesideTheSpectraWhereTheyAreAskedFor() throws IOException {
        put("anna/1.wav", Recorded.sine(8000, 0.3, 200, 0.2));

        DataSource source = read(folder, Map.of("waves", "true", "pitches", "true"));

        Field.Frames sound = (Field.Frames) source.spec().field("sound");
        MelAnalysis analysis = sound.analysis().orElseThrow();
        long[] lengths = source.train().lengths("sound");
        float[] samples = source.train().field("wave").toHost().toFloats();
        float[] hertz = source.train().field("pitch").toHost().toFloats();
        HostArray frames = analysis.frames(new Wave(Arrays.copyOf(samples, (int) (lengths[0] - 1) * 64), 8000));
        assertThat(source.train().lengths("wave")).isEqualTo(lengths);
        assertThat(source.train().lengths("pitch")).isEqualTo(lengths);
        assertThat(frames).isEqualTo(source.train().field("sound").rows(0, 1).reshape(lengths[0], 48));
        assertThat(hertz[(int) lengths[0] / 2]).isCloseTo(200, within(1f)); // to a part of a sample
        assertThat(source.spec().fitted(source.train())).isNotEqualTo(source.spec()); // of the spectra alone
        assertThat(source.spec().fitted(source.train()).field("pitch"))
                .isEqualTo(source.spec().field("pitch"));
        assertThat(((Field.Frames) source.spec().field("wave")).isWave()).isTrue();
        assertThat(((Field.Frames) source.spec().field("pitch")).isWave()).isFalse();
        assertThat(sound.isWave()).isFalse();
    }

    @Test
    void ljSpeechsLinesAreRead() throws IOException {
        put("wavs/LJ001-0001.wav", SPEECH);
        put("wavs/LJ001-0002.wav", SPEECH);
        put(
                "metadata.csv",
                "LJ001-0001|in 1800,|in eighteen hundred,\nLJ001-0002|a \"quote|a \"quote\nLJ9|gone|gone\n");

        DataSource source = read();

        String voice = folder.getFileName().toString();
        assertThat(said(source, source.train()))
                .containsExactly(voice + ": in eighteen hundred,", voice + ": a \"quote");
        assertThat(source.notes()).containsExactly("recordings that are spoken of and are not there: 1 (LJ9)");
    }

    @Test
    void libriSpeechsChaptersAreReadWithTheirSplits() throws IOException {
        put("train-clean/84/121/84-121-0000.wav", SPEECH);
        put("train-clean/84/121/84-121.trans.txt", "84-121-0000 GO DO YOU HEAR\n");
        put("test-clean/61/70/61-70-0000.wav", SPEECH);
        put("test-clean/61/70/61-70.trans.txt", "61-70-0000 GO DO\n");

        DataSource source = read();

        assertThat(said(source, source.train())).containsExactly("84: go do you hear");
        assertThat(said(source, source.test().orElseThrow())).containsExactly("61: go do");
    }

    @Test
    void spokenDigitsAreToldByTheirNames() throws IOException {
        put("7_jackson_0.wav", SPEECH);
        put("7_jackson_5.wav", SPEECH);
        put("0_theo_31.wav", SPEECH);

        DataSource source = read();

        assertThat(said(source, source.train())).containsExactly("theo: zero", "jackson: seven");
        assertThat(said(source, source.test().orElseThrow())).containsExactly("jackson: seven");
    }

    @Test
    void aTableNamesRecordingsWordsAndVoices() throws IOException {
        put("x/a.wav", SPEECH);
        put("x/b.wav", SPEECH);
        put("all.tsv", "file\ttext\tvoice\tsplit\nx/a.wav\tyes\tkim\ttrain\nx/b.wav\tyes\tlee\ttest\n");

        DataSource source = read(folder.resolve("all.tsv"), Map.of());

        assertThat(said(source, source.train())).containsExactly("kim: yes");
        assertThat(said(source, source.test().orElseThrow())).containsExactly("lee: yes");
        assertThat(read().spec().fields()).isEqualTo(source.spec().fields());
    }

    @Test
    void namesAreTranscriptsWhereThatIsAskedForOrTheyAreSyllables() throws IOException {
        put("good_night.wav", SPEECH);
        DataSource named = read(folder, Map.of("transcript", "name"));
        Files.delete(folder.resolve("good_night.wav"));
        put("s/cmn-ma3.wav", SPEECH);
        DataSource syllables = read();

        assertThat(said(named, named.train())).containsExactly(folder.getFileName() + ": good night");
        assertThat(said(syllables, syllables.train())).containsExactly(folder.getFileName() + ": ma3");
    }

    @Test
    void aZipIsReadAsItsFolder() throws IOException {
        put("w/1.wav", SPEECH);
        put("w/1.txt", "yes");
        Path zip = folder.resolve("all.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("w/1.wav", "w/1.txt")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(Files.readAllBytes(folder.resolve(name)));
            }
        }

        DataSource source = read(zip, Map.of());

        assertThat(said(source, source.train())).containsExactly("all: yes");
        Files.write(zip, new byte[100]);
        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(() -> read(zip, Map.of()))
                .withMessageContaining("is no whole .zip");
    }

    @Test
    void whatCannotBeUsedIsLeftOutAndNamed() throws IOException {
        put("good.wav", SPEECH);
        put("good.txt", "yes");
        put("silent.wav", Recorded.of(8000, 0.3, t -> 0));
        put("silent.txt", "yes");
        put("long.wav", Recorded.glide(8000, 3));
        put("long.txt", "yes");
        put("text.wav", "no sound");
        put("text.txt", "yes");
        put("mute.wav", SPEECH);
        put("mute.txt", "\n");
        put("alone.wav", SPEECH);
        put("cut.wav", Recorded.of(8000, 0.3, t -> Math.max(-1, Math.min(1, 3 * Math.sin(900 * t)))));
        put("cut.txt", "yes");

        DataSource source = read(folder, Map.of("longestSeconds", "2"));

        assertThat(source.train().names()).containsExactly("cut.wav", "good.wav");
        assertThat(source.notes())
                .containsExactlyInAnyOrder(
                        "recordings without a transcript, left out: 1 (alone.wav)",
                        "recordings with a transcript that has nothing to say, left out: 1 (mute.wav)",
                        "silent recordings, left out: 1 (silent.wav)",
                        "recordings of more than 2.0 s, left out (--set longestSeconds=… keeps longer ones): 1 (long.wav)",
                        "recordings that cannot be read, left out: 1 (text.wav is no sound that can be read, whatever it"
                                + " is called)",
                        "recordings that were cut off at full scale, kept: 1 (cut.wav)");
    }

    @Test
    void aFolderOfNothingUsableIsRefused() throws IOException {
        put("silent.wav", Recorded.of(8000, 0.3, t -> 0));
        put("silent.txt", "yes");

        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(this::read)
                .withMessage(
                        folder + " has no recording to learn from, of 1: silent recordings, left out: 1 (silent.wav)."
                                + " Give recordings of speech, as WAV, FLAC, OGG or MP3, with what is said in them, as NAME.txt"
                                + " beside NAME.wav.");
    }

    @Test
    void whatCannotBeReadAtAllIsNamedWithItsReason() throws IOException {
        put("text.wav", "no sound");

        assertThatExceptionOfType(InvalidFileException.class)
                .isThrownBy(this::read)
                .withMessageContaining("text.wav is no sound that can be read");
    }

    @Test
    void recordingsWithoutAnyTranscriptAreSoundAndVoicesAlone() throws IOException {
        put("anna/b7.wav", SPEECH);
        put("ben/b8.wav", SPEECH);

        assertThat(read().spec().fields().keySet()).containsExactly("sound", "voice");
    }

    @Test
    void recordingsOfSeveralRatesAreBroughtToTheLowestAndThatIsTold() throws IOException {
        put("a.wav", SPEECH);
        put("b.wav", Recorded.glide(48_000, 0.3));

        DataSource lowest = read();
        DataSource asked = read(folder, Map.of("sampleRate", "16000", "bands", "40"));

        assertThat(((Field.Frames) lowest.spec().field("sound")).analysis()).contains(MelAnalysis.of(8000));
        assertThat(lowest.notes()).containsExactly("recordings of 48000 samples a second, brought to 8000: 1 (b.wav)");
        assertThat(((Field.Frames) asked.spec().field("sound")).analysis())
                .contains(MelAnalysis.of(16_000).bands(40));
        assertThat(asked.notes())
                .contains("recordings of 8000 samples a second, brought to 16000, whose upper frequencies are empty: 1"
                        + " (a.wav)");
    }

    @Test
    void runsRefuseSpectraOfAnotherAnalysis() throws IOException {
        put("a.wav", SPEECH);
        DataSpec then = read().spec();
        DataSpec now = read(folder, Map.of("bands", "40")).spec();

        assertThat(then.differences(then)).isEmpty();
        assertThat(then.differences(now)).anyMatch(difference -> difference.contains("40 channels"));
        assertThat(DataSpec.of(then.toJson())).isEqualTo(then);
        assertThat(new DataSpec("x", Map.of("s", new Field.Frames(MelAnalysis.of(16_000), 9)), "")
                        .differences(new DataSpec("x", Map.of("s", new Field.Frames(MelAnalysis.of(22_050), 9)), "")))
                .anyMatch(difference -> difference.contains("log-mel of 22050 Hz"));
    }

    @Test
    void optionsOutOfTheirRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(folder, Map.of("sampleRate", "100")))
                .withMessageContaining("sampleRate is 0, or from 4000 to 48000 samples a second; got 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(folder, Map.of("longestSeconds", "0")))
                .withMessageContaining("longestSeconds=0.0");
    }
}
