package dev.elbo.data;

/**
 * How sentences of a text stand together: an example is a sentence, with those before it as its context.
 *
 * @param context how many sentences before it, at most; if any, there is at least one
 * @param areCut whether a sentence that is too long is context for others, but for its end; else its whole group is left out
 */
record Grouping(int context, boolean areCut) {
    /** Sentences without context. */
    static final Grouping ALONE = new Grouping(0, false);

    /** A sentence, and another that stands for it. */
    static final Grouping PAIRS = new Grouping(1, false);

    /** Turns, each of which answers some before it. */
    static Grouping dialogues(int turns) {
        return new Grouping(turns, true);
    }
}
