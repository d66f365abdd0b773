package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A node in a tree of named tensors: parameters, which training moves, and buffers, which it does not
 * (running means, say).
 *
 * <p>A module is a record, and its components are the tree: a {@link Tensor} is a parameter if it
 * requires a gradient and else a buffer, a module is a child, what a list holds is named 0, 1, …, what a map holds by its
 * keys, and what an {@link java.util.Optional} holds by the component itself. Dotted paths of these names, {@code
 * posterior.network.0.weight}, are the keys of a checkpoint. Other components are settings, and hold no tensor.
 */
public interface Module {

    /** The parameters of this tree by dotted path, in the order of declaration; one that two places share is listed once. */
    default Map<String, Tensor> parameters() {
        Map<String, Tensor> parameters = new LinkedHashMap<>(state());
        parameters.values().removeIf(tensor -> !tensor.requiresGradient());
        return parameters;
    }

    /**
     * Parameters and buffers of this tree by dotted path: what a checkpoint must hold. One that two places share is listed
     * once, by the first path that leads to it.
     *
     * @throws IllegalStateException if a component holds tensors in a way that is not known, such as an array: they would
     *     neither be trained nor saved
     */
    default Map<String, Tensor> state() {
        StateOfTree state = new StateOfTree(getClass());
        Components.of(this).forEach(state::add);
        return state.tensors();
    }

    /** Whether training changes more than parameters: running means, say. */
    default boolean hasBuffers() {
        return state().size() > parameters().size();
    }

    /**
     * Whether all large operations are linear maps of single vectors, which threads share out between them. Others run
     * faster as copies of the model, one for each thread.
     */
    default boolean isSharedOut() {
        return parameters().values().stream().allMatch(parameter -> parameter.rank() <= 2);
    }
}
