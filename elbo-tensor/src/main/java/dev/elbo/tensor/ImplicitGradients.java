package dev.elbo.tensor;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;

/**
 * Derivatives of samples for the parameters of what they were drawn from, −(∂F / ∂α) / p at a sample, given its distribution
 * function F and density p: Figurnov et al. (2018), eq. 6. Constants for gradients in turn.
 */
public final class ImplicitGradients {
    private ImplicitGradients() {}

    /**
     * dx / dα of x ~ Gamma(α, 1), element by element.
     *
     * @param alpha the shape α, positive, [...]
     * @param sample x, [...]
     */
    public static Tensor gamma(Tensor alpha, Tensor sample) {
        return call("_standard_gamma_grad", alpha, sample);
    }

    /**
     * dx / dα / (1 − x) of x ~ Beta(α, total − α), element by element. For x ~ Dirichlet(α) the gradient of α is {@code g (u − Σ x
     * u)}, where g is this with α's sum as total, and u is the gradient that arrives at x.
     *
     * @param sample x, in (0, 1), [...]
     * @param alpha α, positive, [...]
     * @param total the sum of the parameters, [...]
     */
    public static Tensor dirichlet(Tensor sample, Tensor alpha, Tensor total) {
        return call("_dirichlet_grad", sample, alpha, total);
    }

    /** libtorch maps these operations to no method: they are found by name. */
    private static Tensor call(String name, Tensor... operands) {
        Operands.refuseMixing(name, operands[0], operands);
        OperatorHandle kernel = Dispatcher.singleton().findSchemaOrThrow("aten::" + name, "");
        return Tensor.call(
                name,
                () -> {
                    IValueVector stack = new IValueVector();
                    for (Tensor operand : operands) {
                        stack.push_back(new IValue(operand.detach().handle()));
                    }
                    kernel.callBoxed(stack); // takes the operands and leaves the result
                    return stack.get(0).toTensor();
                },
                operands);
    }
}
