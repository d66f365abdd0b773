package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Order;
import dev.elbo.data.Pixels;
import dev.elbo.data.Streamed;
import dev.elbo.data.TinyText;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final DataSource TEXT = TinyText.of(60);

    private static List<long[]> steps(Examples examples) {
        Batches batches = new Batches(examples, Order.of(examples.split(), 3, 8, 1));
        List<long[]> steps = new ArrayList<>();
        for (long step = 0; step < 2 * batches.perEpoch(); step++) {
            Batch part = batches.at(step, 2, 5, Rng.seeded(1, Device.CPU));
            steps.add(part.get("text").toHost().toLongs());
            steps.add(part.lengths("text").toHost().toLongs());
        }
        return steps;
    }

    @Test
    void sentencesAreTheSameWhetherTheyAreHeldOrRead() {
        try (Scope scope = Scope.open("test")) {
            List<long[]> held = steps(new Examples(TEXT.train(), TEXT.spec(), Pixels.GREY, 1, Device.CPU));
            List<long[]> read = steps(Streamed.examples(TEXT.train(), TEXT.spec(), Pixels.GREY, 1));

            assertThat(held).hasSize(28).containsExactlyElementsOf(read);
        }
    }
}
