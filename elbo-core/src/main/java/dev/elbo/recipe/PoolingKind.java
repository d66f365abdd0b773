package dev.elbo.recipe;

import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pooling;

/** How the states of words become one vector, as an option. */
enum PoolingKind {
    MAX,
    MEAN,
    ATTENTION;

    Pooling of(long width, Initializer initial) {
        return switch (this) {
            case MAX -> new Pooling.Largest();
            case MEAN -> new Pooling.Mean();
            case ATTENTION -> new Pooling.Attention(Linear.of(width, 1, initial));
        };
    }
}
