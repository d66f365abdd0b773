package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.InAScope;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class MelodyTest {
    @Test
    void anOctaveIsTwentyFourQuarterTones() {
        assertThat(Melody.step(55)).isEqualTo(1);
        assertThat(Melody.step(110)).isEqualTo(25);
        assertThat(Melody.step(440)).isEqualTo(73);
        assertThat(Melody.step(1)).isEqualTo(1);
        assertThat(Melody.step(20_000)).isEqualTo(Melody.STEPS - 1);
    }

    @Test
    void aStateIsAsHighAsItsVoicedFramesAndVoicelessIfTheyAreFew() {
        float[] hertz = {55, 220, 0, 0, 0, 0, 440, 0, 0, 0, 0, 110};
        HostArray durations = HostArray.of(new long[] {2, 3, 0, 2, 0, 1}, 2, 3);

        HostArray steps = Melody.steps(HostArray.of(hertz, 2, 6, 1), durations);

        // 55 and 220 Hz: 110 in the mean of logarithms; silence; no frame; half of two; no frame; silence
        assertThat(steps.toLongs()).containsExactly(25, 0, 0, 73, 0, 0);
    }

    @Test
    void whatIsVoicelessIsNotRaisedAndNothingLeavesTheSteps() {
        assertThat(Melody.raised(0, 4)).isZero();
        assertThat(Melody.raised(10, -4)).isEqualTo(6);
        assertThat(Melody.raised(3, -4)).isEqualTo(1);
        assertThat(Melody.raised(94, 4)).isEqualTo(Melody.STEPS - 1);
    }

    @Test
    void eachFrameIsToldTheHeightOfItsState() {
        Melody melody = Melody.of(4, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));
        HostArray durations = HostArray.of(new long[] {2, 1, 0, 3}, 2, 2);
        HostArray steps = HostArray.of(new long[] {30, 0, 50, 30}, 2, 2);

        Tensor told = melody.along(steps, durations, 3, Device.CPU, Pass.deterministic());

        assertThat(told.shape()).isEqualTo(Shape.of(2, 3, 4));
        float[] first = told.get(0, 0).get(0, 0).toFloats();
        assertThat(told.get(0, 0).get(0, 1).toFloats()).isEqualTo(first);
        assertThat(told.get(0, 1).get(0, 2).toFloats()).isEqualTo(first);
        assertThat(told.get(0, 0).get(0, 2).toFloats())
                .isEqualTo(melody.look().bias().toFloats()); // voiceless
    }
}
