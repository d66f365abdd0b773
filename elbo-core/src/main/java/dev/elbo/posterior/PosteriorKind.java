package dev.elbo.posterior;

import dev.elbo.distribution.Head;
import dev.elbo.distribution.Pathwise;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Form;
import java.util.List;

/** Which posterior a model has, as an option: {@code normal}, {@code iaf(2)}. */
public sealed interface PosteriorKind permits PosteriorKind.WithDensity, InverseAutoregressiveHead.Kind, PointHead.Kind {

    /**
     * How many numbers an encoder puts out for it.
     *
     * @param dims D, of z
     */
    int parameters(int dims);

    /** What an encoder's numbers mean. */
    Head<? extends Reparameterised> head(int dims, Initializer initial);

    /** A posterior with a density for every value. */
    sealed interface WithDensity extends PosteriorKind permits NormalHead.Kind {
        @Override
        Head<? extends Pathwise> head(int dims, Initializer initial);
    }

    /** The kinds that there are. */
    private static List<Form<PosteriorKind>> forms() {
        return List.of(
                Form.named(new NormalHead.Kind()),
                new Form<>(new InverseAutoregressiveHead.Kind(2), InverseAutoregressiveHead.Kind::new),
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
