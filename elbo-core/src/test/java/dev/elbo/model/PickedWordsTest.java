package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class PickedWordsTest {
    private static final int EXAMPLES = 400;
    private static final long[] POEM = {4, 5, 6, 3, 0};

    private final PickedWords picked = new PickedWords(Device.CPU);
    private final Batch poems = Batch.of(
            Map.of(
                    "text",
                    HostArray.of(
                            Arrays.stream(new long[EXAMPLES][])
                                    .flatMapToLong(row -> Arrays.stream(POEM))
                                    .toArray(),
                            EXAMPLES,
                            POEM.length),
                    "label",
                    HostArray.of(new long[EXAMPLES], EXAMPLES)),
            Device.CPU);

    private long[] of(Batch given, Pass pass) {
        return picked.of(given, pass).toHost().toLongs();
    }

    @Test
    void halfOfPoemsHaveTwoNeighboursAsTheirKeywordAndTheOthersNone() {
        long[] words = of(poems, Pass.training(Rng.seeded(1, Device.CPU)));

        int none = 0;
        int ofTheEnd = 0;
        for (int i = 0; i < words.length; i += 2) {
            none += words[i] == 1 ? 1 : 0;
            ofTheEnd += words[i] == 6 ? 1 : 0;
            assertThat(words[i + 1]).isEqualTo(words[i] == 1 || words[i] == 6 ? 1 : words[i] + 1);
        }
        assertThat(none).isBetween(160, 240); // four deviations of a fair coin thrown 400 times
        assertThat(ofTheEnd).isPositive();
    }

    @Test
    void noneIsPickedWhenPoemsAreEvaluatedAndWhatIsAskedForIsTaken() {
        assertThat(of(poems, Pass.evaluation(Rng.seeded(1, Device.CPU)))).containsOnly(1);
        Batch asked = Batch.of(
                Map.of(
                        "keyword", HostArray.of(new long[] {7, 8}, 1, 2),
                        "label", HostArray.of(new long[] {0}, 1)),
                Device.CPU);
        assertThat(of(asked, Pass.evaluation(Rng.seeded(1, Device.CPU)))).containsExactly(7, 8);
    }
}
