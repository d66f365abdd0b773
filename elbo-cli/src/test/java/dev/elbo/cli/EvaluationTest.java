package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TinyRun.Extension.class)
class EvaluationTest {
    @TempDir
    Path folder;

    @Test
    void anEvaluationIsOneJsonObjectAndKept(TinyRun run) throws IOException {
        ElboProcess elbo = new ElboProcess(folder);
        Path copy = elbo.copy(run.directory(), "runs/tiny");
        ElboProcess.Ended ended = elbo.run("evaluate", "tiny", "--samples", "5", "--json");
        assertThat(ended.err()).isEmpty();
        JsonNode figures = ended.json();
        double parts =
                figures.path("distortion").asDouble() + figures.path("rate").asDouble();
        assertThat(figures.path("negElbo").asDouble()).isCloseTo(parts, within(1e-9)); // rounding of doubles
        assertThat(figures.path("nll").isNumber()).isTrue();
        assertThat(figures.path("nllSamples").asInt()).isEqualTo(5);
        assertThat(figures.path("nllStandardError").asDouble()).isPositive();
        assertThat(figures.path("activeUnits").asInt()).isBetween(0, 2);
        assertThat(figures.path("points").asInt()).isEqualTo(40);
        assertThat(figures.path("pixels").asText()).isEqualTo("dynamic");
        assertThat(figures.path("seconds").asDouble()).isPositive();
        assertThat(new ObjectMapper().readTree(copy.resolve("evaluation.json").toFile()))
                .isEqualTo(figures);
    }

    @Test
    void anEvaluationOfAnotherSplitIsPrintedButNotKept(TinyRun run) throws IOException {
        ElboProcess elbo = new ElboProcess(folder);
        Path copy = elbo.copy(run.directory(), "runs/tiny");
        ElboProcess.Ended ended = elbo.run("evaluate", "runs/tiny", "--split", "validation", "--samples", "2");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .startsWith("validation set, 8 images, pixels dynamic:\n")
                .contains("by 2 importance samples");
        assertThat(copy.resolve("evaluation.json"))
                .hasSameBinaryContentAs(run.directory().resolve("evaluation.json"));
    }

    @Test
    void aReportIsWrittenAnew(TinyRun run) throws IOException {
        ElboProcess elbo = new ElboProcess(folder);
        Path copy = elbo.copy(run.directory(), "runs/tiny");
        Files.delete(copy.resolve("report.html"));
        assertThat(elbo.run("report", "tiny")).isEqualTo(new ElboProcess.Ended(0, "runs/tiny/report.html\n", ""));
        assertThat(copy.resolve("report.html")).isRegularFile();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void resultsThatCannotBeWrittenAreAFailure() {
        ElboProcess elbo = new ElboProcess(folder);
        Process process = elbo.start(new File("/dev/full"), "recipes");
        ElboProcess.Ended ended = elbo.await(process);
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("elbo: standard output could not be written: ")
                .hasLineCount(1);
    }
}
