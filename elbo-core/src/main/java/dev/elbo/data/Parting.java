package dev.elbo.data;

import java.nio.file.Path;
import java.util.Optional;

/** A text of which the last of every so many sentences is to judge by. */
final class Parting {
    private final int every;
    private final Sentences train;
    private final Sentences test;
    private final Reading options;
    private long count;

    /** Nothing yet. */
    Parting(int every, Grouping grouping, Reading options) {
        this.every = every;
        this.options = options;
        this.train = new Sentences(options, grouping);
        this.test = new Sentences(options, grouping);
    }

    /** Where the next sentence, or the next few that stand together, belong. */
    Sentences next() {
        return ++count % every == 0 ? test : train;
    }

    /** The source. */
    DataSource source(Path origin, String name, String attribution) throws InvalidFileException {
        return new Text(origin, train, Optional.empty(), Optional.of(test)).source(name, attribution, options);
    }
}
