package dev.elbo.studio;

import dev.elbo.data.DataCache;
import dev.elbo.data.DataCatalog;
import dev.elbo.data.DataSet;
import dev.elbo.data.DataSource;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import dev.elbo.run.TrainedModel;
import dev.elbo.tensor.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's model at work, on a thread of its own: it is opened, asked and freed there, since its tensors belong to that thread. The data
 * are opened when somebody asks for an example, by whoever asks.
 */
final class Bench implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bench.class);
    private static final int MOST_WAITING = 64;
    private static final long PATIENCE_SECONDS = 120;

    private final RunDirectory run;
    private final Opener opener;
    private final ThreadPoolExecutor thread;
    private @Nullable TrainedModel model;
    private @Nullable Session session;

    /** Guarded by this. */
    private @Nullable DataSource data;

    /** What is done on a bench. */
    @FunctionalInterface
    interface Task<T> {
        T with(Bench bench) throws IOException;
    }

    /** Opens the data of a run. */
    @FunctionalInterface
    interface Opener {
        DataSource open(RunDirectory run) throws IOException;
    }

    /** The model of a run, whose data are looked for where the environment says. */
    Bench(RunDirectory run, Map<String, String> environment) {
        this(run, (RunDirectory whose) -> opened(whose, environment));
    }

    /** The model of a run, whose data are opened in another way. */
    Bench(RunDirectory run, Opener opener) {
        this.run = run;
        this.opener = opener;
        this.thread =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                    Thread worker = new Thread(work, "bench of " + run.path().getFileName());
                    worker.setDaemon(true);
                    return worker;
                });
    }

    /**
     * Does something with the model, after what others have asked for before.
     *
     * @throws Refusal if too many wait, or it takes too long
     * @throws IOException if a file cannot be read
     */
    <T> T ask(Task<T> task) throws IOException {
        try {
            Future<T> done = thread.submit(() -> task.with(this));
            return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException full) {
            throw Refusal.busy("the model has too much to do, or was just closed; try again in a moment");
        } catch (TimeoutException slow) {
            throw Refusal.busy("the model has taken longer than " + PATIENCE_SECONDS + " s; try again with less");
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw Refusal.busy("the studio is ending; start it again");
        } catch (ExecutionException failure) {
            throw asItWas(failure.getCause());
        }
    }

    /**
     * Does something with the model and the run's data. These are opened on the caller's thread: meanwhile the model does what others
     * ask.
     *
     * @throws Refusal if too many wait, or it takes too long
     * @throws IOException if a file cannot be read
     */
    <T> T askOfData(Task<T> task) throws IOException {
        try {
            data();
        } catch (IOException | RuntimeException untold) {
            LOG.debug("the data of {} cannot be opened, as the task will find", run.path(), untold);
        }
        return ask(task);
    }

    private static IOException asItWas(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof IOException checked) {
            return checked;
        }
        throw new IllegalStateException("Bug: a bench failed", failure);
    }

    RunDirectory run() {
        return run;
    }

    /** The model, without data; on the bench's thread. */
    TrainedModel model() throws IOException {
        TrainedModel open = model;
        if (open == null) {
            open = TrainedModel.open(run, Device.CPU);
            model = open;
        }
        return open;
    }

    /**
     * The model with the run's data; on the bench's thread.
     *
     * @throws Refusal if the data are not on this machine
     */
    Session session() throws IOException {
        Session open = session;
        if (open == null) {
            model(); // opened first, and so freed last
            open = new Session(run, data(), Device.CPU).loadBest();
            session = open;
        }
        return open;
    }

    private synchronized DataSource data() throws IOException {
        DataSource open = data;
        if (open == null) {
            open = opener.open(run);
            data = open;
        }
        return open;
    }

    private static DataSource opened(RunDirectory run, Map<String, String> environment) throws IOException {
        String name = run.config().data();
        DataCache cache = DataCache.of(environment, event -> {});
        Optional<DataSet> set = DataCatalog.standard().find(name);
        boolean isHere = set.isPresent() ? cache.holds(set.get()) : !run.isShipped() && Files.exists(Path.of(name));
        if (!isHere) {
            throw Refusal.conflict("the run's data, " + (set.isPresent() ? name : "a file or folder")
                    + ", are not on this machine, so that no example can be shown; "
                    + (set.isPresent() ? "'elbo data " + name + "' fetches them" : "put them back where they were"));
        }
        return DataCatalog.standard().open(name, cache, run.config().reading());
    }

    /** Frees the model on its thread, when what waits is done. */
    @Override
    public void close() {
        try {
            thread.execute(() -> {
                try (TrainedModel last = model;
                        Session first = session) {
                    model = null;
                    session = null;
                } catch (RuntimeException failure) {
                    throw new UncheckedIOException(new IOException("a model could not be freed", failure));
                }
            });
        } catch (RejectedExecutionException full) {
            thread.getQueue().clear();
        }
        thread.shutdown();
    }
}
