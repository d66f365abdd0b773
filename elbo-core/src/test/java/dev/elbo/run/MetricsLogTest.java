package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
    @TempDir
    Path directory;

    private static TrainingEvent step(long step) {
        return new TrainingEvent.Progressed(step, step / 10.0, Map.of("negElbo", 100.5), 0.001, 2, 2000, 1.5);
    }

    private static String line(long step) {
        return "{\"event\":\"step\",\"step\":" + step + ",\"epoch\":" + step / 10.0
                + ",\"seconds\":1.5,\"samplesPerSecond\":2000.0,\"learningRate\":0.001,\"gradientNorm\":2.0,\"terms\":{\"negElbo\":100.5}}\n";
    }

    private Path file() {
        return directory.resolve("metrics.jsonl");
    }

    private Path fileOfFourSteps() throws IOException {
        MetricsLog log = new MetricsLog(file(), 0);
        for (int step = 1; step <= 4; step++) {
            log.accept(step(step));
        }
        return file();
    }

    @Test
    void writesALineForEachEventWithFigures() throws IOException {
        MetricsLog log = new MetricsLog(file(), 0);
        log.accept(new TrainingEvent.Started(0, 10, 5, 1000, 1, 1, Optional.empty(), 0, 0));
        log.accept(step(3));
        log.accept(new TrainingEvent.Evaluated(5, 1, Map.of("negElbo", 99.5), true, 2.5));
        log.accept(new TrainingEvent.Saved(5, directory));
        assertThat(file())
                .hasContent(line(3) + "{\"event\":\"evaluated\",\"step\":5,\"epoch\":1.0,\"seconds\":2.5,"
                        + "\"split\":\"validation\",\"terms\":{\"negElbo\":99.5}}\n");
    }

    @Test
    void whatWasLoggedOfLaterStepsIsDropped() throws IOException {
        new MetricsLog(fileOfFourSteps(), 2).accept(step(3));
        assertThat(file()).hasContent(line(1) + line(2) + line(3));
    }

    @Test
    void aLineThatWasCutOffIsDropped() throws IOException {
        Files.writeString(fileOfFourSteps(), line(5).substring(0, 40), StandardOpenOption.APPEND);
        new MetricsLog(file(), 9).accept(step(6));
        assertThat(file()).hasContent(line(1) + line(2) + line(3) + line(4) + line(6));
    }

    @Test
    void aLineThatWasCutOffBeforeItsEndIsEnded() throws IOException {
        Files.writeString(fileOfFourSteps(), line(5).stripTrailing(), StandardOpenOption.APPEND);
        new MetricsLog(file(), 9).accept(step(6));
        assertThat(file()).hasContent(line(1) + line(2) + line(3) + line(4) + line(5) + line(6));
    }

    @Test
    void bytesThatAreNoTextKeepNothingFromGoingOn() throws IOException {
        Files.write(
                fileOfFourSteps(),
                new byte[] {(byte) 0xc3, (byte) 0x28, 0, '\n', (byte) 0xff},
                StandardOpenOption.APPEND);
        new MetricsLog(file(), 9).accept(step(5));
        assertThat(file()).hasContent(line(1) + line(2) + line(3) + line(4) + line(5));
    }

    /** A second name of the file keeps what an overwriting would have lost had it failed half-way. */
    @Test
    void theFileIsReplacedWholeAndNeverEmptiedFirst() throws IOException {
        Path other = Files.createLink(directory.resolve("other"), fileOfFourSteps());
        new MetricsLog(file(), 2);
        assertThat(file()).hasContent(line(1) + line(2));
        assertThat(other).hasContent(line(1) + line(2) + line(3) + line(4));
    }

    @Test
    void aFailureNamesTheFile() throws IOException {
        MetricsLog log = new MetricsLog(directory.resolve("missing/metrics.jsonl"), 0);
        assertThatThrownBy(() -> log.accept(step(1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(
                        "metrics could not be written to " + directory.resolve("missing/metrics.jsonl"));
    }

    private double secondsOf(double... seconds) throws IOException {
        MetricsLog log = new MetricsLog(file(), 0);
        for (int i = 0; i < seconds.length; i++) {
            log.accept(new TrainingEvent.Progressed(i + 1, 1, Map.of(), 0.001, 1, 2000, seconds[i]));
        }
        return MetricsLog.seconds(file(), 4);
    }

    @Test
    void theTimeOfSessionsThatEachCountedFromZeroIsAddedUp() throws IOException {
        assertThat(MetricsLog.seconds(file(), 4)).isZero();
        assertThat(secondsOf(10, 20, 1.5, 3, 99))
                .as("the fifth step will be taken anew")
                .isEqualTo(23);
    }

    @Test
    void theTimeOfSessionsThatCountOnIsThatOfTheLast() throws IOException {
        assertThat(secondsOf(10, 20, 21.5, 23)).isEqualTo(23);
    }
}
