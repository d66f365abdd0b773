package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.data.InvalidFileException;
import dev.elbo.run.RunStatus.State;
import dev.elbo.tensor.Device;
import dev.elbo.train.DivergedException;
import dev.elbo.train.TrainingEvent;
import dev.elbo.train.TrainingEvent.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run says in its files how far it is, and heeds who asks it to end. */
class RunStatusTest {
    private static final String STOP_FILE = ".stop";

    @TempDir
    Path directory;

    private RunDirectory run(String settings) throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config("vae", settings));
        run.begin(Device.CPU, Runs.data().spec());
        return run;
    }

    private static Reason train(RunDirectory run, Consumer<TrainingEvent> listener, BooleanSupplier stop)
            throws IOException {
        try (Session session = new Session(run, Runs.data(), Device.CPU)) {
            return session.train(listener, stop);
        }
    }

    private static State state(RunDirectory run) throws IOException {
        return RunStatus.of(run).state();
    }

    @Test
    void aRunThatCameToItsEndIsFinished() throws IOException {
        RunDirectory run = run("");
        List<State> seen = new ArrayList<>();
        train(
                run,
                event -> {
                    try {
                        seen.add(state(run));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                () -> false);
        assertThat(seen)
                .containsOnly(State.TRAINING); // an event is told before files say it, which a full disk may refuse
        RunStatus status = RunStatus.of(run);
        assertThat(status).isEqualTo(new RunStatus(State.FINISHED, 18, 18, 3, status.seconds()));
        assertThat(status.seconds()).isPositive();
        assertThat(new ObjectMapper().readTree(run.status().toFile()))
                .isEqualTo(new ObjectMapper().readTree(status.toJson().toString()));
    }

    @Test
    void aRunThatWasStoppedSaysWhereAndIsInTrainingAgainWhenItIsResumed() throws IOException {
        RunDirectory run = run("");
        train(run, event -> {}, () -> true);
        RunStatus status = RunStatus.of(run);
        assertThat(status).isEqualTo(new RunStatus(State.STOPPED, 1, 18, 1 / 6.0, status.seconds()));
        try (RunLock lock = run.lock()) {
            new StatusLog(run, System::nanoTime);
            assertThat(RunStatus.of(run)).isEqualTo(status.as(State.TRAINING));
        }
    }

    @Test
    void aRunThatDivergedSaysSo() throws IOException {
        RunDirectory run = run("learningRate=1e30");
        assertThatThrownBy(() -> train(run, event -> {}, () -> false)).isInstanceOf(DivergedException.class);
        assertThat(state(run)).isEqualTo(State.DIVERGED);
    }

    @Test
    void aRunWhoseProcessDiedIsInterrupted() throws IOException {
        RunDirectory run = run("");
        assertThatThrownBy(() -> train(
                        run,
                        event -> {
                            if (event instanceof TrainingEvent.Progressed) {
                                throw new IllegalStateException("killed");
                            }
                        },
                        () -> false))
                .hasMessage("killed");
        assertThat(run.status()).content().contains("\"training\"");
        assertThat(state(run)).isEqualTo(State.INTERRUPTED);
    }

    @Test
    void aRunFromBeforeThereWasAStatusIsJudgedByItsMetrics() throws IOException {
        RunDirectory run = run("");
        assertThat(RunStatus.of(run)).isEqualTo(new RunStatus(State.INTERRUPTED, 0, 0, 0, 0));
        train(run, event -> {}, () -> false);
        for (String content : new String[] {"", "garbage", "{}", "{\"state\":\"serving\"}"}) {
            Files.writeString(run.status(), content);
            RunStatus status = RunStatus.of(run);
            assertThat(status).isEqualTo(new RunStatus(State.FINISHED, 18, 18, 3, status.seconds()));
        }
        Files.delete(run.status());
        RunDirectory longer = run.reconfigure(run.config().epochs(6));
        assertThat(state(longer)).isEqualTo(State.INTERRUPTED);
        assertThat(RunStatus.of(longer).steps()).isEqualTo(36);
    }

    @Test
    void progressIsWrittenOnceASecondAndATurnAtOnce() throws IOException {
        RunDirectory run = run("");
        long[] now = {0};
        try (RunLock lock = run.lock()) {
            StatusLog log = new StatusLog(run, () -> now[0]);
            log.accept(new TrainingEvent.Started(0, 100, 10, 7, 1, 1, Optional.empty(), 0, 0));
            assertThat(RunStatus.of(run).steps()).isEqualTo(100);
            log.accept(progress(5));
            assertThat(RunStatus.of(run).step()).isZero();
            now[0] = TimeUnit.SECONDS.toNanos(1);
            log.accept(progress(6));
            assertThat(RunStatus.of(run)).isEqualTo(new RunStatus(State.TRAINING, 6, 100, 0.6, 2.5));
            log.accept(new TrainingEvent.Diverged(7, Map.of(), Map.of(), Optional.empty()));
            assertThat(state(run)).isEqualTo(State.DIVERGED);
        }
    }

    private static TrainingEvent progress(long step) {
        return new TrainingEvent.Progressed(step, step / 10.0, Map.of(), 0.001, 2, 2000, 2.5);
    }

    // ---- stopping ----

    /** So many epochs that only a request ends it. */
    private RunDirectory endless() throws IOException {
        return run("epochs=1000000 logEvery=1000 evaluateEvery=1000000");
    }

    @Test
    void aTrainingEndsWithACheckpointWhenAnotherAsksItTo() throws IOException {
        RunDirectory run = endless();
        boolean[] asked = {false};
        Reason reason = train(
                run,
                event -> {
                    if (event instanceof TrainingEvent.Progressed && !asked[0]) {
                        asked[0] = true;
                        requestStop(run);
                    }
                },
                () -> false);
        assertThat(reason).isEqualTo(Reason.STOPPED);
        assertThat(state(run)).isEqualTo(State.STOPPED);
        assertThat(run.checkpoints().latest()).isPresent();
        assertThat(run.path().resolve(STOP_FILE)).doesNotExist();
    }

    private static void requestStop(RunDirectory run) {
        try {
            run.requestStop();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRequestThatCameTooLateDoesNotStopTheNextTraining() throws IOException {
        RunDirectory run = run("");
        StopRequest.leave(run.path());
        long[] now = {0};
        try (StopRequest request = new StopRequest(run.path(), () -> now[0] += TimeUnit.SECONDS.toNanos(1))) {
            assertThat(request.getAsBoolean()).isFalse();
        }
    }

    @Test
    void aRequestIsLookedForEveryHalfSecondAndNotAfterEachStep() throws IOException {
        RunDirectory run = run("");
        long[] now = {0};
        try (StopRequest request = new StopRequest(run.path(), () -> now[0])) {
            StopRequest.leave(run.path());
            now[0] = TimeUnit.MILLISECONDS.toNanos(499);
            assertThat(request.getAsBoolean()).isFalse();
            now[0] = TimeUnit.MILLISECONDS.toNanos(500);
            assertThat(request.getAsBoolean()).isTrue();
            assertThat(request.getAsBoolean()).isTrue();
        }
        assertThat(run.path().resolve(STOP_FILE)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunThatNobodyTrainsCannotBeStopped(boolean trained) throws IOException {
        RunDirectory run = run("epochs=1");
        if (trained) {
            train(run, event -> {}, () -> false);
        }
        assertThatThrownBy(run::requestStop)
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(run.path() + " is not being trained: it is " + (trained ? "finished" : "interrupted")
                        + ". 'elbo runs' says how far each run is.");
        assertThat(run.path().resolve(STOP_FILE)).doesNotExist();
    }
}
