package dev.elbo.cli;

import dev.elbo.run.Evaluation;
import dev.elbo.run.Session;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** How a model is evaluated, and that it is being so. */
final class Evaluating {
    private final Console console;

    @Option(
            names = "--samples",
            paramLabel = "K",
            description = "Importance samples for each image in the estimate of log p(x). Default: ${DEFAULT-VALUE}.")
    private int samples = 100;

    Evaluating(Console console) {
        this.console = console;
    }

    /** K. */
    int samples() {
        return samples;
    }

    /** Refuses what cannot be asked for, before anything is done. */
    void validate() {
        new Range("--samples", 1, 1_000_000).require(samples);
    }

    /**
     * Evaluates the model on a split.
     *
     * @param asked the names of measures that take long, and are wanted
     */
    Evaluation of(Session session, String split, Set<String> asked) {
        validate();
        return session.evaluate(split, samples, asked, this::show);
    }

    /** Says how far an evaluation has come. */
    void show(double fraction) {
        console.status(width -> String.format(Locale.ROOT, "evaluating: %.0f %%", 100 * fraction));
    }
}
