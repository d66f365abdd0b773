package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.HostArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void eachColumnHasItsMeanAndDeviation() {
        Split rows = new Split(Map.of("row", HostArray.of(new float[] {1, 10, 5, 3, 10, 5}, 2, 3)));

        assertThat(fitted(new Field.Table(3), rows))
                .isEqualTo(new Statistics(List.of(2.0, 10.0, 5.0), List.of(1.0, 1.0, 1.0)));
    }

    @Test
    void paddingAndWhatIsMissingDoNotCount() {
        HostArray frames = HostArray.of(new float[] {2, 4, 99, 6, 99, 99, 77, 77, 77}, 3, 3, 1);
        Split split = new Split(
                Map.of("row", frames),
                Map.of("row", HostArray.of(new long[] {2, 1, 3}, 3)),
                Map.of("row", HostArray.of(new byte[] {1, 1, 0}, 3)));

        Statistics found = fitted(new Field.Frames(1, 3, 50), split);
        assertThat(found.mean()).containsExactly(4.0);
        assertThat(found.scale().get(0)).isCloseTo(Math.sqrt(8 / 3.0), within(1e-15)); // the last bit of a double
    }

    @Test
    void offsetThatDwarfsTheSpreadDoesNotHideIt() {
        float[] values = new float[4000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1e6f + (i % 2);
        }
        Statistics found = fitted(new Field.Table(1), new Split(Map.of("row", HostArray.of(values, 4000, 1))));

        assertThat(found.scale().get(0)).isCloseTo(0.5, within(1e-9)); // of sums of 4000 terms in double
    }

    @Test
    void fieldsThatAreFittedOrAreNotMeasuredStayAsTheyAre() {
        Statistics known = new Statistics(List.of(7.0), List.of(3.0));
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("row", new Field.Table(1).with(known));
        fields.put("label", new Field.Category(List.of("a")));
        DataSpec spec = new DataSpec("data", fields, "me");
        Split split = new Split(Map.of("row", HostArray.of(new float[2], 2, 1), "label", HostArray.of(new long[2], 2)));

        assertThat(spec.fitted(split)).isEqualTo(spec);
    }

    @Test
    void restoringUndoesStandardising() {
        Statistics statistics = new Statistics(List.of(0.0, 7.0), List.of(1.0, 4.0));

        assertThat(statistics.standardised(3, 1)).isEqualTo(-1);
        assertThat(statistics.restored(-1, 1)).isEqualTo(3);
    }

    @Test
    void scaleIsPositiveAndThereIsOneForEachMean() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Statistics(List.of(1.0), List.of(0.0)))
                .withMessage("means are finite, and scales are positive too; got means [1.0] and scales [0.0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Statistics(List.of(1.0), List.of()))
                .withMessage("each column has a mean and a scale; got 1 means and 0 scales");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Field.Table(2).with(new Statistics(List.of(1.0), List.of(1.0))))
                .withMessage("statistics of 1 columns for 2");
    }

    private static Statistics fitted(Field field, Split train) {
        Field found =
                new DataSpec("data", Map.of("row", field), "").fitted(train).field("row");
        return ((Field.Measured) found).statistics().orElseThrow();
    }
}
