package dev.elbo.tensor;

import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.jspecify.annotations.Nullable;

/**
 * An operation whose gradient is ours and not libtorch's. libtorch lets no Java class into its graph of gradients, so
 * the graph is cut here: the output is a leaf, at which libtorch's backward pass ends, and where this one goes on.
 *
 * <pre>
 *  x ──libtorch──► h ══seam══► y ──libtorch──► loss        forward
 *  x ◄──libtorch── h ◄══seam══ y ◄──libtorch── loss        backward: libtorch to y, the seam to h, libtorch to x
 * </pre>
 *
 * <p>{@link Tensor#backward()} takes the seams of the open scopes, the youngest first: whatever uses an output is
 * younger than it, so its gradient is complete when its turn comes.
 */
abstract class Seam {
    private static final AtomicLong COUNT = new AtomicLong();

    private final long number = COUNT.incrementAndGet();
    private final Tensor[] tensors;
    private final org.bytedeco.pytorch.Tensor[] handles;
    private final long[] versions;

    /**
     * Joins an output to its inputs; call {@link #open()} when the output is computed.
     *
     * @param tensors the output, then the inputs
     */
    Seam(Tensor... tensors) {
        this.tensors = tensors;
        this.handles = new org.bytedeco.pytorch.Tensor[tensors.length];
        this.versions = new long[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            handles[i] = tensors[i].handle();
        }
    }

    /** Makes the output a leaf that waits for its gradient. */
    final Tensor open() {
        handles[0].set_requires_grad(true);
        for (int i = 0; i < handles.length; i++) {
            versions[i] = handles[i]._version();
        }
        Scope.current().add(this);
        return tensors[0];
    }

    /** Computes the gradients of the inputs, and passes each on. */
    abstract void backward(org.bytedeco.pytorch.Tensor gradient);

    /** The output, 0, or an input, from 1. */
    final org.bytedeco.pytorch.Tensor handle(int i) {
        return handles[i];
    }

    /** One for the output, and one for each input. */
    final int handles() {
        return handles.length;
    }

    final boolean needsGradient(int input) {
        return handles[input].requires_grad();
    }

    /** Where the gradient of an input can be added up directly: of a parameter, or of another seam's output. */
    final boolean isPlainLeaf(int input) {
        return handles[input].__dispatch_is_leaf() && !tensors[input].isHooked();
    }

    /** The gradient of a leaf so far; zeros if there is none yet. */
    final org.bytedeco.pytorch.Tensor sumAt(int leaf) {
        org.bytedeco.pytorch.Tensor sum = handles[leaf].mutable_grad();
        if (!sum.defined()) {
            sum.put(org.bytedeco.pytorch.global.torch.zeros_like(handles[leaf]));
        }
        return sum;
    }

    /** Hands a gradient on to an input, and to what that was computed from. */
    final void pass(int input, org.bytedeco.pytorch.Tensor gradient) {
        if (!isPlainLeaf(input)) {
            backwardFrom(handles[input], gradient);
            return;
        }
        org.bytedeco.pytorch.Tensor sum = handles[input].mutable_grad();
        if (sum.defined()) {
            sum.add_(gradient);
        } else {
            sum.put(gradient);
        }
    }

    /** Where the gradient of an input is added up: at a leaf itself, or aside, from zeros, if it was computed from others. */
    final org.bytedeco.pytorch.Tensor target(int input) {
        return isPlainLeaf(input) ? sumAt(input) : org.bytedeco.pytorch.global.torch.zeros_like(handles[input]);
    }

    /** Hands on what was added up aside. */
    final void passTarget(int input, org.bytedeco.pytorch.@Nullable Tensor target) {
        if (target != null && !isPlainLeaf(input)) {
            pass(input, target);
        }
    }

    /** libtorch's backward pass, which keeps the graph: another seam may lead into the same part of it. */
    static void backwardFrom(org.bytedeco.pytorch.Tensor tensor, org.bytedeco.pytorch.Tensor gradient) {
        try (BoolOptional keepGraph = new BoolOptional(true);
                TensorArrayRefOptional allLeaves = new TensorArrayRefOptional()) {
            tensor.backward(gradient, keepGraph, false, allLeaves);
        }
    }

    /** Goes on from the output, if a gradient has arrived there. */
    final void sew() {
        org.bytedeco.pytorch.Tensor arrived = handles[0].mutable_grad();
        if (arrived.defined()) {
            org.bytedeco.pytorch.Tensor gradient = new org.bytedeco.pytorch.Tensor(arrived);
            arrived.put(new org.bytedeco.pytorch.Tensor());
            requireUnchanged();
            backward(gradient);
        }
    }

    private void requireUnchanged() {
        for (int i = 0; i < handles.length; i++) {
            if (handles[i]._version() != versions[i]) {
                throw new IllegalStateException("backward(): " + tensors[i]
                        + ", which the gradient is computed from, was changed in place since; change a copy()");
            }
        }
    }

    long number() {
        return number;
    }

    /** Becomes one of an outer scope, with handles of its own, since those of the inner one are about to be freed. */
    final void move(Scope outer) {
        for (int i = 0; i < handles.length; i++) {
            handles[i] = new org.bytedeco.pytorch.Tensor(handles[i]);
            outer.own(handles[i]);
        }
    }
}
