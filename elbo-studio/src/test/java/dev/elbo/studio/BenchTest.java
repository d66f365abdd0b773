package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.DataSource;
import dev.elbo.run.RunDirectory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BenchTest {
    private static TinyStudio tiny;

    @BeforeAll
    static void open() throws IOException {
        tiny = TinyStudio.open();
    }

    @AfterAll
    static void close() throws IOException {
        tiny.close();
    }

    @Test
    void theModelAnswersWhileTheDataOpen() throws IOException, InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RunDirectory run = RunDirectory.open(tiny.runs().resolve("tiny"));
        try (Bench bench = new Bench(run, (RunDirectory whose) -> {
            begun.countDown();
            return afterwards(goOn);
        })) {
            CompletableFuture<Long> examples = CompletableFuture.supplyAsync(() -> {
                try {
                    return bench.askOfData(asked -> 1L);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
            begun.await();

            assertThat(bench.<Long>ask(asked -> asked.model().step())).isPositive();
            assertThat(examples).isNotDone();

            goOn.countDown();
            assertThat(examples.join()).isEqualTo(1);
        }
    }

    private static DataSource afterwards(CountDownLatch goOn) throws IOException {
        try {
            goOn.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        throw new IOException("there are no data");
    }
}
