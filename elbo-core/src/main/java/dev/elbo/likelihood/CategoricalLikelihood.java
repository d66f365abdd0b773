package dev.elbo.likelihood;

import dev.elbo.data.Pixels;
import dev.elbo.distribution.CategoricalLevels;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;

/**
 * {@code categorical(256)}: a probability for each of so many equally spaced levels of a pixel. Van den Oord et al. (2016), Pixel
 * Recurrent Neural Networks, section 3.4. With fewer levels than the pixels have, a pixel is scored as the nearest of them: nats are
 * then of coarser pictures.
 *
 * @param levels how many
 */
record CategoricalLikelihood(int levels) implements PixelLikelihood {
    private static final int MOST_LEVELS = 256;

    /** Validates their number. */
    CategoricalLikelihood {
        if (levels < 2 || levels > MOST_LEVELS) {
            throw new IllegalArgumentException("pixels have 2 to 256 levels; got categorical(" + levels + ")");
        }
    }

    @Override
    public int parameters() {
        return levels;
    }

    @Override
    public Head<CategoricalLevels> head(String field, Initializer initial) {
        return new Levels();
    }

    @Override
    public boolean isProbability(Pixels treatment) {
        return levels == MOST_LEVELS; // fewer are probabilities of coarser pictures
    }

    @Override
    public String toString() {
        return "categorical(" + levels + ")";
    }

    private record Levels() implements Head<CategoricalLevels> {
        @Override
        public CategoricalLevels of(Tensor output) {
            return new CategoricalLevels(output.moveDim(PARAMETERS, -1), EVENT_RANK);
        }
    }
}
