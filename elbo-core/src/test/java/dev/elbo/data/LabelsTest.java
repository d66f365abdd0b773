package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.HostArray;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LabelsTest {
    /** A hundred each of the classes 0 and 1, and five of class 2. */
    private static final long[] CLASSES =
            LongStream.range(0, 205).map(i -> i < 200 ? i % 2 : 2).toArray();

    private static final Split SPLIT = new Split(Map.of("label", HostArray.of(CLASSES, 205)));

    private static long[] kept(Split split) {
        boolean[] present = split.present("label");
        return IntStream.range(0, present.length)
                .filter(i -> present[i])
                .mapToLong(i -> CLASSES[i])
                .sorted()
                .toArray();
    }

    @Test
    void labelsAreKeptEvenlyOverTheClasses() {
        assertThat(kept(Labels.keep(SPLIT, "label", 6, 1))).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(kept(Labels.keep(SPLIT, "label", 4, 1))).containsExactly(0, 0, 1, 2);
        assertThat(kept(Labels.keep(SPLIT, "label", 0, 1))).isEmpty();
    }

    @Test
    void classThatHasTooFewGivesAllOfThem() {
        long[] kept = kept(Labels.keep(SPLIT, "label", 25, 1));

        assertThat(LongStream.range(0, 3)
                        .map(label ->
                                Arrays.stream(kept).filter(c -> c == label).count()))
                .containsExactly(10L, 10L, 5L);
    }

    @Test
    void choiceIsAFunctionOfTheSeed() {
        boolean[] first = Labels.keep(SPLIT, "label", 30, 1).present("label");

        assertThat(Labels.keep(SPLIT, "label", 30, 1).present("label")).isEqualTo(first);
        assertThat(Labels.keep(SPLIT, "label", 30, 2).present("label")).isNotEqualTo(first);
    }

    @Test
    void hiddenLabelsCannotBeRead() {
        Split hidden = Labels.keep(SPLIT, "label", 6, 1);

        assertThat(Arrays.stream(hidden.field("label").toHost().toLongs()).sum())
                .isEqualTo(1 + 1 + 2 + 2);
        assertThat(hidden.select(new long[] {200, 201, 202, 203, 204})
                        .field("label")
                        .toHost()
                        .toLongs())
                .contains(0);
        assertThat(hidden.field("label")).hasToString("INT64 [205]");
    }

    @Test
    void whatLackedALabelIsNotGivenOne() {
        Split ones = SPLIT.hide("label", row -> row % 2 == 0);

        assertThat(kept(Labels.keep(ones, "label", 102, 1))).hasSize(102).containsOnly(1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labels.keep(ones, "label", 103, 1))
                .withMessage("103 labels of field 'label' cannot be kept: 102 of 205 observations have one");
    }

    @Test
    void hiddenSentenceHasNoLength() {
        Split text = TinyText.of(4).train().hide("text", row -> row == 1);

        assertThat(text.lengths("text")[1]).isZero();
        assertThat(text.lengths("text")[2]).isPositive();
        assertThat(text.slice(1, 2).field("text").toHost().toLongs()).containsOnly(0);
        assertThat(text.present("text")).containsExactly(true, false, true, true);
    }
}
