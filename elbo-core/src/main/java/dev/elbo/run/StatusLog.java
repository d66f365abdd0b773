package dev.elbo.run;

import dev.elbo.figure.WholeFile;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The file {@code status.json}: the {@link RunStatus} as of a second ago. */
final class StatusLog implements Consumer<TrainingEvent> {
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final LongSupplier clock;
    private RunStatus status;
    private long written;

    /**
     * Says that a run is being trained from now on.
     *
     * @param clock in nanoseconds
     */
    StatusLog(RunDirectory run, LongSupplier clock) throws IOException {
        this.file = run.status();
        this.clock = clock;
        this.status = RunStatus.of(run).as(RunStatus.State.TRAINING);
        write();
    }

    @Override
    public void accept(TrainingEvent event) {
        RunStatus before = status;
        status = before.after(event);
        boolean turns = event instanceof TrainingEvent.Started || status.state() != before.state();
        if (turns || clock.getAsLong() - written >= EVERY) {
            try {
                write();
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }

    private void write() throws IOException {
        written = clock.getAsLong();
        WholeFile.write(file, (status.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
