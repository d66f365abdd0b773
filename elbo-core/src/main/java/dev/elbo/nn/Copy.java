package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/** Copies of a tree of modules over the same memory. */
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
     * @throws IllegalStateException if a part of it is no record
     */
    public static <M extends Module> M of(M module) {
        return new Copy(Copy::leaf).copied(module);
    }

    /** A copy that gradients pass through, and never into: its parameters are constants. */
    public static <M extends Module> M frozen(M module) {
        return new Copy(tensor -> tensor.requiresGradient() ? tensor.detach() : tensor).copied(module);
    }

    @SuppressWarnings("unchecked") // a record of the same class
    private <M extends Module> M copied(M module) {
        return (M) module(module);
    }

    private Object any(Object value) {
        if (value instanceof Tensor tensor) {
            return copies.computeIfAbsent(tensor, ofTensor);
        }
        if (value instanceof Module module) {
            return module(module);
        }
        return value instanceof List<?> list ? list.stream().map(this::any).toList() : value;
    }

    private static Tensor leaf(Tensor tensor) {
        return tensor.requiresGradient() ? tensor.detach().requireGradient() : tensor;
    }

    private Module module(Module module) {
        if (module instanceof Enum) {
            return module;
        }
        RecordComponent[] components = module.getClass().getRecordComponents();
        if (components == null) {
            throw new IllegalStateException("Bug: " + module.getClass() + " is a module but no record");
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                components[i].getAccessor().setAccessible(true);
                values[i] = any(components[i].getAccessor().invoke(module));
            }
            Constructor<? extends Module> constructor = module.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Bug: " + module.getClass() + " cannot be copied", e);
        }
    }
}
