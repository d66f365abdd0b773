package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefetcherTest {
    @Test
    void bringsWhatEachStepNeeds() {
        Prefetcher<Long> prefetcher = new Prefetcher<>(step -> step * step, 1);

        for (long step = 100; step < 300; step++) {
            assertThat(prefetcher.at(step)).isEqualTo(step * step);
        }
        assertThat(prefetcher.at(3)).as("after going back").isEqualTo(9);
    }

    @Test
    void readsEachOnceAndAheadOfItsStep() throws InterruptedException {
        Set<Long> read = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        CountDownLatch ahead = new CountDownLatch(9);
        Prefetcher<Long> prefetcher = new Prefetcher<>(
                step -> {
                    if (!read.add(step)) {
                        twice.incrementAndGet();
                    }
                    ahead.countDown();
                    return step;
                },
                1);

        prefetcher.at(0);
        ahead.await(); // all of 0 to 8, though only 0 was asked for

        assertThat(read).hasSize(9);
        IntStream.range(0, 50).forEach(prefetcher::at);
        assertThat(twice).hasValue(0);
    }

    @Test
    void tellsOfAFailureAndTriesAgain() {
        AtomicInteger failures = new AtomicInteger();
        Prefetcher<Long> prefetcher = new Prefetcher<>(
                step -> {
                    if (step == 5 && failures.getAndIncrement() == 0) {
                        throw new UncheckedIOException("disk", new IOException("disk"));
                    }
                    return step;
                },
                1);

        assertThat(prefetcher.at(4)).isEqualTo(4);
        assertThatThrownBy(() -> prefetcher.at(5))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("disk");
        assertThat(prefetcher.at(5)).isEqualTo(5);
    }
}
