package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A node in a tree of named tensors: parameters, which training moves, and buffers, which it does not
 * (running means, say).
 *
 * <p>A module is a record, and its components are the tree: a {@link Tensor} is a parameter if it
 * requires a gradient and else a buffer, a module is a child, and what a list holds is named 0, 1, ….
 * Dotted paths of these names, {@code posterior.network.0.weight}, are the keys of a checkpoint.
 */
public interface Module {

    /** The parameters of this tree by dotted path, in the order of declaration. */
    default Map<String, Tensor> parameters() {
        Map<String, Tensor> parameters = new LinkedHashMap<>(state());
        parameters.values().removeIf(tensor -> !tensor.requiresGradient());
        return parameters;
    }

    /** Parameters and buffers of this tree by dotted path: what a checkpoint must hold. */
    default Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (RecordComponent component : components()) {
            add(component.getName(), value(component), state);
        }
        return state;
    }

    private static void add(String name, Object value, Map<String, Tensor> state) {
        if (value instanceof Tensor tensor) {
            state.put(name, tensor);
        } else if (value instanceof Module child) {
            child.state().forEach((path, tensor) -> state.put(name + "." + path, tensor));
        } else if (value instanceof List<?> children) {
            for (int i = 0; i < children.size(); i++) {
                add(name + "." + i, children.get(i), state);
            }
        }
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

    private RecordComponent[] components() {
        RecordComponent[] components = getClass().getRecordComponents();
        if (components == null) {
            throw new IllegalStateException("Bug: " + getClass() + " is a module but no record; override state()");
        }
        return components;
    }

    private Object value(RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(this);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Bug: component " + component + " cannot be read", e);
        }
    }
}
