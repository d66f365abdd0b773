package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scopes that belong to no thread. */
class DetachedScopeTest {

    private static Tensor one() {
        return Tensor.of(new float[] {1}, 1);
    }

    private static void onAnotherThread(Runnable work) {
        CompletableFuture.runAsync(work).join();
    }

    @Test
    void aTensorThatIsAdoptedOutlivesItsThreadAndIsFreedByAnother() {
        Scope session = Scope.detached("session");
        Tensor[] made = new Tensor[1];
        onAnotherThread(() -> {
            try (Scope scope = Scope.open("request")) {
                made[0] = session.adopt(one().plus(1));
            }
        });
        assertThat(made[0].item()).isEqualTo(2);
        assertThat(session.size()).isEqualTo(1);
        onAnotherThread(session::close);
        assertThatIllegalStateException()
                .isThrownBy(made[0]::item)
                .withMessageStartingWith("this tensor was freed when its scope 'session' closed");
    }

    @Test
    void itIsNotTheScopeOfTheThreadThatMadeIt() {
        try (Scope session = Scope.detached("session")) {
            assertThatIllegalStateException().isThrownBy(DetachedScopeTest::one).withMessageContaining("outside every");
            try (Scope scope = Scope.open("work")) {
                Scope inner = Scope.detached("inner");
                Tensor tensor = one();
                assertThat(inner.size()).isZero();
                assertThat(scope.size()).isEqualTo(1);
                inner.close();
                assertThat(tensor.item()).isEqualTo(1);
            }
            assertThat(session.size()).isZero();
        }
    }

    @Test
    void whatIsMadeWithinItStaysUntilItCloses() {
        Scope session = Scope.detached("session");
        Tensor kept = session.within(() -> {
            try (Scope temporary = Scope.open("temporary")) {
                one();
                return temporary.keep(one().plus(2));
            }
        });
        assertThat(session.size()).isEqualTo(1);
        for (int i = 0; i < 50; i++) { // what would reuse the memory of a freed one
            try (Scope scope = Scope.open("work")) {
                one().plus(7);
            }
        }
        assertThat(kept.item()).isEqualTo(3);
        session.close();
        assertThatIllegalStateException().isThrownBy(kept::item).withMessageContaining("'session' closed");
        assertThatIllegalStateException()
                .isThrownBy(() -> session.within(DetachedScopeTest::one))
                .withMessage("scope 'session' is closed");
    }

    @Test
    void manyThreadsMakeTensorsWithinItAtOnce() {
        try (Scope session = Scope.detached("session")) {
            double sum = IntStream.range(0, 200)
                    .parallel()
                    .mapToObj(i -> session.within(() -> one().times(i)))
                    .mapToDouble(Tensor::item)
                    .sum();
            assertThat(sum).isEqualTo(199 * 200 / 2.0);
            assertThat(session.size()).isEqualTo(400);
        }
    }

    @Test
    void aTensorLeavesItForAnotherScope() {
        try (Scope scope = Scope.open("work")) {
            Scope session = Scope.detached("session");
            Tensor tensor = scope.adopt(session.within(() -> one().plus(4)));
            session.close();
            assertThat(tensor.item()).isEqualTo(5);
        }
    }

    @Test
    void gradientsFlowWithinIt() {
        try (Scope session = Scope.detached("session")) {
            Tensor gradient = session.within(() -> {
                Tensor w = FiniteDifferences.numbers(2, 2).requireGradient();
                Functional.linear(FiniteDifferences.numbers(3, 2), w, null)
                        .sum()
                        .backward();
                return w.gradient();
            });
            session.within(() -> assertThat(gradient.abs().max().item()).isPositive());
        }
    }

    @Test
    void aThreadsOwnScopeIsNotForWorkOfOthers() {
        try (Scope scope = Scope.open("work")) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> scope.within(DetachedScopeTest::one))
                    .withMessage("scope 'work' is its thread's own; work within Scope.detached(name) is done by any"
                            + " thread");
        }
    }

    @Test
    void itIsCappedAsAnyOther() {
        try (Scope session = Scope.detached("session").cap()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.within(DetachedScopeTest::one))
                    .withMessageStartingWith("scope 'session' is capped");
        }
    }
}
