package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.data.InvalidFileException;
import dev.elbo.tensor.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletedRunTest {
    @TempDir
    Path directory;

    /** Deletes the run when the exhibit of a number is made, as another process does: by its configuration, then by its name. */
    private final class Deleting implements Course.Watcher {
        private int left;

        Deleting(int left) {
            this.left = left;
        }

        @Override
        public void showing(String exhibit) {
            try {
                if (left-- == 0) {
                    Files.delete(directory.resolve("run/config.json"));
                    Files.move(directory.resolve("run"), directory.resolve("gone"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void notShown(String exhibit, String reason) {}
    }

    @Test
    void aRunThatIsDeletedWhileItsReportIsDrawnLeavesNoFolder() throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config("vae", "epochs=1"));
        try (Session session = new Session(run, Runs.data(), Device.CPU)) {
            run.begin(session.device(), session.spec());
            session.train(event -> {}, () -> false);

            assertThatThrownBy(() -> new Course(session, 2).conclude(new Deleting(1)))
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessageContaining("was deleted while it was evaluated");
            assertThat(directory.resolve("run")).doesNotExist();
        }
    }

    @Test
    void aDirectoryThatLostItsConfigurationAloneKeepsItsCheckpoints() throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config("vae", "epochs=1"));
        Files.createDirectories(directory.resolve("run/checkpoints"));
        assertThatThrownBy(run::requireThere).isInstanceOf(InvalidFileException.class);
        assertThat(directory.resolve("run/checkpoints")).exists();
    }
}
