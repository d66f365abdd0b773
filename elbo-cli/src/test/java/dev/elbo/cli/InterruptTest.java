package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptTest {
    private final List<String> notes = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private long millis;
    private final Interrupt interrupt =
            new Interrupt(notes::add, () -> TimeUnit.MILLISECONDS.toNanos(millis), ends::add);

    private void come(int code, long atMillis) {
        millis = atMillis;
        interrupt.come(code);
    }

    @Test
    void twoSignalsWithinASecondAreOne() {
        come(130, 0);
        come(130, 3);
        come(143, 999);
        assertThat(interrupt.isWished()).isTrue();
        assertThat(interrupt.exitCode()).isEqualTo(130);
        assertThat(notes).hasSize(1);
        assertThat(ends).isEmpty();
    }

    @Test
    void aSignalAfterASecondEndsAtOnce() {
        come(130, 0);
        come(143, 1001);
        assertThat(ends).containsExactly(143);
    }

    @Test
    void aSignalAfterTheTrainingEndsAtOnceAndSaysHowToGoOn() {
        interrupt.endAtOnce("go on with: resume");
        come(143, 0);
        assertThat(ends).containsExactly(143);
        assertThat(notes).containsExactly("go on with: resume");
        assertThat(interrupt.isWished()).isFalse();
    }

    @Test
    void theSecondOfTwoSignalsMayComeAfterTheTrainingHasEnded() {
        come(130, 0);
        interrupt.endAtOnce("go on with: resume");
        come(130, 500);
        assertThat(ends).isEmpty();
        assertThat(notes).hasSize(1);
    }
}
