package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.HostArray;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureSpaceTest {
    private static final HostArray BLACK_GREY_WHITE =
            HostArray.of(new byte[] {0, 0, (byte) 51, (byte) 51, (byte) 255, (byte) 255}, 3, 1, 1, 2);

    @Test
    void thePictureItselfIsNearestAndWhiteIsOneAwayFromBlack() {
        HostArray both = HostArray.of(new float[] {0, 0, 1, 1}, 2, 1, 1, 2);
        List<List<CodeSpace.Near>> near = new PictureSpace(BLACK_GREY_WHITE).nearest(both, 3);

        assertThat(near.get(0)).extracting(CodeSpace.Near::row).containsExactly(0, 1, 2);
        assertThat(near.get(0).get(0).distance()).isZero();
        assertThat(near.get(0).get(2).distance()).isEqualTo(1);
        assertThat(near.get(1)).extracting(CodeSpace.Near::row).containsExactly(2, 1, 0);
    }

    @Test
    void asManyAreFoundAsAreAskedForAndNoMoreThanThereAre() {
        HostArray black = HostArray.of(new byte[] {0, 0}, 1, 1, 1, 2);
        assertThat(new PictureSpace(BLACK_GREY_WHITE).nearest(black, 2).get(0))
                .extracting(CodeSpace.Near::row)
                .containsExactly(0, 1);
        assertThat(new PictureSpace(BLACK_GREY_WHITE).nearest(black, 9).get(0)).hasSize(3);
    }

    @Test
    void picturesOfAnotherSizeHaveNoDistance() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PictureSpace(BLACK_GREY_WHITE).nearest(HostArray.of(new float[4], 1, 1, 2, 2), 1))
                .withMessageContaining("of one size");
    }
}
