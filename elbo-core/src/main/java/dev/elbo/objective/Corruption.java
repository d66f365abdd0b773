package dev.elbo.objective;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/** Noise that is put onto what an encoder reads. Vincent et al. (2010), section 3.3. */
public enum Corruption {
    /** A part of the numbers, drawn anew each time, becomes 0. */
    MASKING {
        @Override
        public Tensor of(Tensor x, double level, Rng rng) {
            return x.times(rng.uniform(x.shape()).atLeast(level).to(DType.FLOAT32));
        }
    },
    /** All numbers are moved by normal noise. */
    GAUSSIAN {
        @Override
        public Tensor of(Tensor x, double level, Rng rng) {
            return x.plus(rng.normal(x.shape()).times(level));
        }
    },
    /** A part of the numbers, drawn anew each time, becomes 0 or 1, one as often as the other. */
    SALT_AND_PEPPER {
        @Override
        public Tensor of(Tensor x, double level, Rng rng) {
            Tensor where = rng.uniform(x.shape());
            Tensor salt = where.lessThan(level / 2).to(DType.FLOAT32);
            return where.lessThan(level).where(salt, x);
        }
    };

    /**
     * Corrupts numbers.
     *
     * @param x of any shape; pixels are 0 to 1
     * @param level of masking and of salt and pepper the part that is corrupted, in [0, 1]; of normal noise its deviation
     */
    public abstract Tensor of(Tensor x, double level, Rng rng);
}
