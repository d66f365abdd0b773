package dev.elbo.train;

import dev.elbo.data.Examples;

/**
 * First values that a stage takes from what was learned before it, such as a mixture fitted to codes. They must be a function of the
 * model as it is, of the examples and of the seed, so that a training that is resumed where the stage begins takes the same.
 */
@FunctionalInterface
public interface Beginning {
    /**
     * Gives the model its values.
     *
     * @param examples to learn from
     */
    void begin(Examples examples, long seed);
}
