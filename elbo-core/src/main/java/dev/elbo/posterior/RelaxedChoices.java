package dev.elbo.posterior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.OneHots;
import dev.elbo.distribution.RelaxedOneHots;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.distribution.Support;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * q(z|x) over choices, of a network's logits [..., L · C]: relaxed in training, exact elsewhere. Jang et al. (2017).
 *
 * @param logits a conditional on the same parents
 * @param temperature of the shares, of rank 0; an objective moves it, and it is no state
 * @param training how samples are made in training
 * @param average of what an objective compares samples with, if it needs one: a buffer, which is kept with the model
 */
public record RelaxedChoices(
        Conditional<OneHots> logits, Tensor temperature, RelaxedOneHots.Sampling training, Optional<Tensor> average)
        implements Conditional<RelaxedOneHots> {
    /** Without the temperature, which a schedule gives. */
    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        logits.state().forEach((name, tensor) -> state.put("logits." + name, tensor));
        average.ifPresent(tensor -> state.put("average", tensor));
        return state;
    }

    @Override
    public RelaxedOneHots given(Pass pass, Tensor... parents) {
        return new RelaxedOneHots(
                logits.given(pass, parents), temperature, pass.training() ? training : RelaxedOneHots.Sampling.EXACT);
    }

    /**
     * What it is a posterior over, for priors that are to stand beside it.
     *
     * @param choices L
     * @param classes C
     */
    public record Kind(int choices, int classes) implements PosteriorKind {
        @Override
        public int parameters(int dims) {
            return dims;
        }

        /** Only the recipe knows the temperature. */
        @Override
        public Head<? extends Reparameterised> head(int dims, Initializer initial) {
            throw new UnsupportedOperationException("relaxed choices have a temperature, which their recipe gives");
        }

        @Override
        public Support support() {
            return Support.ONE_HOT;
        }

        @Override
        public String toString() {
            return choices + " choices of " + classes + " classes";
        }
    }

    /**
     * [..., L · C] as the logits of choices.
     *
     * @param choices L
     * @param classes C
     */
    public record Logits(int choices, int classes) implements Head<OneHots> {
        @Override
        public OneHots of(Tensor output) {
            return new OneHots(output.reshape(output.shape().dropLast(1).append(choices, classes)));
        }
    }
}
