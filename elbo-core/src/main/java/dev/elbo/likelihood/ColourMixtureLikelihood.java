package dev.elbo.likelihood;

import dev.elbo.data.Pixels;
import dev.elbo.distribution.ColourMixture;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * {@code colour-mixture}, for colour images of 256 levels: a mixture of {@value #COMPONENTS} for each pixel, in which green depends on
 * red, and blue on both. Salimans et al. (2017), section 2.2.
 *
 * <p>A network gives 4 M planes of three channels: the logits of a component, whose three are added up as it has one; locations;
 * scales; and three coefficients.
 */
record ColourMixtureLikelihood() implements PixelLikelihood {
    private static final int COMPONENTS = 5;
    private static final int COLOURS = 3;

    @Override
    public int parameters() {
        return 4 * COMPONENTS;
    }

    @Override
    public Shape parameters(Shape example) {
        Shape parameters = PixelLikelihood.super.parameters(example);
        if (example.size(0) != COLOURS) {
            throw new IllegalArgumentException(
                    "likelihood=colour-mixture is of images in red, green and blue; these have " + example.size(0)
                            + " channels. Set likelihood=logistic-mixture");
        }
        return parameters;
    }

    @Override
    public Head<? extends Distribution> head(String field, Initializer initial) {
        return new Coupled();
    }

    @Override
    public boolean isProbability(Pixels treatment) {
        return true;
    }

    @Override
    public String toString() {
        return "colour-mixture";
    }

    private record Coupled() implements Head<ColourMixture> {
        @Override
        public ColourMixture of(Tensor output) {
            Tensor last = output.moveDim(PARAMETERS, -1); // [..., 3, H, W, 4 M]
            return new ColourMixture(
                    last.narrow(-1, 0, COMPONENTS).sum(-4),
                    LogisticMixtureLikelihood.loc(last.narrow(-1, COMPONENTS, COMPONENTS)),
                    LogisticMixtureLikelihood.logScale(last.narrow(-1, 2 * COMPONENTS, COMPONENTS)),
                    last.narrow(-1, 3 * COMPONENTS, COMPONENTS).tanh());
        }
    }
}
