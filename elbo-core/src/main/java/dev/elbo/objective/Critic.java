package dev.elbo.objective;

import dev.elbo.nn.Copy;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;

/**
 * A network that learns to tell two kinds of examples apart: its logit is that of the first kind. Goodfellow et al. (2014), eq. 1.
 *
 * @param network from an example to the logit, [B, event...] → [B, 1]
 */
record Critic(Layer network) {
    /** The same that learns nothing, for what learns from it. */
    Critic frozen() {
        return new Critic(Copy.frozen(network));
    }

    /** [B]. Products may be of few bits; logits are not. */
    Tensor logit(Tensor examples, Pass pass) {
        return network.forward(examples, pass).squeeze(-1).to(DType.FLOAT32);
    }

    /** What it costs examples to be taken for the second kind, −log D: the loss of a generator that does not saturate. */
    static Tensor doubt(Tensor logit) {
        return logit.negate().softplus().mean();
    }

    /** The critic's own loss, −½ (log D(first) + log(1 − D(second))), of rank 0; log 2 if it knows nothing. */
    static Tensor loss(Tensor first, Tensor second) {
        return doubt(first).plus(second.softplus().mean()).times(0.5);
    }

    /** How many of both kinds are told apart, from 0 to 1. */
    static Tensor accuracy(Tensor first, Tensor second) {
        Tensor right = Tensor.cat(0, first.greaterThan(0), second.atMost(0));
        return right.to(DType.FLOAT32).mean();
    }
}
