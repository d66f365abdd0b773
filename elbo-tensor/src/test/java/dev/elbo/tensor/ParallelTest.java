package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("numeric")
@ExtendWith(InAScope.class)
class ParallelTest {
    private final int threads = Backend.threads();

    @BeforeEach
    void severalThreads() {
        Backend.setThreads(3);
    }

    @AfterEach
    void sameThreadsAsBefore() {
        Backend.setThreads(threads);
    }

    @Test
    void everyTaskIsDoneOnceAndResultsAreInOrder() {
        for (int round = 0; round < 500; round++) {
            AtomicIntegerArray done = new AtomicIntegerArray(7);
            List<Integer> squares = Parallel.map(7, i -> {
                done.incrementAndGet(i);
                return i * i;
            });
            assertThat(squares).containsExactly(0, 1, 4, 9, 16, 25, 36);
            assertThat(IntStream.range(0, 7).map(done::get)).containsOnly(1);
        }
    }

    @Test
    void tasksAreDoneByAllThreadsAfterTheyHaveSlept() throws InterruptedException {
        for (int round = 0; round < 3; round++) {
            Thread.sleep(20); // members spin for 0.2 ms, then sleep
            Set<String> names = ConcurrentHashMap.newKeySet();
            Parallel.run(3, i -> {
                names.add(Thread.currentThread().getName());
                long until = System.nanoTime() + 20_000_000; // long enough for the others to wake
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            });
            assertThat(names).hasSize(3);
        }
    }

    @Test
    void aFailureReachesTheCallerAndTheTeamGoesOn() {
        for (int failing = 0; failing < 3; failing++) {
            int culprit = failing;
            assertThatIllegalStateException()
                    .isThrownBy(() -> Parallel.run(3, i -> {
                        if (i == culprit) {
                            throw new IllegalStateException("task " + i);
                        }
                    }))
                    .withMessage("task " + culprit);
        }
        assertThat(Parallel.map(3, i -> i)).containsExactly(0, 1, 2);
    }

    @Test
    void tasksRecordGradientsIfTheCallerDoes() {
        assertThat(Parallel.map(3, i -> GradientMode.isOn())).containsOnly(true);
        try (GradientMode off = GradientMode.off()) {
            assertThat(Parallel.map(3, i -> GradientMode.isOn())).containsOnly(false);
        }
        assertThat(GradientMode.isOn()).isTrue();
    }

    @Test
    void tasksOfTasksAndOperationsInsideThemAreLeftWhole() {
        assertThat(Parallel.map(3, i -> Parallel.width())).containsOnly(1);
        assertThat(Parallel.map(2, i -> Parallel.map(2, j -> 10 * i + j)))
                .containsExactly(List.of(0, 1), List.of(10, 11));
        assertThat(Parallel.width()).isEqualTo(3);
    }

    @Test
    void gradientsOfSeveralThreadsDoNotMix() {
        Tensor x = Rng.seeded(1, Device.CPU).normal(Shape.of(64, 200));
        List<float[]> gradients = Parallel.map(6, i -> {
            Tensor w = constant(i);
            Functional.linear(x, w, null, Nonlinearity.TANH).square().sum().backward();
            return w.gradient().toFloats();
        });
        // half the slope of tanh² is up to 1, and changes by no more than its argument, a sum of 200 products
        Tensor tolerances = Rounding.ofSumsAfter(
                        200,
                        a -> List.of(gradient(
                                Functional.linearByLibtorch(a[0], a[1], null).times(2), a[1])),
                        x,
                        constant(0))
                .get(0);
        for (int i = 0; i < gradients.size(); i++) {
            Tensor w = constant(i);
            Tensor theirs =
                    gradient(Functional.linearByLibtorch(x, w, null).tanh().square(), w);
            Rounding.assertClose(Tensor.of(gradients.get(i), 300, 200), theirs, tolerances);
        }
    }

    private static Tensor constant(int number) {
        return Tensor.zeros(Device.CPU, 300, 200).fill(0.01 * (number + 1)).requireGradient();
    }

    private static Tensor gradient(Tensor outputs, Tensor parameter) {
        outputs.sum().backward();
        return parameter.gradient();
    }

    @Test
    void callersOnSeveralThreadsGetTheSameAsOne() throws Exception {
        Tensor x = Rng.seeded(1, Device.CPU).normal(Shape.of(128, 300));
        Tensor w = Rng.seeded(2, Device.CPU).normal(Shape.of(200, 300));
        float[] alone = Functional.linear(x, w, null).toFloats();
        var executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> same = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                same.add(executor.submit(() -> {
                    boolean equal = true;
                    for (int i = 0; i < 200; i++) {
                        try (Scope scope = Scope.open("call")) {
                            equal &= Arrays.equals(
                                    alone, Functional.linear(x, w, null).toFloats());
                        }
                    }
                    return equal;
                }));
            }
            for (Future<Boolean> result : same) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void noiseDoesNotDependOnHowManyThreadsDrawIt() {
        List<float[]> noises = new ArrayList<>();
        for (int count : new int[] {1, 2, 3}) {
            Backend.setThreads(count);
            NoiseTape tape = new NoiseTape(7, Device.CPU);
            tape.rewind(3);
            noises.add(tape.normal(Shape.of(50_000)).toFloats());
            noises.add(tape.uniform(Shape.of(50_000)).toFloats());
        }
        assertThat(noises.get(2)).containsExactly(noises.get(0));
        assertThat(noises.get(4)).containsExactly(noises.get(0));
        assertThat(noises.get(3)).containsExactly(noises.get(1));
        assertThat(noises.get(5)).containsExactly(noises.get(1));
    }
}
