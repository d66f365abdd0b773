package dev.elbo.prior;

import dev.elbo.distribution.Autoregressive;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.OneHotSequence;
import dev.elbo.distribution.Support;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.MaskedChoices;
import dev.elbo.nn.Pass;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.posterior.RelaxedChoices;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * p(c) = Π p(cᵢ | c₁ … cᵢ₋₁) of L choices among C classes, by a masked autoencoder. Germain et al. (2015), eq. 12 and 13. It is the same
 * whatever the condition.
 *
 * @param choices L
 * @param classes C
 * @param device where choices are drawn
 * @param network one-hot vectors to logits
 */
public record ChoicePrior(int choices, int classes, Device device, MaskedChoices network)
        implements Conditional<OneHotSequence> {
    @Override
    public OneHotSequence given(Pass pass, Tensor... parents) {
        Autoregressive drawn =
                new Autoregressive(values -> logits(values, pass), Shape.of(), Shape.of(choices), device);
        return new OneHotSequence(drawn, classes);
    }

    /** The logits [..., t, C] of t classes: L, or fewer where later ones are not drawn yet. */
    private Tensor logits(Tensor values, Pass pass) {
        long there = values.size(-1);
        Tensor all = there == choices ? values : values.pad(-1, 0, choices - there, 0);
        Shape leading = values.shape().dropLast(1);
        Tensor vectors = all.oneHot(classes).to(DType.FLOAT32).reshape(leading.append((long) choices * classes));
        return network.forward(vectors, pass)
                .reshape(leading.append(choices, classes))
                .narrow(-2, 0, there);
    }

    /**
     * As an option: {@code choices(512)}.
     *
     * @param width of the network's hidden layers
     */
    public record Kind(int width) implements PriorKind.Learned {
        /** Validates the width. */
        public Kind {
            if (width < 1) {
                throw new IllegalArgumentException("a network has one unit or more; got choices(" + width + ")");
            }
        }

        @Override
        public Support support() {
            return Support.ONE_HOT;
        }

        /** Beside the choices that it is to know: it need not be told how many these are. */
        @Override
        public boolean isOver(PosteriorKind posterior) {
            return posterior instanceof RelaxedChoices.Kind;
        }

        @Override
        public ChoicePrior prior(Beside model, Initializer initial) {
            if (!(model.kind() instanceof RelaxedChoices.Kind of)) {
                throw new IllegalArgumentException(
                        "prior=" + this + " is of choices among classes, as concrete-vae has them");
            }
            return new ChoicePrior(
                    of.choices(),
                    of.classes(),
                    initial.device(),
                    MaskedChoices.of(of.choices(), of.classes(), width, initial));
        }

        @Override
        public String toString() {
            return "choices(" + width + ")";
        }
    }
}
