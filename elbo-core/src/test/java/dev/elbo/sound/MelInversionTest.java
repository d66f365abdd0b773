package dev.elbo.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class MelInversionTest {
    private static final MelAnalysis ANALYSIS = MelAnalysis.of(8000);

    /** The mean distance of two log-mel spectra where the first is within 40 dB of its peak, in dB. */
    private static double distance(HostArray a, HostArray b) {
        Tensor x = Tensor.of(a, Device.CPU);
        Tensor audible = x.atLeast(x.max().plus(-40 / 20.0 * Math.log(10))).to(x.dtype());
        Tensor apart = x.minus(Tensor.of(b, Device.CPU)).abs().times(20 / Math.log(10));
        return apart.times(audible).sum().item() / audible.sum().item();
    }

    @Test
    void aSoundComesBackWithTheSpectrumThatItHad() {
        Wave wave = Recorded.glide(8000, 0.8);
        HostArray frames = ANALYSIS.frames(wave);

        Wave again = MelInversion.standard(ANALYSIS).wave(frames, 7);

        assertThat(again.samples()).hasSize(6400);
        assertThat(again.peak()).isBetween(0.5 * wave.peak(), 2 * wave.peak());
        // speech is found at 0.6 dB (mel-cepstral) after this; a just noticeable change of level is 1 dB; a glide is
        // harder
        assertThat(distance(frames, ANALYSIS.frames(again))).isLessThan(1.5);
    }

    @Test
    void momentumComesCloserThanGriffinAndLimAlone() {
        HostArray frames = ANALYSIS.frames(Recorded.glide(8000, 0.8));

        double with = distance(frames, ANALYSIS.frames(new MelInversion(ANALYSIS, 30, 0.99).wave(frames, 7)));
        double without = distance(frames, ANALYSIS.frames(new MelInversion(ANALYSIS, 30, 0).wave(frames, 7)));

        assertThat(with).isLessThan(without);
    }

    @Test
    void theSameSeedGivesTheSameWaveAndABatchItsWaves() {
        HostArray frames = ANALYSIS.frames(Recorded.noise(8000, 0.2, 0.1));
        MelInversion inversion = new MelInversion(ANALYSIS, 5, 0.99);
        Tensor two = Tensor.of(frames, Device.CPU).unsqueeze(0).expand(Shape.of(2, 26, 48));

        Tensor waves = inversion.waves(two, Rng.seeded(3, Device.CPU));

        assertThat(inversion.wave(frames, 3)).isEqualTo(inversion.wave(frames, 3));
        assertThat(waves.shape()).isEqualTo(Shape.of(2, 1600));
        assertThat(waves.allFinite().item()).isEqualTo(1);
    }

    @Test
    void wavesOfSeveralLengthsAreAsLongAsTheirSpectraAndTooFewFramesAreSilence() {
        HostArray longer = ANALYSIS.frames(Recorded.glide(8000, 0.8));
        HostArray shorter = ANALYSIS.frames(Recorded.glide(8000, 0.4));
        HostArray tooShort = HostArray.of(new float[2 * 48], 2, 48);

        List<Wave> waves = MelInversion.standard(ANALYSIS).waves(List.of(shorter, tooShort, longer), 7);

        assertThat(waves).extracting(wave -> wave.samples().length).containsExactly(3200, 64, 6400);
        assertThat(waves.get(1).peak()).isZero();
        assertThat(distance(shorter, ANALYSIS.frames(waves.get(0)))).isLessThan(2);
    }

    @Test
    void silenceBecomesSilence() {
        HostArray frames = ANALYSIS.frames(Recorded.of(8000, 0.2, t -> 0));

        assertThat(MelInversion.standard(ANALYSIS).wave(frames, 1).peak()).isLessThan(1e-3);
    }

    @Test
    void noTurnsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MelInversion(ANALYSIS, 0, 0.5))
                .withMessageContaining("got 0 and 0.5");
    }
}
