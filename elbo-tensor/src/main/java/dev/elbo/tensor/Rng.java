package dev.elbo.tensor;

/**
 * The one way in which chance enters: explicit noise, asked for by shape. The same seed gives the
 * same noise, whatever else happens in between.
 */
public interface Rng {

    /** FLOAT32, independent draws of N(0, 1). */
    Tensor normal(Shape shape);

    /** FLOAT32, independent draws from [0, 1). */
    Tensor uniform(Shape shape);

    /** A stream for one piece of work: each request continues where the last one ended. */
    static Rng seeded(long seed, Device device) {
        return new GeneratorRng(seed, device);
    }

    /**
     * The seed of a part of something seeded: of a step, an epoch, a purpose. Parts of one seed are
     * unrelated streams (SplitMix64's finaliser; Steele et al., 2014).
     */
    static long seedOf(long seed, long part) {
        long z = seed + (part + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
