package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tensors of a tree of modules by dotted path. A tensor that two places share is listed once, by the first path that
 * leads to it: it is one parameter, which is counted, saved and moved once.
 */
final class StateOfTree {
    private final Class<?> root;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Set<Tensor> listed = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Nothing yet.
     *
     * @param root the class of the module, for messages
     */
    StateOfTree(Class<?> root) {
        this.root = root;
    }

    /** What was listed so far, in the order of declaration. */
    Map<String, Tensor> tensors() {
        return tensors;
    }

    /**
     * Lists what a component holds.
     *
     * @param path that leads to it; empty if it is itself the root
     * @throws IllegalStateException if it holds tensors in a way that is not known
     */
    void add(String path, Object value) {
        if (value instanceof Tensor tensor) {
            list(path, tensor);
        } else if (value instanceof Module child) {
            child.state().forEach((inner, tensor) -> list(join(path, inner), tensor));
        } else if (value instanceof List<?> children) {
            for (int i = 0; i < children.size(); i++) {
                add(join(path, String.valueOf(i)), children.get(i));
            }
        } else if (value instanceof Optional<?> child) {
            child.ifPresent(inner -> add(path, inner));
        } else if (isNamed(value)) {
            named(value).forEach((key, inner) -> add(join(path, key), inner));
        } else {
            requireNoTensor(root, path, value);
        }
    }

    private void list(String path, Tensor tensor) {
        if (listed.add(tensor) && tensors.put(path, tensor) != null) {
            throw new IllegalStateException(
                    "Bug: two tensors have the path '" + path + "'; give the keys of a map other names");
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Whether it is a map from names. */
    static boolean isNamed(Object value) {
        return value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance);
    }

    /** By name: the order of a {@link Map#of} is another one in every JVM. */
    private static Map<String, Object> named(Object value) {
        Map<String, Object> sorted = new TreeMap<>();
        ((Map<?, ?>) value).forEach((key, inner) -> sorted.put((String) key, inner));
        return sorted;
    }

    /**
     * Makes sure that a setting is no more than that.
     *
     * @param root the class of the module, for the message
     * @param path of the component
     * @return the value
     * @throws IllegalStateException if it holds a tensor
     */
    static Object requireNoTensor(Class<?> root, String path, Object value) {
        if (holdsTensor(value)) {
            throw new IllegalStateException("Bug: component '" + path + "' of " + root + " holds tensors in a "
                    + value.getClass().getSimpleName() + ", where they would neither be trained nor saved; make that a"
                    + " Module, or hold them in a List, an Optional or a Map<String, …>");
        }
        return value;
    }

    private static boolean holdsTensor(Object value) {
        if (value instanceof Tensor) {
            return true;
        }
        if (value instanceof Module module) {
            return !module.state().isEmpty();
        }
        if (value instanceof Optional<?> child) {
            return child.filter(StateOfTree::holdsTensor).isPresent();
        }
        if (value instanceof Collection<?> children) {
            return children.stream().anyMatch(StateOfTree::holdsTensor);
        }
        if (value instanceof Map<?, ?> map) {
            return holdsTensor(map.keySet()) || holdsTensor(map.values());
        }
        if (value instanceof Object[] array) {
            return Arrays.stream(array).anyMatch(StateOfTree::holdsTensor);
        }
        return value instanceof Record record
                && Components.of(record).values().stream().anyMatch(StateOfTree::holdsTensor);
    }
}
