package dev.elbo.data;

import dev.elbo.tensor.Device;

/** Examples that stay where they are, however small. */
public final class Streamed {
    private Streamed() {}

    /** As the constructor of {@link Examples} would make them of a split that is larger than memory. */
    public static Examples examples(Split split, DataSpec spec, Pixels pixels, long seed) {
        return new Examples(split, spec, pixels, seed, Device.CPU, false);
    }
}
