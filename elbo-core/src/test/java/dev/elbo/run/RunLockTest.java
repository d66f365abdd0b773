package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.data.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    Path run;

    /** Another process that says whether a run is being trained. */
    static final class Onlooker {
        private Onlooker() {}

        public static void main(String[] arguments) throws IOException {
            System.out.print(RunLock.isHeld(Path.of(arguments[0])));
        }
    }

    private String seenByAnother() throws Exception {
        Process onlooker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Onlooker.class.getName(),
                        run.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(onlooker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Where locks belong to processes, as POSIX has it, to close the file once gives up all of them. */
    @Test
    void whoAsksInTheProcessThatTrainsDoesNotTakeTheLockFromIt() throws Exception {
        try (RunLock lock = RunLock.take(run)) {
            assertThatThrownBy(() -> RunLock.take(run))
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessage(run + " is being trained by another process. Wait until that has ended, or stop it with"
                            + " 'elbo stop'.");
            assertThat(RunLock.isHeld(run)).isTrue();
            assertThat(seenByAnother()).isEqualTo("true");
        }
        assertThat(RunLock.isHeld(run)).isFalse();
        assertThat(seenByAnother()).isEqualTo("false");
        RunLock.take(run).close();
    }

    @Test
    void aRunThatWasNeverTrainedIsNotHeldAndAskingLeavesNothing() throws IOException {
        assertThat(RunLock.isHeld(run)).isFalse();
        assertThat(run).isEmptyDirectory();
    }
}
