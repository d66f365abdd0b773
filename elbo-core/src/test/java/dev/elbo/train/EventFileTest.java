package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.figure.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the bytes that TensorBoard's own writer makes of the same events. */
class EventFileTest {
    private static final String VERSION =
            "1800000000000000 a37f4b22 09000000000000f83f 1a0d627261696e2e4576656e743a32 2a28646c";

    private static final String SCALAR = "2100000000000000 017becf6 090000000000000040 10ac02"
            + "2a13 0a11 0a0a747261696e2f72617465 150000803e 98af82c9";

    private static final String IMAGE = "2200000000000000 78113dfd 090000000000000040 1007"
            + "2a15 0a13 0a0467726964 220b 0802 108201 220489504e47 a24b09f5";

    /** The summary of {@code tensorboard.plugins.hparams}, of a session named run in which latents is 20. */
    private static final String SETTINGS = "2a5d 0a5b 0a1c 5f68706172616d735f2f73657373696f6e5f73746172745f696e666f"
            + "42060801120212004a330a310a0768706172616d7312261a240a140a076c6174656e74731209110000000000003440"
            + "220372756e290000000000000040";

    @TempDir
    Path directory;

    @Test
    void theFirstRecordIsTheVersionOfTheFormat() throws IOException {
        EventFile.create(directory, 1.5).close();
        assertThat(onlyFile()).hasBinaryContent(hex(VERSION));
    }

    @Test
    void scalarsAndImagesFollowInTheirOrder() throws IOException {
        try (EventFile events = EventFile.create(directory, 1.5)) {
            events.scalar("train/rate", 300, 2.0, 0.25);
            events.image("grid", 7, 2.0, hex("89504e47"), 130, 2);
        }
        assertThat(onlyFile()).hasBinaryContent(hex(VERSION + SCALAR + IMAGE));
    }

    @Test
    void settingsAreALineOfTheTableOfHyperparameters() throws IOException {
        try (EventFile events = EventFile.create(directory, 1.5)) {
            events.begin("run", Map.of("latents", "20"), 2.0);
        }
        assertThat(written()).contains(SETTINGS.replace(" ", ""));
    }

    @Test
    void numbersAndTruthValuesAreTakenForWhatTheySay() throws IOException {
        try (EventFile events = EventFile.create(directory, 1.5)) {
            events.begin("run", Map.of("a", "true"), 2.0);
            events.begin("run", Map.of("a", "512,256"), 2.0);
        }
        assertThat(written())
                .contains("0a0161" + "1202" + "2001") // bool_value of a google.protobuf.Value is field 4
                .contains("0a0161" + "1209" + "1a07" + hexOf("512,256")); // string_value is field 3
    }

    @Test
    void theEndOfATrainingSaysWhetherItWentWell() throws IOException {
        try (EventFile events = EventFile.create(directory, 1.5)) {
            events.end(true, 2.0);
            events.end(false, 2.0);
        }
        assertThat(written())
                .contains(hexOf("_hparams_/session_end_info"))
                .contains("220b" + "0801" + "110000000000000040", "220b" + "0802" + "110000000000000040");
    }

    @Test
    void aPictureHasTheSizeThatItsFileSays() throws IOException {
        byte[] png = Png.bytes(new BufferedImage(130, 2, BufferedImage.TYPE_BYTE_GRAY));
        try (EventFile events = EventFile.create(directory, 1.5)) {
            events.image("grid", 7, 2.0, png);
        }
        assertThat(written())
                .contains("0802" + "108201" + "22")
                .contains(HexFormat.of().formatHex(png));
    }

    private String written() throws IOException {
        return HexFormat.of().formatHex(Files.readAllBytes(onlyFile()));
    }

    private static String hexOf(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatWasFlushedIsInTheFile() throws IOException {
        try (EventFile events = EventFile.create(directory, 1.5)) {
            events.scalar("train/rate", 300, 2.0, 0.25);
            events.flush();
            assertThat(onlyFile()).hasBinaryContent(hex(VERSION + SCALAR));
        }
    }

    @Test
    void theNameHasTheTimeAndTheMachine() throws IOException {
        EventFile.create(directory, 1_700_000_000.9).close();
        assertThat(onlyFile().getFileName().toString()).matches("events\\.out\\.tfevents\\.1700000000\\.[^.].*");
    }

    @Test
    void aRunResumedInTheSameSecondLosesNothing() throws IOException {
        EventFile.create(directory, 1.5).close();
        EventFile.create(directory, 1.5).close();
        assertThat(onlyFile()).hasBinaryContent(hex(VERSION + VERSION));
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
