package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.figure.Waves;
import dev.elbo.option.Options;
import dev.elbo.sound.Recorded;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoiceClipsTest {
    @TempDir
    Path folder;

    private void put(String path, double seconds, String text) throws IOException {
        Wave wave = Recorded.glide(8000, seconds);
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, Waves.wav(List.of(HostArray.of(wave.samples(), wave.samples().length)), 8000));
        Files.writeString(Path.of(file.toString().replace(".wav", ".txt")), text);
    }

    private DataSource read(String name) throws IOException {
        Reading reading = Options.of(Reading.standard()).with(Map.of("tokens", "phones(en)"));
        Path path = folder.resolve(name);
        return Format.of(path)
                .read(path, reading, new DataCache(folder.resolve(".cache"), Optional.empty(), event -> {}));
    }

    private DataSource known() throws IOException {
        put("known/anna/1.wav", 0.3, "two");
        put("known/anna/2.wav", 0.3, "no");
        put("known/ben/1.wav", 0.3, "no");
        return read("known");
    }

    private static long[] row(DataSource source, String field, int row) {
        long width = source.spec().field(field).shape().elements();
        long[] all = source.train().field(field).toHost().toLongs();
        return java.util.Arrays.copyOfRange(all, (int) (row * width), (int) ((row + 1) * width));
    }

    @Test
    void clipsHaveTheNumbersOfTheOthersPhonesAndTheirOwnVoice() throws IOException {
        DataSpec known = known().spec();
        put("clips/x.wav", 0.5, "two");

        DataSource clips = new VoiceClips(known, "me").of(read("clips"));

        assertThat(clips.spec().field("voice").names()).containsExactly("anna", "ben", "me");
        assertThat(row(clips, "voice", 0)).containsExactly(2);
        assertThat(row(clips, "text", 0)).isEqualTo(row(read("known"), "text", 0)); // two
        assertThat(((Field.Frames) clips.spec().field("sound")).longest()).isEqualTo(64); // 0.5 s are longer than 0.3 s
        assertThat(known.differences(clips.spec())).anyMatch(difference -> difference.contains("voice"));
    }

    @Test
    void aClipWithAnotherPhoneIsLeftOutAndTold() throws IOException {
        DataSpec known = known().spec();
        put("clips/x.wav", 0.3, "no");
        put("clips/y.wav", 0.3, "yes");

        DataSource clips = new VoiceClips(known, "me").of(read("clips"));

        assertThat(clips.train().names()).containsExactly("x.wav");
        assertThat(clips.notes())
                .contains("recordings with phones that the model was not trained with, left out: 1 (y.wav)");
    }

    @Test
    void clipsWithoutAnyKnownTextAreRefused() throws IOException {
        DataSpec known = known().spec();
        put("clips/y.wav", 0.3, "yes");
        DataSource clips = read("clips");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VoiceClips(known, "me").of(clips))
                .withMessageStartingWith("no recording of 'me' has only phones that the model was trained with");
    }

    @Test
    void theVoiceIsAddedOnce() throws IOException {
        DataSpec once = new VoiceClips(known().spec(), "me").spec();

        assertThat(new VoiceClips(once, "me").spec()).isEqualTo(once);
    }
}
