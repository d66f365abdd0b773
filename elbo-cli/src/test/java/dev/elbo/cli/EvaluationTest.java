package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(TinyRun.Extension.class)
class EvaluationTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    private static final Path RUN = ELBO.folder().resolve("runs/tiny");

    @BeforeAll
    static void copyRun(TinyRun run) throws IOException {
        ELBO.process().copy(run.directory(), "runs/tiny");
    }

    @Test
    void anEvaluationIsOneJsonObjectAndKept() throws IOException {
        ElboProcess.Ended ended = ELBO.run("evaluate", "tiny", "--samples", "5", "--json");
        assertThat(ended.notes()).isEmpty();
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
        assertThat(new ObjectMapper().readTree(RUN.resolve("evaluation.json").toFile()))
                .isEqualTo(figures);
    }

    @Test
    void anEvaluationOfAnotherSplitIsPrintedButNotKept() throws IOException {
        byte[] kept = Files.readAllBytes(RUN.resolve("evaluation.json"));
        ElboProcess.Ended ended = ELBO.run("evaluate", "runs/tiny", "--split", "validation", "--samples", "2");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .startsWith("validation set, 8 images, pixels dynamic:\n")
                .contains("by 2 importance samples");
        assertThat(RUN.resolve("evaluation.json")).hasBinaryContent(kept);
    }

    @Test
    void aReportIsWrittenAnew() throws IOException {
        Files.delete(RUN.resolve("report.html"));
        assertThat(ELBO.run("report", "tiny")).isEqualTo(new ElboProcess.Ended(0, "runs/tiny/report.html\n", ""));
        assertThat(RUN.resolve("report.html")).isRegularFile();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void resultsThatCannotBeWrittenAreAFailure() {
        ElboProcess elbo = ELBO.process();
        Process process = elbo.start(new File("/dev/full"), "recipes");
        ElboProcess.Ended ended = elbo.await(process);
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("elbo: standard output could not be written: ")
                .hasLineCount(1);
    }
}
