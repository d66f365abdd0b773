package dev.elbo.tensor;

/**
 * The seeds of the strips of a {@link NoiseTape}. libtorch's generator on the processor, a Mersenne twister, reads 32 bits of a
 * seed: of seeds drawn at random, two are alike after some 80,000 strips, and so is the noise. These are counted through
 * instead. A step's first strip lies 2³²/φ behind the last step's, modulo 2³², and the step's other strips follow on it: by
 * the golden ratio's three-distance theorem (Sós, 1958) steps are then as far apart as they can be, and no two strips are
 * alike as long as steps times strips of a step stay below 2³²/√5, about 1.9 · 10⁹. What comes of counting is permuted.
 *
 * @param seed that chooses the permutation
 */
record StripSeeds(long seed) {
    /** 2³²/φ. */
    private static final int GOLDEN = 0x9e3779b9;

    /**
     * The seed of a strip of a step.
     *
     * @param step from 0
     * @param strip from 0
     */
    int of(long step, int strip) {
        return permuted((int) step * GOLDEN + strip);
    }

    /** One to one: products with odd numbers, and shifts to the right that are added without carry, can all be undone. */
    private int permuted(int place) {
        int x = (place ^ (int) seed) * 0x85ebca6b;
        x = (x ^ x >>> 13 ^ (int) (seed >>> 32)) * 0xc2b2ae35;
        return x ^ x >>> 16;
    }
}
