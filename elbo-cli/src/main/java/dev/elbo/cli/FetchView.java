package dev.elbo.cli;

import dev.elbo.data.FetchEvent;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows what happens while data are fetched or decoded. */
final class FetchView implements Consumer<FetchEvent> {
    private static final double MEGABYTE = 1e6;

    private final Console console;

    FetchView(Console console) {
        this.console = console;
    }

    @Override
    public void accept(FetchEvent event) {
        if (event instanceof FetchEvent.Waiting waiting) {
            console.note("waiting for another process that prepares " + waiting.data());
        } else if (event instanceof FetchEvent.Started started) {
            console.note("fetching " + started.set().name() + " from " + started.source());
        } else if (event instanceof FetchEvent.Received received) {
            console.status(width -> String.format(
                    Locale.ROOT,
                    "fetching %s: %.1f of %.1f MB",
                    received.set().name(),
                    received.bytes() / MEGABYTE,
                    received.total() / MEGABYTE));
        } else if (event instanceof FetchEvent.Failed failed) {
            console.note("  " + failed.reason());
        } else if (event instanceof FetchEvent.Finished finished) {
            console.note(finished.set().name() + " is in " + finished.folder() + "; licence: "
                    + finished.set().licence());
        } else if (event instanceof FetchEvent.Decoded decoded) {
            console.status(width -> String.format(
                    Locale.ROOT,
                    "decoding %s: %,d of %,d images",
                    decoded.folder().getFileName(),
                    decoded.images(),
                    decoded.total()));
        }
    }
}
