package dev.elbo.tensor;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** A primitive of oneDNN and the memories that it reads and writes, to which each use gives addresses. */
final class Primitive implements Kernels.Kernel {
    private static final int ARGUMENT_BYTES = 16;

    private final long handle;
    private final long[] memories;
    private final Memory arguments;

    /**
     * @param handle this object's from now on
     * @param roles of the memories, as in {@link OneDnn#LEFT}
     */
    Primitive(long handle, int[] roles, long[] memories) {
        this.handle = handle;
        this.memories = memories;
        this.arguments = new Memory((long) memories.length * ARGUMENT_BYTES);
        for (int i = 0; i < memories.length; i++) {
            arguments.setInt((long) i * ARGUMENT_BYTES, roles[i]);
            arguments.setLong((long) i * ARGUMENT_BYTES + Long.BYTES, memories[i]);
        }
    }

    /** Computes at once, on the calling thread; addresses in the order of the memories, and more are passed over. */
    void compute(long... addresses) {
        for (int i = 0; i < memories.length; i++) {
            OneDnn.check(OneDnn.dnnl_memory_set_data_handle(memories[i], addresses[i]));
        }
        OneDnn.check(OneDnn.dnnl_primitive_execute(
                handle, OneDnn.stream(), memories.length, Pointer.nativeValue(arguments)));
    }

    @Override
    public void free() {
        OneDnn.dnnl_primitive_destroy(handle);
        for (long memory : memories) {
            OneDnn.dnnl_memory_destroy(memory);
        }
        arguments.close();
    }
}
