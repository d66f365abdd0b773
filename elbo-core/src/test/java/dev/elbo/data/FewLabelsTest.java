package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.HostArray;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FewLabelsTest {
    /** Three classes in turn, and 40 examples of each. */
    private static final Split ALL = Stripes.of(1, 2, 2, 120).train();

    private static Map<Long, Integer> kept(Split split) {
        Map<Long, Integer> counts = new TreeMap<>();
        long[] labels = split.field("label").toHost().toLongs();
        boolean[] present = split.present("label");
        for (int i = 0; i < labels.length; i++) {
            if (present[i]) {
                counts.merge(labels[i], 1, Integer::sum);
            }
        }
        return counts;
    }

    @Test
    void asManyAreKeptOfEachClassGiveOrTakeOne() {
        assertThat(kept(new FewLabels("label", 9, 1).of(ALL))).isEqualTo(Map.of(0L, 3, 1L, 3, 2L, 3));
        assertThat(kept(new FewLabels("label", 10, 1).of(ALL)).values()).containsExactlyInAnyOrder(4, 3, 3);
    }

    @Test
    void whatIsKeptIsTheLabelItselfAndWhatIsHiddenIsNowhere() {
        Split few = new FewLabels("label", 9, 1).of(ALL);
        long[] before = ALL.field("label").toHost().toLongs();
        long[] after = few.field("label").toHost().toLongs();
        boolean[] present = few.present("label");
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isEqualTo(present[i] ? before[i] : 0);
        }
        assertThat(few.field("image")).isSameAs(ALL.field("image"));
    }

    @Test
    void theSeedSaysWhich() {
        boolean[] first = new FewLabels("label", 9, 1).of(ALL).present("label");
        assertThat(new FewLabels("label", 9, 1).of(ALL).present("label")).isEqualTo(first);
        assertThat(new FewLabels("label", 9, 2).of(ALL).present("label")).isNotEqualTo(first);
    }

    @Test
    void moreThanThereAreAreAll() {
        boolean[] present = new FewLabels("label", 1000, 1).of(ALL).present("label");
        boolean[] all = new boolean[120];
        Arrays.fill(all, true);
        assertThat(present).isEqualTo(all);
    }

    @Test
    void whatWasHiddenBeforeStaysHidden() {
        byte[] present = new byte[120];
        Arrays.fill(present, 0, 12, (byte) 1);
        Split partly = new Split(ALL.fields(), Map.of(), Map.of("label", HostArray.of(present, 120)));
        boolean[] seen = new FewLabels("label", 6, 1).of(partly).present("label");
        for (int i = 12; i < 120; i++) {
            assertThat(seen[i]).isFalse();
        }
    }

    @Test
    void aClassWithoutALabelIsRefused() {
        assertThatThrownBy(() -> new FewLabels("label", 2, 1).of(ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels must be at least 1 for each of the 3 classes of field 'label'; got 2");
    }
}
