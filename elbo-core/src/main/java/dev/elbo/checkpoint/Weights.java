package dev.elbo.checkpoint;

import dev.elbo.nn.Module;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** Arrays of a checkpoint, put into a model's tensors. */
public final class Weights {
    private Weights() {}

    /**
     * Overwrites all parameters and buffers of a model.
     *
     * @throws IllegalArgumentException if one is missing, or has another shape or type
     */
    public static void load(Module model, Map<String, HostArray> arrays) {
        load(model.state(), arrays);
    }

    /** Overwrites tensors by the arrays of their names; as {@link #load(Module, Map)}. */
    public static void load(Map<String, Tensor> tensors, Map<String, HostArray> arrays) {
        tensors.forEach((name, tensor) -> {
            HostArray array = arrays.get(name);
            if (array == null || !array.toString().equals(tensor.toString())) {
                throw new IllegalArgumentException("the checkpoint is of another model or optimizer: '" + name
                        + "' should be " + tensor + "; it is " + (array == null ? "not there" : array));
            }
            assign(tensor, array);
        });
    }

    private static void assign(Tensor tensor, HostArray array) {
        try (Scope scope = Scope.open("load");
                GradientMode off = GradientMode.off()) {
            tensor.assign(Tensor.of(array, tensor.device()));
        }
    }
}
