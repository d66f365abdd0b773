package dev.elbo.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * Runs matrix products and convolutions of this thread in BFLOAT16 while parameters, sums and
 * densities stay FLOAT32: {@code try (Autocast on = Autocast.bfloat16(device)) { forward }}.
 */
public final class Autocast implements AutoCloseable {
    private final torch.DeviceType type;
    private final boolean before;
    private final torch.ScalarType typeBefore;

    private Autocast(torch.DeviceType type) {
        Backend.start();
        this.type = type;
        this.before = torch.is_autocast_enabled(type);
        this.typeBefore = torch.get_autocast_dtype(type);
        torch.set_autocast_dtype(type, torch.ScalarType.BFloat16);
        torch.set_autocast_enabled(type, true);
    }

    /** From now to close. */
    public static Autocast bfloat16(Device device) {
        return new Autocast(type(device));
    }

    /** Whether it is on for this thread's operations on a device. */
    static boolean isOn(Device device) {
        return torch.is_autocast_enabled(type(device));
    }

    private static torch.DeviceType type(Device device) {
        return device.kind() == Device.Kind.CPU ? torch.DeviceType.CPU : torch.DeviceType.CUDA;
    }

    /** Restores what was before, and drops the casts of parameters, which the next update outdates. */
    @Override
    public void close() {
        torch.set_autocast_enabled(type, before);
        torch.set_autocast_dtype(type, typeBefore);
        torch.clear_cache();
    }
}
