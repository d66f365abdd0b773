package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Copies of a tree of modules over the same memory: what two places share in the tree, they share in the copy. */
public final class Copy {
    private final IdentityHashMap<Tensor, Tensor> copies = new IdentityHashMap<>();
    private final UnaryOperator<Tensor> ofTensor;

    private Copy(UnaryOperator<Tensor> ofTensor) {
        this.ofTensor = ofTensor;
    }

    /**
     * A copy whose parameters are new leaves, so that two threads can compute gradients of one model at a time; its
     * tensors live in the current scope.
     *
     * @throws IllegalStateException if a part of it is no record, or holds tensors in a way that is not known
     */
    public static <M extends Module> M of(M module) {
        return new Copy(Copy::leaf).module(module);
    }

    /**
     * A copy that gradients pass through, and never into: a critic while the autoencoder learns from it, an autoencoder
     * while a prior over its codes is trained. Its tensors are detached, and live in the current scope.
     *
     * <p>It sees what training does to the original, unless the original's parameters move to other memory: make it after
     * a {@link dev.elbo.tensor.ParameterBuffer} of them. Running means are the original's too; ask it with a pass of
     * evaluation. It is made where it is used, and is no component of a model, whose state would list it as buffers.
     *
     * @throws IllegalStateException if a part of it is no record, or holds tensors in a way that is not known
     */
    public static <M extends Module> M frozen(M module) {
        return new Copy(tensor -> tensor.requiresGradient() ? tensor.detach() : tensor).module(module);
    }

    /**
     * The same of some parameters; gradients reach the others as they do in the original.
     *
     * @param which by their names in the tree
     * @throws IllegalStateException if a part of it is no record, or holds tensors in a way that is not known
     */
    public static <M extends Module> M frozen(M module, Predicate<String> which) {
        Set<Tensor> frozen = Collections.newSetFromMap(new IdentityHashMap<>());
        module.parameters().forEach((name, tensor) -> {
            if (which.test(name)) {
                frozen.add(tensor);
            }
        });
        return new Copy(tensor -> frozen.contains(tensor) ? tensor.detach() : tensor).module(module);
    }

    private static Tensor leaf(Tensor tensor) {
        return tensor.requiresGradient() ? tensor.detach().requireGradient() : tensor;
    }

    private <M extends Module> M module(M module) {
        if (module instanceof Enum) {
            return module;
        }
        if (!(module instanceof Record)) {
            throw new IllegalStateException("Bug: " + module.getClass() + " is a module but no record; make it one");
        }
        Map<String, Object> components = Components.of(module);
        components.replaceAll((name, value) -> any(module, name, value));
        return Components.rebuild(module, components.values());
    }

    private Object any(Module owner, String name, Object value) {
        if (value instanceof Tensor tensor) {
            return copies.computeIfAbsent(tensor, ofTensor);
        }
        if (value instanceof Module module) {
            return module(module);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> any(owner, name, item)).toList();
        }
        if (value instanceof Optional<?> child) {
            return child.map(inner -> any(owner, name, inner));
        }
        if (StateOfTree.isNamed(value)) {
            Map<Object, Object> map = new LinkedHashMap<>((Map<?, ?>) value);
            map.replaceAll((key, inner) -> any(owner, name, inner));
            return Collections.unmodifiableMap(map);
        }
        return StateOfTree.requireNoTensor(owner.getClass(), name, value);
    }
}
