package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private long seconds = 100;
    private final Pace pace = new Pace(() -> TimeUnit.SECONDS.toNanos(seconds));

    /** The seconds at which a line is due, of those that are asked for every second. */
    private List<Long> due(long until) {
        List<Long> due = new ArrayList<>();
        for (long second = 0; second <= until; second++) {
            seconds = 100 + second;
            if (pace.isDue()) {
                due.add(second);
            }
        }
        return due;
    }

    @Test
    void linesComeEveryFiveSecondsAtFirstAndEveryMinuteInTheEnd() {
        List<Long> due = due(3600);
        assertThat(due).startsWith(5L, 10L, 15L).hasSizeBetween(60, 100);
        assertThat(due.get(due.size() - 1) - due.get(due.size() - 2)).isEqualTo(60);
    }

    @Test
    void whatIsSoonOverIsNotSpokenOf() {
        assertThat(due(4)).isEmpty();
    }
}
