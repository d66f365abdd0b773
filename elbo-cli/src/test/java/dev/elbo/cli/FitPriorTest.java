package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(TinyRun.Extension.class)
class FitPriorTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    @BeforeAll
    static void copyRun(TinyRun run) throws IOException {
        ELBO.process().copy(run.directory(), "runs/tiny");
    }

    @Test
    void aFittedPriorIsARunThatOtherCommandsTake() {
        ElboProcess.Ended fitted =
                ELBO.run("fit-prior", "tiny", "gmm(2)", "--epochs", "1", "--out", "runs/fitted", "--samples", "5");
        assertThat(fitted.exitCode()).as(fitted.err()).isZero();
        assertThat(fitted.out())
                .contains("prior=mixture(2)")
                .containsPattern("base +the model of .*tiny, whose prior alone is learned");
        assertThat(ELBO.run("sample", "fitted", "--count", "4").exitCode()).isZero();
        assertThat(ELBO.run("evaluate", "last", "--samples", "5").exitCode()).isZero();
    }

    @Test
    void aPriorThatIsNoneIsRefused() {
        ElboProcess.Ended ended = ELBO.run("fit-prior", "tiny", "gm(2)");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("elbo: prior=gm(2): ").contains("normal, learned, mixture(10)");
    }
}
