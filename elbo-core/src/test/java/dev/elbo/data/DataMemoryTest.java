package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.Device;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataMemoryTest {
    private static final long MIB = 1 << 20;

    @Test
    void holdsWhatIsSmallAndNotWhatNoMachineHolds() {
        assertThat(DataMemory.hasRoomFor(100 * MIB, Device.CPU, Map.of())).isTrue();
        assertThat(DataMemory.hasRoomFor(1L << 60, Device.CPU, Map.of())).isFalse();
    }

    @Test
    void isAsLargeAsTheEnvironmentSays() {
        Map<String, String> ten = Map.of("ELBO_DATA_MEMORY", " 10 ");

        assertThat(DataMemory.hasRoomFor(10 * MIB, Device.CPU, ten)).isTrue();
        assertThat(DataMemory.hasRoomFor(10 * MIB + 1, Device.CPU, ten)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataMemory.hasRoomFor(1, Device.CPU, Map.of("ELBO_DATA_MEMORY", "4 GB")))
                .withMessage("ELBO_DATA_MEMORY=4 GB is no number of MiB; set it to as many as data may take, as in"
                        + " ELBO_DATA_MEMORY=4096");
    }
}
