package dev.elbo.tensor;

import dev.elbo.tensor.seam.Seam;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * The life of tensors: each one made between {@link #open} and {@link #close} is freed at close,
 * unless kept. Scopes nest; a tensor belongs to the innermost one of its thread. Another thread may {@link #adopt}
 * a tensor into a scope, but not close it, unless the scope is {@link #detached}.
 *
 * <pre>{@code
 * try (Scope model = Scope.open("model")) {
 *     Tensor weight = Tensor.zeros(Device.CPU, 3, 3);
 *     model.cap();
 *     try (Scope step = Scope.open("step")) {
 *         Tensor kept = step.keep(...);   // refused: "model" is capped
 *     }
 * }
 * }</pre>
 */
public final class Scope implements AutoCloseable {
    private static final ThreadLocal<Deque<Scope>> STACK = ThreadLocal.withInitial(Scope::firstOfThread);

    private final String name;
    private final PointerScope pointers;
    private final @Nullable Deque<Scope> stack;
    private final @Nullable Scope outer;
    private final List<Seam> seams = new ArrayList<>();
    private boolean capped;
    private boolean metered;
    private long bytes;
    private volatile boolean closed;
    private int size;
    private long released;

    private Scope(String name, @Nullable Deque<Scope> stack) {
        this.name = name;
        this.stack = stack;
        this.outer = stack == null ? null : stack.peek();
        this.pointers = new PointerScope();
        if (stack != null) {
            stack.push(this);
        }
    }

    private static Deque<Scope> firstOfThread() {
        Backend.holdToOneThread();
        return new ArrayDeque<>();
    }

    /** Opens a scope on this thread; {@code name} appears in messages about its tensors. */
    public static Scope open(String name) {
        Backend.start();
        return new Scope(name, STACK.get());
    }

    /** Opens a scope that adds up how much memory the tensors made in it need, views counted like the rest. */
    public static Scope metered(String name) {
        Scope scope = open(name);
        scope.metered = true;
        return scope;
    }

    /** What the tensors that were made in this scope need, in bytes; 0 unless the scope is {@linkplain #metered metered}. */
    public long bytes() {
        return bytes;
    }

    /**
     * A scope on no thread's stack, for what lives as long as a session of a server, say. Tensors come into it by {@link
     * #adopt}, or are made {@link #within} it; any thread may do that, and any may close it, once no thread uses its tensors.
     */
    public static Scope detached(String name) {
        Backend.start();
        Scope scope = new Scope(name, null);
        scope.pointers.extend().close(); // off this thread's stack of native scopes, and still open
        return scope;
    }

    /**
     * Does work whose tensors belong to this detached scope, which is the innermost of the calling thread meanwhile. Scopes that
     * the work opens end within it.
     *
     * @return what the work returns
     * @throws IllegalStateException if this scope is a thread's own, or closed
     */
    public <T> T within(Supplier<T> work) {
        if (stack != null || closed) {
            throw new IllegalStateException("scope '" + name + "' is "
                    + (closed ? "closed" : "its thread's own; work within Scope.detached(name) is done by any thread"));
        }
        Deque<Scope> here = STACK.get();
        here.push(this);
        try (PointerScope visit = new Visit()) {
            return work.get();
        } finally {
            here.remove(this);
        }
    }

    /** Hands what is made on one thread to this scope. */
    private final class Visit extends PointerScope {
        @Override
        public PointerScope attach(Pointer pointer) {
            own(pointer);
            return this;
        }
    }

    /** Whether a scope is open on this thread. */
    static boolean isOpen() {
        return !STACK.get().isEmpty();
    }

    /**
     * The innermost open scope of this thread.
     *
     * @throws IllegalStateException if none is open
     */
    public static Scope current() {
        Scope scope = STACK.get().peek();
        if (scope == null) {
            throw new IllegalStateException("a tensor is made outside every scope, so nothing would free it; put"
                    + " try (Scope scope = Scope.open(\"work\")) { … } around this");
        }
        return scope;
    }

    /**
     * Moves a tensor of this scope to the one around it, so that it outlives this scope. One of a scope further
     * out stays where it is.
     *
     * @return the tensor
     * @throws IllegalStateException if there is no outer scope, or if that is capped
     */
    public Tensor keep(Tensor tensor) {
        if (outer == null) {
            throw new IllegalStateException("scope '" + name + "' is the outermost: there is none to keep a tensor in");
        }
        return outer.adopt(tensor);
    }

    /**
     * Moves a tensor of an inner scope into this one. One of this scope or of one around it stays where it is: it
     * lives as long as it was to.
     *
     * @return the tensor
     * @throws IllegalStateException if this scope is capped or closed
     */
    public synchronized Tensor adopt(Tensor tensor) {
        Scope from = tensor.scope();
        if (!isWithin(from)) {
            Pointer handle = tensor.handle();
            admit(tensor);
            pointers.attach(handle);
            from.release(tensor);
            tensor.moveTo(this);
            if (tensor.requiresGradient()) {
                takeSeams();
            }
        }
        return tensor;
    }

    /** Takes over the seams of this thread's scopes inside this one: one of them may lead to a tensor that lives here. */
    void takeSeams() {
        for (Scope scope : STACK.get()) {
            if (scope != this && scope.isWithin(this)) {
                scope.seams.forEach(seam -> seam.move(this::own));
                seams.addAll(scope.seams);
                scope.seams.clear();
            }
        }
    }

    /** Keeps a seam as long as this scope is open. */
    synchronized void add(Seam seam) {
        seams.add(seam);
    }

    /** The seams of this thread's open scopes, and of this one and those around it, the youngest first. */
    List<Seam> seams() {
        Set<Scope> scopes = new LinkedHashSet<>(STACK.get());
        for (Scope scope = this; scope != null; scope = scope.outer) {
            scopes.add(scope);
        }
        List<Seam> all = new ArrayList<>();
        scopes.forEach(scope -> all.addAll(scope.seams));
        all.sort(Comparator.comparingLong(Seam::number).reversed());
        return all;
    }

    /** Whether there are seams of this thread's open scopes. */
    static boolean hasSeams() {
        for (Scope scope : STACK.get()) {
            if (!scope.seams.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether this scope is another one, or inside it. */
    private boolean isWithin(Scope other) {
        return this == other || (outer != null && outer.isWithin(other));
    }

    /** Refuses new tensors from now on, so that a leak into a long-lived scope fails where it is made. */
    public Scope cap() {
        capped = true;
        return this;
    }

    /** The number of tensors that live in this scope. */
    public int size() {
        return size;
    }

    String name() {
        return name;
    }

    boolean isClosed() {
        return closed;
    }

    /** Counts a new tensor in, or refuses it. */
    synchronized void admit(Tensor tensor) {
        if (closed || capped) {
            throw new IllegalStateException("scope '" + name + "' is " + (closed ? "closed" : "capped") + ": " + tensor
                    + " may not stay in it; open a scope around the work that makes the tensor");
        }
        size++;
        if (metered) {
            bytes += tensor.handle().nbytes();
        }
    }

    /**
     * Frees one tensor of this scope early; views of it keep its memory.
     *
     * @throws IllegalArgumentException if it lives in another scope
     */
    public synchronized void release(Tensor tensor) {
        if (tensor.scope() != this) {
            throw new IllegalArgumentException(tensor + " does not live in scope '" + name + "', but in '"
                    + tensor.scope().name + "'; release it there");
        }
        pointers.detach(tensor.handle());
        size--;
        released++;
    }

    /**
     * How many tensors have left this scope while it was open. Where it is the same as before, everything that lived here
     * is where it was: what a recording reads, say.
     */
    public long released() {
        return released;
    }

    /** Keeps what belongs to a tensor of this scope as long as that. */
    synchronized void own(Pointer pointer) {
        pointers.attach(pointer);
    }

    /**
     * Frees the tensors of this scope.
     *
     * @throws IllegalStateException on another thread than the one that opened it, unless it is detached
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        if (stack != null && stack != STACK.get()) {
            throw new IllegalStateException("scope '" + name + "' must be closed by the thread that opened it");
        }
        closed = true;
        size = 0;
        seams.clear();
        if (stack != null) {
            stack.remove(this);
        }
        pointers.close();
    }
}
