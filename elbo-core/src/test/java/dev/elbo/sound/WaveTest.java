package dev.elbo.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveTest {
    /** What the filter lets pass differs by less than −80 dB, and 32-bit sums by less than that. */
    private static final double STOP_BAND = 1e-4;

    /** Root of the mean square, without the ends that a filter reaches beyond. */
    private static double effective(Wave wave) {
        float[] samples = wave.samples();
        int margin = wave.rateHz() / 20;
        double sum = 0;
        for (int i = margin; i < samples.length - margin; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / (samples.length - 2 * margin));
    }

    @ParameterizedTest
    @CsvSource({"8000, 16000", "16000, 8000", "44100, 16000", "48000, 22050", "22050, 24000", "11025, 8000"})
    void aSineKeepsItsFrequencyAndItsAmplitudeAtAnotherRate(int from, int to) {
        Wave resampled = Recorded.sine(from, 0.4, 1000, 0.5).resampled(to);

        Wave expected = Recorded.sine(to, 0.4, 1000, 0.5);
        assertThat(resampled.samples()).hasSameSizeAs(expected.samples());
        int margin = to / 20;
        for (int i = margin; i < expected.samples().length - margin; i++) {
            assertThat(resampled.samples()[i]).isCloseTo(expected.samples()[i], within((float) STOP_BAND));
        }
    }

    @ParameterizedTest
    @CsvSource({"16000, 8000, 4100", "44100, 16000, 8300", "48000, 8000, 15000"})
    void whatLiesAboveTheNewHalfOfTheRateIsNotFoldedBack(int from, int to, double hertz) {
        assertThat(effective(Recorded.sine(from, 0.5, hertz, 1).resampled(to))).isLessThan(STOP_BAND);
    }

    @Test
    void aConstantStaysAndTheSameRateIsTheSameWave() {
        Wave constant = Recorded.of(8000, 0.5, t -> 0.5);

        assertThat(constant.resampled(8000)).isSameAs(constant);
        assertThat(constant.resampled(11_025).samples()[2700]).isCloseTo(0.5f, within((float) STOP_BAND));
    }

    @Test
    void trimmingLeavesTheSoundAndSomeOfThePausesAroundIt() {
        Wave wave = Recorded.of(8000, 2, t -> (t >= 0.5 && t < 1.5 ? 0.3 : 0.001) * Math.sin(2000 * t));

        Wave trimmed = wave.trimmed();

        assertThat(trimmed.samples()).hasSize(8000 + 2 * 400);
        assertThat(trimmed.samples()[400 + 7]).isEqualTo(wave.samples()[4007]);
        assertThat(trimmed.trimmed()).isEqualTo(trimmed);
    }

    @Test
    void loudnessIsThatOfTheSoundWithoutThePauses() {
        Wave sine = Recorded.sine(8000, 1, 400, 0.9);
        float[] withPause = Arrays.copyOf(sine.samples(), 24_000);

        Wave levelled = new Wave(withPause, 8000).levelled(-26);

        double amplitude = Math.sqrt(2) * Math.pow(10, -26 / 20.0);
        assertThat(levelled.peak()).isCloseTo(amplitude, within(1e-4)); // no sample need meet the sine's peak
    }

    @Test
    void aLoudPeakLimitsTheLoudness() {
        Wave click = Recorded.of(8000, 1, t -> t == 0.5 ? 0.5 : 0.001 * Math.sin(400 * t));

        assertThat(click.levelled(0).peak()).isCloseTo(0.99, within(1e-6));
    }

    @Test
    void silenceStaysAsItIs() {
        Wave silence = Recorded.of(8000, 1, t -> 0);

        assertThat(silence.levelled()).isSameAs(silence);
        assertThat(silence.trimmed()).isSameAs(silence);
        assertThat(silence.peak()).isZero();
    }

    @Test
    void whatWasCutAtFullScaleIsCounted() {
        Wave cut = Recorded.of(8000, 1, t -> Math.max(-1, Math.min(1, 2 * Math.sin(2 * Math.PI * 100 * t))));

        assertThat(cut.clipped()).isCloseTo(2 / 3.0, within(0.03)); // |sin| > 1/2, but for 2 samples of 80 a period
        assertThat(Recorded.sine(8000, 1, 100, 1).clipped()).isLessThan(0.1);
        assertThat(Recorded.sine(8000, 1, 100, 0.9).clipped()).isZero();
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Wave(new float[] {0, Float.NaN}, 8000))
                .withMessage("sample 1 of a wave is NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> new Wave(new float[1], 0));
    }
}
