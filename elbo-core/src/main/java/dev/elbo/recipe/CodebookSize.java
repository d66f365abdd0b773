package dev.elbo.recipe;

import dev.elbo.nn.Codebook;
import dev.elbo.nn.Initializer;
import dev.elbo.option.About;

/** A codebook as options. */
record CodebookSize(
        @About("size of the codebook") int codes,

        @About("dimensions of a code's vector") int codeDims,

        @About("decay of the codebook's moving averages, by step")
        double codeDecay) {
    /** A code that stands for less than this part of an equal share is moved. */
    private static final double LEAST_SHARE = 0.05;

    CodebookSize {
        if (codes < 2 || codeDims < 1) {
            throw new IllegalArgumentException("a codebook has 2 or more codes of 1 or more dimensions; got codes "
                    + codes + " and codeDims " + codeDims);
        }
    }

    Codebook of(Initializer initial) {
        return Codebook.of(codes, codeDims, codeDecay, LEAST_SHARE, initial);
    }
}
