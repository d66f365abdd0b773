package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Mixture;
import dev.elbo.distribution.Pathwise;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The variational mixture of posteriors, p(z) = 1/M Σₘ q(z|uₘ): the posteriors of M examples that are learned. Tomczak and
 * Welling (2018), eq. 9.
 *
 * @param pseudoInputs u before it is clamped to what examples may be, [M, elements]
 * @param shape of one example, whose elements are in [0, 1]
 * @param posterior of the model, whose parameters are its own
 */
public record VampPrior(Tensor pseudoInputs, Shape shape, Conditional<? extends Reparameterised> posterior)
        implements Conditional<Mixture> {
    private static final double GREY = 0.5;
    private static final double NOISE = 0.05;

    /**
     * With pseudo-inputs that begin as examples of the data, spread evenly, with a little noise; as grey ones where there
     * are no data.
     *
     * @param count M
     * @param field of the data
     */
    public static VampPrior of(
            int count,
            String field,
            Shape shape,
            Conditional<? extends Reparameterised> posterior,
            Initializer initial) {
        Tensor pseudoInputs = initial.normal(NOISE, count, shape.elements());
        try (Scope scope = Scope.open("first pseudo-inputs")) {
            Tensor values = pseudoInputs.detach();
            initial.examples()
                    .apply(field)
                    .ifPresentOrElse(
                            examples -> values.plusInPlace(spread(examples, count)), () -> values.plusInPlace(GREY));
        }
        return new VampPrior(pseudoInputs, shape, posterior);
    }

    /** Some of the examples, evenly; again from the first if there are too few. [M, elements], inside of [0, 1]. */
    private static Tensor spread(Tensor examples, int count) {
        long size = examples.size(0);
        long[] rows = new long[count];
        for (int m = 0; m < count; m++) {
            rows[m] = count <= size ? m * size / count : m % size;
        }
        Tensor chosen = examples.select(0, Tensor.of(rows, count).to(examples.device()));
        // at the borders, half of what begins there would be clamped, and have no gradient
        return chosen.reshape(count, -1).times(1 - 4 * NOISE).plus(2 * NOISE);
    }

    /** Without the posterior, which is the model's. */
    @Override
    public Map<String, Tensor> state() {
        return Map.of("pseudoInputs", pseudoInputs);
    }

    @Override
    public Mixture given(Pass pass, Tensor... parents) {
        long count = pseudoInputs.size(0);
        Tensor u = pseudoInputs.clamp(0, 1).reshape(shape.prepend(count));
        if (posterior.given(pass, u) instanceof Pathwise q) {
            return new Mixture(Tensor.zeros(pseudoInputs.device(), count), q, 1);
        }
        throw new IllegalArgumentException(needsDensity("this one"));
    }

    private static String needsDensity(String posterior) {
        return "a VampPrior is a mixture of posteriors, whose density it needs for every value; " + posterior
                + " knows that of its own samples alone. Set posterior=normal, or prior=flow(4)";
    }

    /**
     * As an option: {@code vamp(500)}.
     *
     * @param components M
     */
    public record Kind(int components) implements PriorKind.Learned {
        /** Validates M. */
        public Kind {
            if (components < 1) {
                throw new IllegalArgumentException(
                        "a VampPrior has one pseudo-input or more; got vamp(" + components + ")");
            }
        }

        /** A mixture of posteriors is over the values that they are over. */
        @Override
        public boolean isOver(PosteriorKind posterior) {
            return posterior instanceof PosteriorKind.WithDensity;
        }

        @Override
        public void requireBeside(PosteriorKind posterior) {
            if (posterior.isBoundBesideStandardNormal()) {
                Learned.super.requireBeside(posterior);
            }
            if (!fits(posterior)) {
                throw new IllegalArgumentException(needsDensity("posterior=" + posterior));
            }
        }

        @Override
        public VampPrior prior(Beside model, Initializer initial) {
            if (model.shape().rank() == 1) {
                throw new IllegalArgumentException("prior " + this + " learns inputs from 0 to 1, and '" + model.field()
                        + "' has other values; set "
                        + othersBeside(model.kind()));
            }
            if (!model.conditions().isEmpty()) {
                throw new IllegalArgumentException("a VampPrior is of models that are given nothing; this one is given "
                        + model.conditions() + ". Set " + othersBeside(model.kind()));
            }
            return VampPrior.of(components, model.field(), model.shape(), model.posterior(), initial);
        }

        @Override
        public String toString() {
            return "vamp(" + components + ")";
        }
    }
}
