package dev.elbo.exhibit;

import dev.elbo.data.Batch;

/** Examples that the model was not fitted to, or all there are if none were held out. */
public interface HeldOut {
    /** The split's name, as in {@code test}. */
    String split();

    /** How many there are. */
    long size();

    /** The first so many, in the current scope. */
    Batch first(int count);
}
