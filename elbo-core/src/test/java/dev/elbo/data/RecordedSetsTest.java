package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.figure.Waves;
import dev.elbo.sound.Recorded;
import dev.elbo.sound.SoundFileTest;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets by name, of which a few recordings are there under the names that they have. */
class RecordedSetsTest {
    @TempDir
    Path folder;

    private void put(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] speech() {
        Wave wave = Recorded.glide(8000, 0.2);
        return Waves.wav(List.of(HostArray.of(wave.samples(), wave.samples().length)), 8000);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Opens a set of what lies in a sub-folder, packed as it is when it is fetched. */
    private DataSource open(String set, String sub) throws IOException {
        DataSet known = DataCatalog.standard().find(set).orElseThrow();
        PackedFolder.write(
                folder.resolve(sub), folder.resolve(known.files().get(0).name()));
        return known.opening().open(folder, Reading.standard());
    }

    private static List<String> words(DataSource source) {
        return source.spec().field("text").names();
    }

    @Test
    void promptsAreSaidByTheirListAndWhatIsNoSpeechIsLeftOut() throws IOException {
        put("sounds/digits/1.wav", speech());
        put("sounds/beep.wav", speech());
        put("sounds/at.wav", speech());
        put("sounds/unlisted.wav", speech());
        put("core-sounds-en.txt", text("; English\n\ndigits/1: One.\nbeep: [a beep]\nat: at [@]\ngone: gone\n"));

        DataSource source = open("asterisk-en", "sounds");

        assertThat(source.train().names()).containsExactly("digits/1", "at");
        assertThat(words(source)).containsExactly(".", "at", "one");
        assertThat(source.spec().field("voice").names()).containsExactly("Allison Smith");
        assertThat(source.spec().attribution()).contains("CC BY-SA 3.0");
    }

    @Test
    void syllablesAreSaidByTheirFoldersAndTheirSpeakersByTheirFiles() throws IOException {
        byte[] ogg;
        try (InputStream in = Objects.requireNonNull(SoundFileTest.class.getResourceAsStream("sine.ogg"))) {
            ogg = in.readAllBytes();
        }
        put("ogg/ㄇㄚ3/3.ogg", ogg);
        put("ogg/ㄇㄚ3/5.ogg", ogg);

        DataSource source = open("gcin-voice", "ogg");

        assertThat(words(source)).containsExactly("ma3");
        assertThat(source.spec().field("voice").names()).containsExactly("gcin-3", "gcin-5");
    }

    @Test
    void voicesOfFestivalHaveTheirTextsInOneListAndEvery15thIsToJudgeBy() throws IOException {
        StringBuilder list = new StringBuilder();
        for (int i = 1; i <= 16; i++) {
            put(String.format("voice/wav/ru_%04d.wav", i), speech());
            list.append(String.format("( ru_%04d \"да %d\" )%n", i, i));
        }
        put("voice/etc/txt.done.data", text(list.toString()));

        DataSource source = open("festvox-ru", "voice");

        assertThat(source.train().size()).isEqualTo(15);
        assertThat(source.test().orElseThrow().names()).containsExactly("wav/ru_0015.wav");
        assertThat(source.spec().field("voice").names()).containsExactly("nsh");
    }

    @Test
    void digitsAreToldByTheirNames() throws IOException {
        put("recordings/7_jackson_0.wav", speech());
        put("recordings/7_jackson_5.wav", speech());

        DataSource source = open("fsdd", "recordings");

        assertThat(words(source)).containsExactly("seven");
        assertThat(source.test().orElseThrow().names()).containsExactly("7_jackson_0.wav");
    }

    @Test
    void aPackedFolderHasTheSameBytesInEveryZoneOfTime() throws IOException {
        put("a/2.wav", speech());
        put("a/1.txt", text("one"));
        put("a/1.doc", text("of no use"));
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
            PackedFolder.write(folder.resolve("a"), folder.resolve("utc.zip"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            PackedFolder.write(folder.resolve("a"), folder.resolve("tokyo.zip"));
        } finally {
            TimeZone.setDefault(before);
        }

        assertThat(folder.resolve("utc.zip")).hasSameBinaryContentAs(folder.resolve("tokyo.zip"));
        try (ZipFile zip = new ZipFile(folder.resolve("utc.zip").toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("1.txt", "2.wav");
        }
    }

    @Test
    void aFolderThatWasSuppliedStandsForTheZipThatItWouldBe() throws IOException {
        put("set/recordings/1.wav", speech());
        PackedFolder.write(folder.resolve("set/recordings"), folder.resolve("expected.zip"));
        Path scratch = Files.createDirectory(folder.resolve("scratch"));

        try (InputStream in = new FolderSource(folder, "set").open(scratch).read("recordings.zip")) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(folder.resolve("expected.zip")));
        }
        try (InputStream in =
                new FolderSource(folder.resolve("set"), "x").open(scratch).read("recordings.zip")) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(folder.resolve("expected.zip")));
        }
    }
}
