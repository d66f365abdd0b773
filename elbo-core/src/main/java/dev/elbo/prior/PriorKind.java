package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.distribution.Support;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Form;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.tensor.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which prior a model has, as an option: {@code normal}, {@code vamp(500)}. A new one is a class and a line in {@link #forms}. */
public interface PriorKind {
    /**
     * A prior with first values.
     *
     * @throws IllegalArgumentException if it cannot stand beside this model
     */
    Conditional<? extends Distribution> prior(Beside model, Initializer initial);

    /** The values of z. */
    default Support support() {
        return Support.REAL;
    }

    /** A prior with parameters, which learn from codes. */
    interface Learned extends PriorKind {}

    /** Whether it has a density of the values that a posterior is over. */
    default boolean isOver(PosteriorKind posterior) {
        return posterior.support() == support();
    }

    /** Whether it can stand beside a posterior: both are over the same values, and the posterior's rate stays bounded. */
    default boolean fits(PosteriorKind posterior) {
        return isOver(posterior) && (!posterior.isBoundBesideStandardNormal() || this instanceof StandardNormal.Kind);
    }

    /**
     * Makes sure that it can be fitted to the codes of a finished training.
     *
     * @throws IllegalArgumentException saying which priors can be
     */
    default void requireCodesOf(PosteriorKind posterior) {
        boolean learns = this instanceof Learned;
        if (!learns || !isOver(posterior)) {
            String fitting = all().stream()
                    .map(Form::standard)
                    .filter(prior -> prior instanceof Learned && prior.isOver(posterior))
                    .map(PriorKind::toString)
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(this + (learns ? " is no density of" : " has nothing to learn from")
                    + " codes of posterior=" + posterior + "; fit one of " + fitting);
        }
    }

    /**
     * Makes sure that it can stand beside a posterior.
     *
     * @throws IllegalArgumentException saying which posterior or prior would do
     */
    default void requireBeside(PosteriorKind posterior) {
        if (!fits(posterior) && posterior.isBoundBesideStandardNormal()) {
            throw new IllegalArgumentException(
                    "posterior=" + posterior + " has a least rate beside N(0, I), and none beside" + " prior=" + this
                            + "; set prior=normal, or posterior=normal");
        }
        if (!fits(posterior)) {
            throw new IllegalArgumentException("posterior=" + posterior + " is over " + posterior.support()
                    + ", and prior=" + this + " over " + support() + "; set " + othersBeside(posterior));
        }
    }

    /** Which priors but this can stand beside a posterior, as options: those made for its values first. */
    default String othersBeside(PosteriorKind posterior) {
        return String.join(
                " or ",
                forms().stream()
                        .map(Form::standard)
                        .filter(prior ->
                                prior.fits(posterior) && !(prior instanceof Learned && prior.getClass() == getClass()))
                        .sorted(Comparator.comparing(prior -> prior.support() != posterior.support()))
                        .map(prior -> "prior=" + prior)
                        .toList());
    }

    /**
     * What a prior stands beside.
     *
     * @param latents D, the dimensions of z
     * @param kind of the posterior
     * @param posterior of the same model
     * @param field that is observed, by which {@link Initializer#examples} finds some of it
     * @param shape of one example of the field
     * @param conditions the fields that the model is given
     */
    record Beside(
            int latents,
            PosteriorKind kind,
            Conditional<? extends Reparameterised> posterior,
            String field,
            Shape shape,
            List<String> conditions) {
        /** Copies the list. */
        public Beside {
            conditions = List.copyOf(conditions);
        }
    }

    /** The kinds that there are: those that are options of recipes, and those that are fitted to codes after training alone. */
    static List<Form<PriorKind>> all() {
        return Stream.concat(
                        forms().stream(),
                        Stream.of(new Form<PriorKind>(new ChoicePrior.Kind(512), ChoicePrior.Kind::new)))
                .toList();
    }

    /** The kinds that are options of recipes. */
    static List<Form<PriorKind>> forms() {
        return List.of(
                Form.named(new StandardNormal.Kind()),
                Form.named(new LearnedNormal.Kind()),
                new Form<>(new MixturePrior.Kind(10), MixturePrior.Kind::new),
                new Form<>(new VampPrior.Kind(500), VampPrior.Kind::new),
                new Form<>(new FlowPrior.Kind(4), FlowPrior.Kind::new),
                new Form<>(new AutoregressiveFlowPrior.Kind(4), AutoregressiveFlowPrior.Kind::new),
                new Form<>(new TwoStagePrior.Kind(256), TwoStagePrior.Kind::new),
                Form.named(ElementwisePrior.Kind.LAPLACE),
                Form.named(ElementwisePrior.Kind.LOGISTIC),
                ConcentrationPrior.form(ConcentrationPrior.Family.GAMMA, 1),
                Form.named(ElementwisePrior.Kind.UNIFORM),
                ConcentrationPrior.form(ConcentrationPrior.Family.BETA, 2),
                ConcentrationPrior.form(ConcentrationPrior.Family.DIRICHLET, 1),
                Form.named(GeometricPrior.Kind.SPHERE),
                Form.named(GeometricPrior.Kind.POINCARE),
                Form.named(new FittedNormal.Kind()));
    }

    /**
     * Reads what {@code toString()} writes, or a name alone.
     *
     * @throws IllegalArgumentException for anything else, naming the kinds
     */
    static PriorKind parse(String text) {
        return Form.parse(text, all());
    }
}
