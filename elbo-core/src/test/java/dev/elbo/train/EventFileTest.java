package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
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
