package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Nonlinearity;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * y = x · (mask ⊙ weight)ᵀ + bias, of which some inputs do not reach some outputs: [..., in] → [..., out]. Germain et al.
 * (2015), eq. 9.
 *
 * @param weight [out, in]
 * @param bias [out]
 * @param mask 1 where an input reaches an output and 0 elsewhere, [out, in]
 */
public record MaskedLinear(Tensor weight, Tensor bias, Tensor mask) implements Fusible {

    /**
     * With initial weights and biases of 0.
     *
     * @param mask [out, in]
     */
    public static MaskedLinear of(Tensor mask, Initializer initial) {
        long out = mask.size(0);
        long in = mask.size(1);
        return new MaskedLinear(initial.weight((double) in, (double) out, out, in), initial.constant(0, out), mask);
    }

    /** Without the mask, which is a part of the architecture: it need not be kept, and is no statistic of batches. */
    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("weight", weight);
        state.put("bias", bias);
        return state;
    }

    @Override
    public Tensor then(Nonlinearity f, Tensor x) {
        return Functional.linear(x, weight.times(mask), bias, f);
    }
}
