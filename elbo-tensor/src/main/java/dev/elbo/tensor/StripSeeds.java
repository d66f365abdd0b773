package dev.elbo.tensor;

/**
 * The seeds of the strips of a {@link NoiseTape}. libtorch's generator on the processor, a Mersenne twister, reads 32 bits of a
 * seed: of seeds drawn at random, two are alike after some 80,000 strips, and so is the noise. These are counted through
 * instead. A step's first strip lies a stride behind the last step's, modulo 2³², and the step's other strips follow on it. By the
 * three-distance theorem (Sós, 1958) the multiples of a stride are far apart if its continued fraction over 2³² has small
 * quotients, as the golden ratio's has: no two strips are alike as long as steps times strips of a step stay below 10⁹. What
 * comes of counting is permuted.
 *
 * @param seed that chooses the permutation
 */
record StripSeeds(long seed) {
    /** Near 2³²/φ; k steps are no nearer than 10⁹/k, k = 1, 2, …. Of 2³²/φ itself, rounded, it is a sixth of that. */
    private static final int STRIDE = 0x9e36385d;

    /**
     * The seed of a strip of a step.
     *
     * @param step from 0
     * @param strip from 0
     */
    int of(long step, int strip) {
        return permuted((int) step * STRIDE + strip);
    }

    /** One to one: products with odd numbers, and shifts to the right that are added without carry, can all be undone. */
    private int permuted(int place) {
        int x = (place ^ (int) seed) * 0x85ebca6b;
        x = (x ^ x >>> 13 ^ (int) (seed >>> 32)) * 0xc2b2ae35;
        return x ^ x >>> 16;
    }
}
