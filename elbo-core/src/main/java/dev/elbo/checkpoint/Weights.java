package dev.elbo.checkpoint;

import dev.elbo.nn.Module;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Arrays of a checkpoint, put into a model's tensors. */
public final class Weights {
    private static final int NAMED = 3;

    private Weights() {}

    /**
     * Overwrites all parameters and buffers of a model. What is kept in FLOAT16 becomes FLOAT32, which every half is exactly.
     *
     * @throws IllegalArgumentException if one is missing, or has another shape or type, or there are arrays that the model
     *     has no place for
     */
    public static void load(Module model, Map<String, HostArray> arrays) {
        Map<String, Tensor> state = model.state();
        requireNoOthers(state.keySet(), arrays.keySet());
        load(state, arrays);
    }

    /**
     * Refuses arrays of a checkpoint that have no place.
     *
     * @param known the names of all places
     * @param given the names of the arrays
     * @throws IllegalArgumentException if one has none
     */
    public static void requireNoOthers(Set<String> known, Set<String> given) {
        List<String> others =
                given.stream().filter(name -> !known.contains(name)).sorted().toList();
        if (!others.isEmpty()) {
            String first = others.stream().limit(NAMED).collect(Collectors.joining("', '", "'", "'"));
            String more = others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : "";
            throw new IllegalArgumentException("the checkpoint is of another model or optimizer: it holds " + first
                    + more + ", for which there is no place");
        }
    }

    /**
     * Overwrites tensors by the arrays of their names, which may be some of many: the moments of one optimizer among those
     * of several. FLOAT16 becomes FLOAT32.
     *
     * @throws IllegalArgumentException if one is missing, or has another shape or type
     */
    public static void load(Map<String, Tensor> tensors, Map<String, HostArray> arrays) {
        tensors.forEach((name, tensor) -> {
            HostArray array = arrays.get(name);
            if (array == null || !fits(array, tensor)) {
                throw new IllegalArgumentException("the checkpoint is of another model or optimizer: '" + name
                        + "' should be " + tensor + "; it is " + (array == null ? "not there" : array));
            }
            assign(tensor, array);
        });
    }

    private static boolean fits(HostArray array, Tensor tensor) {
        boolean widens = array.dtype() == DType.FLOAT16 && tensor.dtype() == DType.FLOAT32;
        return array.shape().equals(tensor.shape()) && (widens || array.dtype() == tensor.dtype());
    }

    private static void assign(Tensor tensor, HostArray array) {
        try (Scope scope = Scope.open("load");
                GradientMode off = GradientMode.off()) {
            tensor.assign(Tensor.of(whole(array), tensor.device()));
        }
    }

    private static HostArray whole(HostArray array) {
        return array.dtype() == DType.FLOAT16
                ? HostArray.of(array.toFloats(), array.shape().sizes())
                : array;
    }
}
