package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(TinyRun.Extension.class)
class ComparisonTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    @BeforeAll
    static void copyRuns(TinyRun run) throws IOException {
        ELBO.process().copy(run.directory(), "runs/one");
        Path two = ELBO.process().copy(run.directory(), "runs/two").resolve("config.json");
        Files.writeString(two, Files.readString(two).replace("\"latents\" : 2", "\"latents\" : 3"));
    }

    @Test
    void runsAreComparedAsText() {
        ElboProcess.Ended ended = ELBO.run("compare", "one", "two");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .containsPattern("RUN +−ELBO +−log p")
                .containsPattern("(?m)^one +\\d+\\.\\d\\d")
                .contains("−ELBO on the validation set")
                .containsPattern("(?m)^OPTION +one +two\nlatents +2 +3$");
    }

    @Test
    void runsAreComparedOnAPage() throws IOException {
        assertThat(ELBO.run("compare", "one", "two", "--out", "new/c.html").out())
                .isEqualTo("new/c.html\n");
        assertThat(ELBO.folder().resolve("new/c.html")).content().contains("2 runs compared");
    }

    @Test
    void programsReadOneObject() throws IOException {
        JsonNode json = ELBO.run("compare", "one", "two", "--json").json();
        assertThat(json.path("runs")).hasSize(2);
        assertThat(json.path("differences").path("latents").path("two").asText())
                .isEqualTo("3");
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThat(ELBO.run("compare", "one").exitCode()).isEqualTo(2);
        assertThat(ELBO.run("compare", "one").err())
                .isEqualTo("elbo: 2 to 10 runs are compared, one for each colour; got 1\n");
        assertThat(ELBO.run("compare", "one", "tvo").err()).contains("did you mean 'two'?");
        assertThat(ELBO.run("compare", "one", "two", "--out", "c.png").err()).contains("must end in .html");
    }
}
