package dev.elbo.posterior;

import dev.elbo.distribution.Head;
import dev.elbo.distribution.Pathwise;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.distribution.Support;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Form;
import java.util.List;

/** Which posterior a model has, as an option: {@code normal}, {@code iaf(2)}. A new one is a class and a line in {@link #forms}. */
public interface PosteriorKind {
    /**
     * How many numbers an encoder puts out for it.
     *
     * @param dims D, of z
     */
    int parameters(int dims);

    /** What an encoder's numbers mean. */
    Head<? extends Reparameterised> head(int dims, Initializer initial);

    /** The values of z. */
    default Support support() {
        return Support.REAL;
    }

    /**
     * Makes sure that z may have so many dimensions.
     *
     * @throws IllegalArgumentException saying how many it needs
     */
    default void requireDimensions(int dims) {}

    /** Whether its rate is bounded beside N(0, I), and would not be beside a prior that learns to be like it. */
    default boolean isBoundBesideStandardNormal() {
        return false;
    }

    /** A posterior with a density for every value. */
    interface WithDensity extends PosteriorKind {
        @Override
        Head<? extends Pathwise> head(int dims, Initializer initial);
    }

    /** The kinds that there are. */
    static List<Form<PosteriorKind>> forms() {
        return List.of(
                Form.named(new NormalHead.Kind()),
                Form.named(new FullNormalHead.Kind()),
                new Form<>(new LowRankNormalHead.Kind(3), LowRankNormalHead.Kind::new),
                new Form<>(new InverseAutoregressiveHead.Kind(2), InverseAutoregressiveHead.Kind::new),
                TransformedHead.form(TransformedHead.Family.PLANAR, 10),
                TransformedHead.form(TransformedHead.Family.RADIAL, 10),
                TransformedHead.form(TransformedHead.Family.SYLVESTER, 4),
                new Form<>(new HouseholderHead.Kind(4), HouseholderHead.Kind::new),
                Form.named(ElementwiseHead.Kind.LAPLACE),
                Form.named(ElementwiseHead.Kind.LOGISTIC),
                Form.named(ElementwiseHead.Kind.GAMMA),
                Form.named(ElementwiseHead.Kind.BETA),
                Form.named(ElementwiseHead.Kind.KUMARASWAMY),
                Form.named(new DirichletHead.Kind()),
                Form.named(new VonMisesFisherHead.Kind()),
                Form.named(new WrappedNormalHead.Kind()),
                Form.real(new BatchNormalHead.Kind(0.6), BatchNormalHead.Kind::new),
                Form.real(new DeltaHead.Kind(5), DeltaHead.Kind::new),
                Form.named(new PointHead.Kind(false)),
                Form.named(new PointHead.Kind(true)));
    }

    /**
     * Reads what {@code toString()} writes, or a name alone.
     *
     * @throws IllegalArgumentException for anything else, naming the kinds
     */
    static PosteriorKind parse(String text) {
        return Form.parse(text, forms());
    }
}
