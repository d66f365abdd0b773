package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("numeric")
@ExtendWith(InAScope.class)
class ConcurrentInferenceTest {
    private static final int THREADS = 4;
    private static final int CALLS = 250;

    private final Tensor x = Rng.seeded(1, Device.CPU).normal(Shape.of(16, 64));
    private final Tensor first = Rng.seeded(2, Device.CPU).normal(Shape.of(128, 64));
    private final Tensor second = Rng.seeded(3, Device.CPU).normal(Shape.of(10, 128));

    private float[] output() {
        try (Scope request = Scope.open("request");
                GradientMode off = GradientMode.off()) {
            Tensor hidden = Functional.linear(x, first, null).tanh();
            return Functional.linear(hidden, second, null).softmax(-1).toFloats();
        }
    }

    @Test
    void fourThreadsThatShareAModelGetIdenticalResults() {
        float[] expected = output();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<CompletableFuture<Void>> workers = IntStream.range(0, THREADS)
                    .mapToObj(thread -> CompletableFuture.runAsync(() -> repeat(expected), threads))
                    .toList();
            workers.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }

    private void repeat(float... expected) {
        for (int i = 0; i < CALLS; i++) {
            assertThat(output()).containsExactly(expected);
        }
    }
}
