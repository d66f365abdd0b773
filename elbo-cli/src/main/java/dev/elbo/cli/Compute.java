package dev.elbo.cli;

import dev.elbo.tensor.Backend;
import dev.elbo.tensor.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On what a command computes. */
final class Compute {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "auto (a CUDA card if there is one), cpu, cuda or cuda:1. Default: ${DEFAULT-VALUE}.")
    private String device = "auto";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that share the work. Default: one for each core.")
    private @Nullable Integer threads;

    /**
     * Refuses what was asked for and is not there; waits for no library if nothing was asked for.
     *
     * @throws IllegalArgumentException if it is not there
     */
    void validate() {
        if (threads != null || !device.equals("auto")) {
            device();
        }
    }

    /**
     * Loads the native libraries and finds the device.
     *
     * @throws IllegalArgumentException if it is not there
     */
    Device device() {
        if (threads != null) {
            Backend.setThreads(new Range("--threads", 1, 1024).require(threads));
        }
        return Device.parse(device);
    }
}
