package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.elbo.tensor.cuda.MissingLibrary;
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

    @Test
    void whereThereIsNoCardItIsSaidWhatToDo() {
        assumeFalse(Backend.knowsCards());
        assertThat(Device.parse("auto")).isEqualTo(Device.CPU);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Device.parse("cuda"))
                .withMessage("no CUDA device: this build has libtorch for the processor only; build it with"
                        + " ELBO_GPU=1 ./elbo, or with Maven's -Pgpu; or use --device cpu");
    }

    @Test
    void ofAllThatIsMissingTheFirstIsNamed() {
        UnsatisfiedLinkError last = new UnsatisfiedLinkError("no jnicudart in java.library.path");
        last.initCause(new UnsatisfiedLinkError("/cache/a.jar/libjnicudart.so: libcuda.so.1: cannot open"));

        assertThat(MissingLibrary.of(last)).isEqualTo("libjnicudart.so: libcuda.so.1: cannot open");
    }
}
