package dev.elbo.tensor.onednn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** A primitive of oneDNN and the memories that it reads and writes, to which each use gives addresses. */
final class Primitive implements Kernels.Kernel {
    private static final int ARGUMENT_BYTES = 16;
    private static final ThreadLocal<Room> ROOM = ThreadLocal.withInitial(Room::new);

    private final long handle;
    private final long[] memories;
    private final Memory arguments;
    private final long roomBytes;

    /**
     * @param handle this object's from now on
     * @param roles of the memories, as in {@link OneDnn#LEFT}
     * @param roomBytes what it needs to compute in, the last of the memories; 0 if nothing
     */
    Primitive(long handle, int[] roles, long[] memories, long roomBytes) {
        this.handle = handle;
        this.memories = memories;
        this.roomBytes = roomBytes;
        this.arguments = new Memory((long) memories.length * ARGUMENT_BYTES);
        for (int i = 0; i < memories.length; i++) {
            arguments.setInt((long) i * ARGUMENT_BYTES, roles[i]);
            arguments.setLong((long) i * ARGUMENT_BYTES + Long.BYTES, memories[i]);
        }
    }

    /**
     * Computes at once, on the calling thread; addresses in the order of the memories.
     *
     * @throws IllegalStateException if it cannot, say for lack of memory
     */
    void compute(long... addresses) {
        int given = roomBytes > 0 ? memories.length - 1 : memories.length;
        if (addresses.length != given) {
            throw new IllegalArgumentException("expected " + given + " addresses; got " + addresses.length);
        }
        for (int i = 0; i < given; i++) {
            OneDnn.check(OneDnn.dnnl_memory_set_data_handle(memories[i], addresses[i]));
        }
        if (roomBytes > 0) {
            OneDnn.check(OneDnn.dnnl_memory_set_data_handle(
                    memories[given], ROOM.get().address(roomBytes)));
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
