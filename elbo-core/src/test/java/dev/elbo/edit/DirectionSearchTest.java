package dev.elbo.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.HostArray;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectionSearchTest {
    private static final Attribute FOUR = new Attribute("smile", "label", new boolean[] {false, true, false, true});

    @Test
    void theMeanDirectionLeadsFromOneMeanToTheOther() {
        HostArray codes = HostArray.of(new float[] {0, 0, 3, 1, 2, 0, 5, 1}, 4, 2);

        DirectionSearch.Found found = new DirectionSearch(codes, codes).find(FOUR, FOUR, Direction.Method.MEAN);

        assertThat(found.step()).containsExactly(3, 1); // (4, 1) less (1, 0)
        assertThat(found.accuracy()).isEqualTo(1);
    }

    @Test
    void aLinearDirectionPassesOverNumbersThatTellNothingApart() {
        Random random = new Random(1);
        float[] codes = new float[2 * 400];
        boolean[] has = new boolean[400];
        for (int i = 0; i < has.length; i++) {
            has[i] = i % 2 == 0;
            float shared = (float) (3 * random.nextGaussian());
            codes[2 * i] = shared + (has[i] ? 1 : -1);
            codes[2 * i + 1] = shared;
        }
        HostArray all = HostArray.of(codes, 400, 2);
        Attribute attribute = new Attribute("glasses", "label", has);

        DirectionSearch search = new DirectionSearch(all, all);

        // the mean difference points along the first number, in which most is what both share; their difference tells
        // all
        assertThat(search.find(attribute, attribute, Direction.Method.MEAN).accuracy())
                .isBetween(0.5, 0.75);
        assertThat(search.find(attribute, attribute, Direction.Method.LINEAR).accuracy())
                .isGreaterThan(0.95);
    }

    @Test
    void aLinearDirectionIsAsLongAsTheMeansLieApartAlongIt() {
        HostArray codes = HostArray.of(new float[] {0, 0, 3, 1, 2, 0, 5, 1}, 4, 2);
        float[] step = new DirectionSearch(codes, codes)
                .find(FOUR, FOUR, Direction.Method.LINEAR)
                .step();

        double along = 3 * step[0] + 1 * step[1];
        double square = step[0] * step[0] + step[1] * step[1];
        assertThat(along / square).isCloseTo(1, within(1e-5)); // FLOAT32
    }

    @Test
    void anAttributeThatAllHaveHasNoDirection() {
        HostArray codes = HostArray.of(new float[4], 4, 1);
        Attribute all = new Attribute("face", "label", new boolean[] {true, true, true, true});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DirectionSearch(codes, codes).find(all, all, Direction.Method.MEAN))
                .withMessage("'face' is said of 4 of 4 examples: a direction needs some with it and some without");
    }

    @Test
    void aNumberAboveItsMeanIsAnAttribute() {
        assertThat(Attribute.aboveMean("age", "attributes", new double[] {20, 30, 90})
                        .has())
                .containsExactly(false, false, true);
    }
}
