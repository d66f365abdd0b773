package dev.elbo.cli;

import dev.elbo.run.Environment;
import dev.elbo.tensor.Backend;
import dev.elbo.tensor.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On what a command computes. */
final class Compute {
    private static final String AUTO = "auto";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "auto (a CUDA card if there is one), cpu, cuda or cuda:1. Default: ${DEFAULT-VALUE};"
                    + " resume goes on where the run was.")
    private String device = AUTO;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that share the work. Default: one for each core; resume goes on with the run's.")
    private @Nullable Integer threads;

    /**
     * Refuses what was asked for and is not there; waits for no library if nothing was asked for.
     *
     * @throws IllegalArgumentException if it is not there
     */
    void validate() {
        if (threads != null || !device.equals(AUTO)) {
            device();
        }
    }

    /**
     * Where nothing else was asked for, computes as before: on that device, with so many threads.
     *
     * @throws IllegalArgumentException if the device is not there
     */
    void keep(Environment before) {
        boolean isUsual = before.threads() == 0
                || before.threads() == Runtime.getRuntime().availableProcessors();
        if (threads == null && !isUsual) { // else libraries may load while data are read
            threads = before.threads();
        }
        if (device.equals(AUTO) && !before.device().isEmpty()) {
            device = before.device();
            requireThere();
        }
    }

    private void requireThere() {
        try {
            Device.parse(device);
        } catch (IllegalArgumentException absent) {
            throw new IllegalArgumentException(
                    "the run was trained on " + device + ", and there is " + absent.getMessage(), absent);
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
