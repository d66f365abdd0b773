package dev.elbo.train;

/** Training ended because a term of the loss became NaN or infinite. The message says which, and what to do. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DivergedException(TrainingEvent.Diverged diverged) {
        super("the loss is no longer finite since step " + diverged.step() + ": " + diverged.terms()
                + "; the last finite averages were " + diverged.lastFinite() + ". "
                + diverged.checkpoint()
                        .map(path -> "Go back to " + path + ", with")
                        .orElse("Start again with")
                + " a smaller learning rate, or clip=1.");
    }
}
