package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the command refuses before anything listens. */
class StudioCommandTest {
    @RegisterExtension
    private static final ElboSession ELBO = new ElboSession();

    @Test
    void aPortThatIsNoneIsRefused() {
        ElboProcess.Ended ended = ELBO.run("studio", "--no-browser", "--port", "70000");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("a port is from 0 to 65535; got 70000");
    }

    @Test
    void aTokenThatCanBeGuessedIsRefused() {
        ElboProcess.Ended ended = ELBO.run("studio", "--no-browser", "--port", "0", "--token", "secret");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("a token has 16 to 200 letters, digits, _ or -; leave --token out");
    }

    @Test
    void aRunThatIsNotThereIsNotShown() {
        ElboProcess.Ended ended = ELBO.run("studio", "nowhere", "--no-browser", "--port", "0");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("there is no run 'nowhere'");
    }
}
