package dev.elbo.data;

import com.sun.management.OperatingSystemMXBean;
import dev.elbo.tensor.Device;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How large data may be to be held: a quarter of the machine's memory, half of what is free on a card, or as many MiB as
 * {@code ELBO_DATA_MEMORY} says.
 * What is larger is read from disk while it is used.
 */
final class DataMemory {
    private static final String VARIABLE = "ELBO_DATA_MEMORY";

    /** What every machine has, so that the usual data cost no question. */
    private static final long SMALL = 256L << 20;

    private DataMemory() {}

    /**
     * Whether so many bytes are held.
     *
     * @throws IllegalArgumentException if the variable is set to anything but a number of MiB
     */
    static boolean hasRoomFor(long bytes, Device device, Map<String, String> environment) {
        String limit = environment.getOrDefault(VARIABLE, "").strip();
        if (limit.isEmpty()) {
            return bytes <= SMALL || bytes <= room(device);
        }
        if (!limit.matches("\\d{1,12}")) {
            throw new IllegalArgumentException(VARIABLE + "=" + limit
                    + " is no number of MiB; set it to as many as data may take, as in " + VARIABLE + "=4096");
        }
        return bytes <= Long.parseLong(limit) << 20;
    }

    private static long room(Device device) {
        OptionalLong free = device.freeMemory();
        return free.isPresent() ? free.getAsLong() / 2 : machine() / 4;
    }

    private static long machine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
