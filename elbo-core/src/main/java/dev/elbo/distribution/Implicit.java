package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Tensor;
import java.util.function.Supplier;

/** Samples that were drawn without gradients, and get those of implicit reparameterisation. Figurnov et al. (2018), eq. 6. */
final class Implicit {
    private Implicit() {}

    /** Whether gradients are computed for a parameter now. */
    static boolean isWanted(Tensor parameter) {
        return GradientMode.isOn() && parameter.requiresGradient();
    }

    /**
     * 0, with the gradient of a sample for its parameter.
     *
     * @param parameter θ
     * @param slope ∂z/∂θ, a constant, asked for if the gradient is wanted
     */
    static Tensor through(Tensor parameter, Supplier<Tensor> slope) {
        return isWanted(parameter) ? slope.get().times(parameter.minus(parameter.detach())) : parameter.zerosLike();
    }
}
