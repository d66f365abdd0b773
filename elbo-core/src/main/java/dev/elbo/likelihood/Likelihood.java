package dev.elbo.likelihood;

import dev.elbo.data.Pixels;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Form;
import dev.elbo.tensor.Shape;
import java.util.List;

/**
 * Which likelihood a model has, as an option: {@code normal}, {@code categorical(256)}. A new one is a class, and a line in
 * {@link #forms}. It is of images, {@link PixelLikelihood}, or of rows of numbers, or of both.
 */
public interface Likelihood {
    /**
     * The shape of the numbers that a network gives for one example.
     *
     * @param example the shape of an image, [C, H, W], or of a row, [D]
     * @throws IllegalArgumentException if it is not of such examples, saying which likelihood is
     */
    Shape parameters(Shape example);

    /**
     * The head that turns these numbers into a distribution over examples.
     *
     * @param field of the data, whose examples a shared scale begins with
     * @param example the shape of an example
     * @param initial gives first values
     */
    Head<? extends Distribution> head(String field, Shape example, Initializer initial);

    /** The treatments of pixels that this is a density of, the usual one first; empty if it is not of images. */
    List<Pixels> treatments();

    /** Whether it is of whole numbers from 0, which are neither scaled nor shifted. */
    default boolean isOfCounts() {
        return false;
    }

    /** The families that there are. */
    static List<Form<Likelihood>> forms() {
        return List.of(
                Form.named(new BernoulliLikelihood()),
                Form.named(new ContinuousBernoulliLikelihood()),
                Form.named(new NormalLikelihood()),
                Form.named(new OptimalNormalLikelihood()),
                Form.named(new LaplaceLikelihood()),
                Form.named(new LogisticMixtureLikelihood()),
                Form.named(new ColourMixtureLikelihood()),
                new Form<>(new CategoricalLikelihood(256), CategoricalLikelihood::new),
                Form.named(new BetaLikelihood()),
                Form.named(CountLikelihood.POISSON),
                Form.named(CountLikelihood.NEGATIVE_BINOMIAL),
                Form.named(CountLikelihood.ZERO_INFLATED_NEGATIVE_BINOMIAL));
    }

    /**
     * Reads what {@code toString()} writes, or a name alone; underscores and capitals are as good.
     *
     * @throws IllegalArgumentException for anything else, naming the families
     */
    static Likelihood parse(String text) {
        return Form.parse(Form.spelled(text), forms());
    }
}
