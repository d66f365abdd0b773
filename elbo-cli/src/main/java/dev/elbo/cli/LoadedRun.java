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

    /** Loads it; the caller closes it. */
    Session load() throws IOException {
        return workplace.open(moved.of(chosen.open())).loadBest();
    }
}
