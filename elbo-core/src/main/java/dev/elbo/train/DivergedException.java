package dev.elbo.train;

import dev.elbo.option.Options;
import java.util.Map;
import java.util.stream.Collectors;

/** Training ended because the loss, the weights or an evaluation became NaN or infinite. The message says which, and what to do. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DivergedException(TrainingEvent.Diverged diverged) {
        super("training diverged at step " + diverged.step() + ": " + listed(diverged.terms()) + "; "
                + (diverged.lastFinite().isEmpty()
                        ? "no average was finite before"
                        : "the last finite averages were " + listed(diverged.lastFinite()))
                + ". "
                + diverged.checkpoint()
                        .map(path -> "Go back to " + path + ", with")
                        .orElse("Start again with")
                + " a smaller learning rate, or clip=1.");
    }

    private static String listed(Map<String, Double> terms) {
        return terms.entrySet().stream()
                .map(term -> term.getKey() + "=" + Options.number(term.getValue()))
                .collect(Collectors.joining(", "));
    }
}
