package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DeviceTest {

    @Test
    void aDeviceIsWrittenAsItIsRead() {
        assertThat(Device.parse("cpu")).isEqualTo(Device.CPU);
        assertThat(Device.parse("CPU")).hasToString("cpu");
        assertThat(Device.cuda(1)).hasToString("cuda:1");
    }

    @Test
    void anUnknownDeviceIsAnsweredWithTheKnownOnes() {
        for (String text : new String[] {"gpu", "cuda:", "cuda:x", "cuda:-1", ""}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Device.parse(text))
                    .withMessage("unknown device '" + text + "'; use auto, cpu, cuda or cuda:1");
        }
    }
}
