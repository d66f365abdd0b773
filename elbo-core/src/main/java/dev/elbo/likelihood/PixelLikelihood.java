package dev.elbo.likelihood;

import dev.elbo.data.Pixels;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Form;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * The families for pixels. Each reads parameters [..., P, C, H, W], P for each pixel and channel, as a
 * distribution over images [..., C, H, W].
 */
public interface PixelLikelihood extends Likelihood {
    /** The number of dimensions of an image. */
    int EVENT_RANK = 3;

    /** Where P is among the dimensions of a network's output. */
    int PARAMETERS = -4;

    /** For binary pixels, or grey ones taken as probabilities. */
    static PixelLikelihood bernoulli() {
        return new BernoulliLikelihood();
    }

    /** For grey pixels, with one learned variance. */
    static PixelLikelihood normal() {
        return new NormalLikelihood();
    }

    /** For grey pixels, with the variance that is likeliest at each step. */
    static PixelLikelihood optimalNormal() {
        return new OptimalNormalLikelihood();
    }

    /** For grey pixels, with one learned scale. */
    static PixelLikelihood laplace() {
        return new LaplaceLikelihood();
    }

    /**
     * Whether it gives pixels that are treated so probabilities, whose nats are code lengths and become bits; the nats of a density depend on the
     * unit that pixels are measured in.
     */
    default boolean isProbability(Pixels treatment) {
        return false;
    }

    /** P: how many numbers the network gives for each pixel and channel. */
    int parameters();

    /**
     * The head that turns these numbers into a distribution.
     *
     * @param field of the data, whose examples a shared scale begins with
     * @param initial gives first values
     */
    Head<? extends Distribution> head(String field, Initializer initial);

    @Override
    default List<Pixels> treatments() {
        return List.of(Pixels.GREY);
    }

    @Override
    default Shape parameters(Shape example) {
        requireImage(example);
        return example.prepend(parameters());
    }

    @Override
    default Head<? extends Distribution> head(String field, Shape example, Initializer initial) {
        requireImage(example);
        return head(field, initial);
    }

    private static void requireImage(Shape example) {
        if (example.rank() != EVENT_RANK) {
            throw new IllegalArgumentException(
                    "rows are real numbers of any size, and this likelihood is of numbers from 0 to 1; set"
                            + " likelihood=normal or likelihood=laplace, or of counts likelihood=negative-binomial");
        }
    }

    /** [..., 1, C, H, W] as [..., C, H, W]. */
    static Tensor only(Tensor output) {
        return output.squeeze(PARAMETERS);
    }

    /** Those of {@link Likelihood#forms} that are of pixels. */
    static List<Form<PixelLikelihood>> pixelForms() {
        return Likelihood.forms().stream()
                .filter(form -> form.standard() instanceof PixelLikelihood)
                .map(form -> new Form<>((PixelLikelihood) form.standard(), form.takes(), number ->
                        (PixelLikelihood) form.of().apply(number)))
                .toList();
    }

    /**
     * Reads what {@code toString()} writes, or a name alone; underscores and capitals are as good.
     *
     * @throws IllegalArgumentException for anything else, naming the families
     */
    static PixelLikelihood parse(String text) {
        return Form.parse(Form.spelled(text), pixelForms());
    }
}
