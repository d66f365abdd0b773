package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunCatalogTest {
    @TempDir
    Path folder;

    private RunCatalog catalog(String project) {
        return RunCatalog.of(
                Map.of("ELBO_RUNS", folder.resolve(project).resolve("runs").toString()));
    }

    /** A run in a place within the folder, that began at a second. */
    private RunDirectory run(String place, int second) throws IOException {
        RunDirectory run = new RunDirectory(folder.resolve(place), Runs.config("vae", ""));
        run.begin(Device.CPU, Runs.data().spec());
        Path config = run.path().resolve("config.json");
        String started = Instant.ofEpochSecond(second).toString();
        Files.writeString(
                config,
                Files.readString(config).replaceAll("\"started\" : \"[^\"]*\"", "\"started\" : \"" + started + "\""));
        return run;
    }

    private Optional<Path> last(String project) throws IOException {
        return catalog(project).last().map(run -> folder.toAbsolutePath().relativize(run.toAbsolutePath()));
    }

    @Test
    void theLastRunOfAnotherProjectIsNotTheLastOfThisOne() throws IOException {
        catalog("mine").remember(run("mine/runs/a", 1));
        catalog("theirs").remember(run("theirs/b", 2));
        catalog("theirs").remember(run("elsewhere/c", 3));
        assertThat(last("mine")).contains(Path.of("mine/runs/a"));
        assertThat(last("theirs")).contains(Path.of("elsewhere/c"));
        assertThat(last("empty")).isEmpty();
        assertThatThrownBy(() -> catalog("empty").open("last"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no run yet in " + catalog("empty").folder());
    }

    @Test
    void aRunThatWasToldToLieElsewhereIsTheLastUntilAnotherBegins() throws IOException {
        run("project/runs/a", 1);
        catalog("project").remember(run("project/out", 2));
        assertThat(last("project")).contains(Path.of("project/out"));
        assertThat(catalog("project").all()).hasSize(1);
        run("project/runs/b", 3);
        assertThat(last("project")).contains(Path.of("project/runs/b"));
    }

    @Test
    void ofTwoRunsOfOneSecondTheOneThatIsRememberedIsTheLast() throws IOException {
        RunDirectory first = run("project/runs/b", 1);
        run("project/runs/c", 1);
        catalog("project").remember(first);
        assertThat(last("project")).contains(Path.of("project/runs/b"));
    }

    @Test
    void withoutAPointerTheYoungestRunOfTheFolderIsTheLast() throws IOException {
        run("project/runs/b", 2);
        run("project/runs/c", 1);
        assertThat(last("project")).contains(Path.of("project/runs/b"));
        for (String pointer : new String[] {"", "nowhere", "\0", "/"}) {
            Files.writeString(catalog("project").folder().resolve(".last"), pointer);
            assertThat(last("project")).contains(Path.of("project/runs/b"));
        }
    }

    @Test
    void aProjectThatWasMovedOrCopiedHasItsOwnLastRun() throws IOException {
        catalog("project").remember(run("project/out", 1));
        Files.move(folder.resolve("project"), folder.resolve("moved"));
        run("project/out", 2); // a stranger's by now
        assertThat(last("moved")).contains(Path.of("moved/out"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // links take rights there
    void aRunIsFoundThoughTheFolderIsALink() throws IOException {
        Files.createDirectories(folder.resolve("disk/deep/runs"));
        Files.createDirectories(folder.resolve("project"));
        Files.createSymbolicLink(folder.resolve("project/runs"), folder.resolve("disk/deep/runs"));
        catalog("project").remember(run("project/out", 1));
        assertThat(catalog("project").open("last").path().toRealPath())
                .isEqualTo(folder.resolve("project/out").toRealPath());
    }

    @Test
    void whereThePointerCannotBeWrittenTrainingGoesOnWithoutIt() throws IOException {
        RunDirectory run = run("project/out", 1);
        Files.writeString(folder.resolve("project/runs"), "a file in the way");
        catalog("project").remember(run);
        assertThat(last("project")).isEmpty();
    }

    @Test
    void aNameIsLookedUpInTheFolderAndAPathAsItIs() throws IOException {
        RunDirectory run = run("project/runs/vae-mnist", 1);
        assertThat(catalog("project").open("vae-mnist").path().toRealPath())
                .isEqualTo(run.path().toRealPath());
        assertThat(catalog("project").open(run.path().toString()).config()).isEqualTo(run.config());
        assertThatThrownBy(() -> catalog("project").open("vae-mnits"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no run 'vae-mnits' here or in "
                        + catalog("project").folder()
                        + "; did you mean 'vae-mnist'? 'elbo runs' lists those there are");
    }

    @Test
    void runsThatWereToldToLieElsewhereAreListedWhileTheyAreThere() throws IOException {
        run("project/runs/a", 1);
        catalog("project").remember(run("project/out", 2));
        catalog("project").remember(run("far/off", 3));
        catalog("project").remember(run("project/out2", 4));
        catalog("theirs").remember(run("theirs/out", 5));
        assertThat(catalog("project").listed())
                .extracting(this::within)
                .containsExactlyInAnyOrder(
                        Path.of("project/runs/a"), Path.of("project/out"), Path.of("project/out2"), Path.of("far/off"));
        Files.delete(folder.resolve("far/off/config.json"));
        assertThat(catalog("project").listed()).hasSize(3);
    }

    private Path within(Path run) {
        try {
            return folder.toRealPath().relativize(run.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRunThatWasRememberedTwiceIsListedOnce() throws IOException {
        RunDirectory run = run("project/out", 1);
        catalog("project").remember(run);
        catalog("project").remember(run);
        assertThat(catalog("project").listed()).hasSize(1);
    }

    @Test
    void aRunIsCalledLastOnlyWhileNoOtherHasBegun() throws IOException {
        RunDirectory mine = run("project/runs/mine", 1);
        catalog("project").remember(mine);
        assertThat(catalog("project").shortNameOf(mine.path())).isEqualTo("last");
        catalog("project").remember(run("project/runs/theirs", 2));
        assertThat(catalog("project").shortNameOf(mine.path())).isEqualTo("mine");
        assertThat(catalog("project").open("mine").config()).isEqualTo(mine.config());
    }

    @Test
    void aRunThatLiesElsewhereIsCalledByItsPath() throws IOException {
        Path run = run("project/out", 1).path();
        assertThat(catalog("project").nameOf(run))
                .isEqualTo(run.toAbsolutePath().toString());
        assertThat(catalog("project").nameOf(Path.of("").toAbsolutePath().resolve("a/b")))
                .isEqualTo(Path.of("a", "b").toString());
    }
}
