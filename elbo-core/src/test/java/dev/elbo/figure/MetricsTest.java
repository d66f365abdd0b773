package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    @TempDir
    private Path folder;

    private Metrics read(String... lines) throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        Files.writeString(file, String.join("\n", lines));
        return Metrics.read(file);
    }

    @Test
    void stepsAndEvaluationsAreReadInOrder() throws IOException {
        Metrics metrics = read("""
                {"event":"started","unknown":{"deep":[1]}}""", """
                {"event":"step","step":100,"epoch":0.5,"seconds":1.5,"terms":{"negElbo":120.5,"rate":20},"new":1}""", """
                {"event":"evaluated","step":200,"epoch":1.0,"split":"validation","terms":{"negElbo":110}}""", """
                {"event":"saved","path":"x"}""");
        assertThat(metrics.unreadable()).isZero();
        assertThat(metrics.training()).hasSize(1);
        assertThat(metrics.training().get(0).term("negElbo")).isEqualTo(120.5);
        assertThat(metrics.training().get(0).term("distortion")).isNaN();
        assertThat(metrics.evaluated())
                .containsEntry("validation", List.of(new Metrics.Point(200, 1, Double.NaN, Map.of("negElbo", 110.0))));
        assertThat(metrics.terms()).containsExactly("negElbo", "rate");
    }

    @Test
    void theLearningRateAndTheGradientNormAreKeptAmongTheTerms() throws IOException {
        Metrics metrics = read("""
                {"event":"step","step":1,"learningRate":0.001,"gradientNorm":2.5,"terms":{"negElbo":1}}""");
        assertThat(metrics.training().get(0).terms())
                .containsExactly(entry("negElbo", 1.0), entry("learningRate", 0.001), entry("gradientNorm", 2.5));
    }

    @Test
    void whatIsCutOrNoNumberIsLeftOut() throws IOException {
        Metrics metrics = read("""
                {"event":"step","step":1,"terms":{"negElbo":"NaN","rate":null}}""", """
                {"event":"step","terms":{"negElbo":1}}""", "[]", "\0\0\0", """
                {"event":"step","step":2,"te""");
        assertThat(metrics.training()).hasSize(1);
        assertThat(metrics.training().get(0).term("negElbo")).isNaN();
        assertThat(metrics.unreadable()).isEqualTo(4);
    }

    @Test
    void aLetterCutInTheMiddleDoesNotEndTheReading() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        byte[] cut = "{\"event\":\"step\",\"step\":1}\n{\"event\":\"β".getBytes(StandardCharsets.UTF_8);
        Files.write(file, Arrays.copyOf(cut, cut.length - 1));
        assertThat(Metrics.read(file).training()).hasSize(1);
        assertThat(Metrics.read(file).unreadable()).isEqualTo(1);
    }

    @Test
    void aResumedRunForgetsTheCourseThatItLeft() throws IOException {
        Metrics metrics = read("""
                {"event":"step","step":100,"terms":{"negElbo":1}}""", """
                {"event":"step","step":200,"terms":{"negElbo":2}}""", """
                {"event":"evaluated","step":200,"split":"validation","terms":{"negElbo":3}}""", """
                {"event":"step","step":150,"terms":{"negElbo":4}}""");
        assertThat(metrics.training())
                .extracting(point -> point.term("negElbo"))
                .containsExactly(1.0, 4.0);
        assertThat(metrics.evaluated()).isEmpty();
    }

    @Test
    void stepsAreTheHorizontalAxisWhereEpochsAreUnknown() throws IOException {
        Metrics metrics = read("""
                {"event":"step","step":100,"terms":{"negElbo":1}}""");
        assertThat(metrics.hasEpochs()).isFalse();
        assertThat(metrics.series(metrics.training(), "negElbo").x(0)).isEqualTo(100);
    }
}
