package dev.elbo.cli;

import dev.elbo.run.Session;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** The run that a command is about, at work with its best weights. */
final class LoadedRun {
    @Mixin
    private final ChosenRun chosen = new ChosenRun();

    @Mixin
    private final MovedData moved = new MovedData();

    @Mixin
    private final Workplace workplace;

    LoadedRun(Console console) {
        this.workplace = new Workplace(console);
    }

    /**
     * Opens its best model to be shown, with the data if they are at hand; else it is said that they are not. The caller
     * closes it.
     */
    Opened open() throws IOException {
        return workplace.opened(moved.of(chosen.open()));
    }

    /** Opens its best model to be shown without the data, unless an earlier version of Elbo kept too little for that. */
    Opened openWithoutData() throws IOException {
        return workplace.openedWithoutData(moved.of(chosen.open()));
    }

    /** Loads it; the caller closes it. */
    Session load() throws IOException {
        return workplace.open(moved.of(chosen.open())).loadBest();
    }
}
