package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class GradientModeTest {
    private final Tensor w = Tensor.of(new float[] {1}, 1).requireGradient();

    private boolean isRecorded() {
        return w.times(2).requiresGradient();
    }

    @Test
    void nothingIsRecordedUntilItIsClosed() {
        assertThat(isRecorded()).isTrue();
        try (GradientMode off = GradientMode.off()) {
            assertThat(isRecorded()).isFalse();
            try (GradientMode inner = GradientMode.off()) {
                assertThat(isRecorded()).isFalse();
            }
            assertThat(isRecorded()).isFalse();
        }
        assertThat(isRecorded()).isTrue();
    }

    @Test
    void otherThreadsGoOnRecording() {
        try (GradientMode off = GradientMode.off()) {
            CompletableFuture<Boolean> theirs = CompletableFuture.supplyAsync(() -> {
                try (Scope scope = Scope.open("theirs")) {
                    return isRecorded();
                }
            });
            assertThat(theirs.join()).isTrue();
            assertThat(isRecorded()).isFalse();
        }
    }
}
