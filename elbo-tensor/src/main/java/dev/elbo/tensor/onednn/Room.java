package dev.elbo.tensor.onednn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** Native memory for what is needed within one operation, as much as the largest has asked for; of one thread. */
final class Room {
    private static final int CACHE_LINE = 64;

    private Memory memory = new Memory(2 * CACHE_LINE);

    /**
     * The address of so many bytes, aligned to a cache line; what they held is lost.
     *
     * @throws IllegalStateException if there is not so much memory
     */
    long address(long bytes) {
        if (memory.size() < bytes + CACHE_LINE) {
            try {
                memory.close();
                memory = new Memory(bytes + CACHE_LINE);
            } catch (OutOfMemoryError refused) {
                memory = new Memory(2 * CACHE_LINE);
                throw new IllegalStateException("no memory for " + bytes + " bytes", refused);
            }
        }
        long address = Pointer.nativeValue(memory);
        return (address + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    }
}
