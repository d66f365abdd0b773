package dev.elbo.tensor.seam;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
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
 * <p>{@code Tensor.backward()} takes the seams of the open scopes, the youngest first: whatever uses an output is
 * younger than it, so its gradient is complete when its turn comes.
 */
public abstract class Seam {
    private static final AtomicLong COUNT = new AtomicLong();

    private final long number = COUNT.incrementAndGet();
    private final Operand[] inputs;
    private final Tensor[] handles;
    private final long[] versions;

    /** Joins an output to its inputs; call {@link #open()} when the output is computed. */
    Seam(Tensor output, Operand... inputs) {
        this.inputs = inputs;
        this.handles = new Tensor[inputs.length + 1];
        this.versions = new long[handles.length];
        handles[0] = output;
        for (int i = 0; i < inputs.length; i++) {
            handles[i + 1] = inputs[i].handle();
        }
    }

    /** Makes the output a leaf that waits for its gradient. */
    final Joined open() {
        handles[0].set_requires_grad(true);
        for (int i = 0; i < handles.length; i++) {
            versions[i] = handles[i]._version();
        }
        return new Joined(handles[0], this);
    }

    /** The output, which waits for its gradient if a seam is needed. */
    final Joined joined(boolean differentiable) {
        return differentiable ? open() : new Joined(handles[0], null);
    }

    /** Computes the gradients of the inputs, and passes each on. */
    abstract void backward(Tensor gradient);

    /** The output, 0, or an input, from 1. */
    final Tensor handle(int i) {
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
        return handles[input].__dispatch_is_leaf() && !inputs[input - 1].isHooked();
    }

    /** The gradient of a leaf so far; zeros if there is none yet. */
    private Tensor sumAt(int leaf) {
        Tensor sum = handles[leaf].mutable_grad();
        if (!sum.defined()) {
            sum.put(torch.zeros_like(handles[leaf]));
        }
        return sum;
    }

    /** Hands a gradient on to an input, and to what that was computed from. */
    final void pass(int input, Tensor gradient) {
        if (!isPlainLeaf(input)) {
            backwardFrom(handles[input], gradient);
            return;
        }
        Tensor sum = handles[input].mutable_grad();
        if (sum.defined()) {
            sum.add_(gradient);
        } else {
            sum.put(gradient);
        }
    }

    /** Where the gradient of an input is added up: at a leaf itself, or aside, from zeros, if it was computed from others. */
    final Tensor target(int input) {
        return isPlainLeaf(input) ? sumAt(input) : torch.zeros_like(handles[input]);
    }

    /** Hands on what was added up aside. */
    final void passTarget(int input, @Nullable Tensor target) {
        if (target != null && !isPlainLeaf(input)) {
            pass(input, target);
        }
    }

    /** libtorch's backward pass, which keeps the graph: another seam may lead into the same part of it. */
    public static void backwardFrom(Tensor tensor, Tensor gradient) {
        try (BoolOptional keepGraph = new BoolOptional(true);
                TensorArrayRefOptional allLeaves = new TensorArrayRefOptional()) {
            tensor.backward(gradient, keepGraph, false, allLeaves);
        }
    }

    /**
     * Goes on from the output, if a gradient has arrived there.
     *
     * @throws IllegalStateException if what the gradient is computed from was changed since
     */
    public final void sew() {
        Tensor arrived = handles[0].mutable_grad();
        if (arrived.defined()) {
            Tensor gradient = new Tensor(arrived);
            arrived.put(new Tensor());
            requireUnchanged();
            backward(gradient);
        }
    }

    private void requireUnchanged() {
        for (int i = 0; i < handles.length; i++) {
            if (handles[i]._version() != versions[i]) {
                throw new IllegalStateException(
                        "backward(): " + (i == 0 ? "what an operation has put out" : inputs[i - 1])
                                + ", which the gradient is computed from, was changed in place since; change a copy()");
            }
        }
    }

    /** Seams are numbered as they are made. */
    public final long number() {
        return number;
    }

    /** The leaf at which libtorch's backward pass ends. */
    public final Tensor output() {
        return handles[0];
    }

    /** Takes handles of its own, since those it has are about to be freed, and hands them to whom they will belong to. */
    public final void move(Consumer<Pointer> owner) {
        for (int i = 0; i < handles.length; i++) {
            handles[i] = new Tensor(handles[i]);
            owner.accept(handles[i]);
        }
    }
}
