package dev.elbo.cli;

import dev.elbo.exhibit.Showing;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import dev.elbo.run.TrainedModel;

/**
 * A run's best model, opened with the run's data or without.
 *
 * @param closing frees it
 */
record Opened(RunDirectory run, Showing showing, Runnable closing) implements AutoCloseable {
    static Opened of(Session session) {
        return new Opened(session.run(), session.showing(), session::close);
    }

    static Opened of(TrainedModel trained) {
        return new Opened(trained.run(), trained.showing(), trained::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
