package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BackendTest {

    @Test
    void threadsAreSetAndReported() {
        int before = Backend.threads();
        assertThat(before).isPositive();
        try {
            Backend.setThreads(1);
            assertThat(Backend.threads()).isEqualTo(1);
        } finally {
            Backend.setThreads(before);
        }
        assertThat(Backend.threads()).isEqualTo(before);
    }

    @Test
    void noThreadsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backend.setThreads(0))
                .withMessage("at least one thread is needed; got 0");
    }

    @Test
    void theMatrixKernelsHaveAName() {
        assertThat(Backend.kernels()).matches("(oneDNN|OpenBLAS) [A-Za-z0-9_]+");
    }

    @Test
    void startingTwiceIsStartingOnce() {
        Backend.start();
        Backend.start();
    }
}
