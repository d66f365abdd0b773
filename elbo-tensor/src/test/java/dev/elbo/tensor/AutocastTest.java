package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("numeric")
@ExtendWith(InAScope.class)
class AutocastTest {
    private final Tensor weight =
            Tensor.of(new float[] {1, 0.5f, 0.25f, 2}, 2, 2).requireGradient();
    private final Tensor x = Tensor.of(new float[] {1, 1.001f}, 1, 2);

    /** Whether products are computed of rounded factors: 1.001 becomes 1. */
    private boolean rounds() {
        return Functional.linear(x, weight, null).to(DType.FLOAT32).toFloats()[0] == 1.5f;
    }

    @Test
    void productsRoundTheirFactorsInsideAndNotOutside() {
        assertThat(rounds()).isFalse();
        try (Autocast on = Autocast.bfloat16(Device.CPU)) {
            assertThat(rounds()).isTrue();
            assertThat(x.plus(weight).dtype()).isEqualTo(DType.FLOAT32);
        }
        assertThat(rounds()).isFalse();
    }

    @Test
    void theInnerOneOfTwoRestoresTheOuterOne() {
        try (Autocast outer = Autocast.bfloat16(Device.CPU)) {
            try (Autocast inner = Autocast.bfloat16(Device.CPU)) {
                assertThat(rounds()).isTrue();
            }
            assertThat(rounds()).isTrue();
        }
        assertThat(rounds()).isFalse();
    }

    @Test
    void anExceptionRestoresToo() {
        try (Autocast on = Autocast.bfloat16(Device.CPU)) {
            throw new IllegalArgumentException();
        } catch (IllegalArgumentException e) {
            assertThat(rounds()).isFalse();
        }
    }

    @Test
    void otherThreadsAreLeftAlone() {
        try (Autocast on = Autocast.bfloat16(Device.CPU)) {
            CompletableFuture<Boolean> theirs = CompletableFuture.supplyAsync(() -> {
                try (Scope scope = Scope.open("theirs")) {
                    return rounds();
                }
            });
            assertThat(theirs.join()).isFalse();
        }
    }

    @Test
    void gradientsOfParametersStayFloat32() {
        try (Autocast on = Autocast.bfloat16(Device.CPU)) {
            Functional.linear(x, weight, null).to(DType.FLOAT32).sum().backward();
        }
        assertThat(weight.gradient().dtype()).isEqualTo(DType.FLOAT32);
        assertThat(weight.gradient().toFloats()).containsExactly(1, 1, 1, 1); // 1.001 rounds to 1 in BFLOAT16
    }

    @Test
    void aParameterThatChangedIsCastAnew() {
        for (float value : new float[] {1, 2}) {
            weight.detach().fill(value);
            try (Autocast on = Autocast.bfloat16(Device.CPU)) {
                Tensor y = Functional.linear(x, weight, null);
                assertThat(y.toFloats()).containsExactly(2 * value, 2 * value);
            }
        }
    }

    @Test
    void theTypeThatSomeoneElseHadChosenIsRestored() {
        torch.ScalarType before = torch.get_autocast_dtype(torch.DeviceType.CPU);
        torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.Half);
        try {
            Autocast.bfloat16(Device.CPU).close();
            assertThat(torch.get_autocast_dtype(torch.DeviceType.CPU).intern()).isEqualTo(torch.ScalarType.Half);
        } finally {
            torch.set_autocast_dtype(torch.DeviceType.CPU, before);
        }
    }
}
