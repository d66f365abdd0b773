package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Form;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.tensor.Shape;
import java.util.List;

/** Which prior a model has, as an option: {@code normal}, {@code vamp(500)}, {@code flow(4)}. */
public sealed interface PriorKind permits StandardNormal.Kind, VampPrior.Kind, FlowPrior.Kind, FittedNormal.Kind {

    /**
     * A prior with first values.
     *
     * @throws IllegalArgumentException if it cannot stand beside this model
     */
    Conditional<? extends Distribution> prior(Beside model, Initializer initial);

    /**
     * Makes sure that it can stand beside a posterior.
     *
     * @throws IllegalArgumentException saying which posterior or prior would do
     */
    default void requireBeside(PosteriorKind posterior) {}

    /**
     * What a prior stands beside.
     *
     * @param latents D, the dimensions of z
     * @param posterior of the same model
     * @param field that is observed, by which {@link Initializer#examples} finds some of it
     * @param shape of one example of the field
     * @param conditions the fields that the model is given
     */
    record Beside(
            int latents,
            Conditional<? extends Reparameterised> posterior,
            String field,
            Shape shape,
            List<String> conditions) {
        /** Copies the list. */
        public Beside {
            conditions = List.copyOf(conditions);
        }
    }

    /** The kinds that there are. */
    private static List<Form<PriorKind>> forms() {
        return List.of(
                Form.named(new StandardNormal.Kind()),
                new Form<>(new VampPrior.Kind(500), VampPrior.Kind::new),
                new Form<>(new FlowPrior.Kind(4), FlowPrior.Kind::new),
                Form.named(new FittedNormal.Kind()));
    }

    /**
     * Reads what {@code toString()} writes, or a name alone.
     *
     * @throws IllegalArgumentException for anything else, naming the kinds
     */
    static PriorKind parse(String text) {
        return Form.parse(text, forms());
    }
}
