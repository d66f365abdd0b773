package dev.elbo.exhibit;

import java.util.Optional;

/** One way to show what a model has learned. */
public interface Exhibit {
    /** The name of its file without an ending, as in {@code samples}. */
    String name();

    /** Why it cannot be shown of this model, in a sentence for people; empty if it can. */
    Optional<String> obstacle(Showing showing);

    /** What it will show less of than it was asked for, in a sentence for people; empty if nothing. */
    default Optional<String> shortage(Showing showing) {
        return Optional.empty();
    }

    /**
     * Makes it.
     *
     * @throws IllegalArgumentException if what it was asked for is not there
     */
    Piece of(Showing showing);
}
