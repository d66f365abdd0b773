package dev.elbo.tensor;

import static dev.elbo.tensor.FiniteDifferences.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.Spectra.Frames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class SpectraTest {
    private static final Frames FRAMES = new Frames(8, 2);
    private static final double ROUNDING = 1e-12;

    private static Tensor window() {
        return Spectra.hann(FRAMES.size(), Device.CPU).to(DType.FLOAT64);
    }

    private static double at(Tensor tensor, long b, long f, long t) {
        return tensor.get(0, b).get(0, f).get(0, t).item();
    }

    @Test
    void hannsWindowIsItsFormula() {
        float[] window = Spectra.hann(8, Device.CPU).toFloats();
        for (int i = 0; i < 8; i++) {
            assertThat(window[i])
                    .isCloseTo((float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / 8)), within(2e-7f)); // two roundings
        }
    }

    @Test
    void aSpectrumIsTheFourierTransformOfAWindowedFrame() {
        Tensor waves = numbers(2, 20);
        Spectra spectra = Spectra.of(waves, FRAMES, window());
        assertThat(spectra.real().shape()).isEqualTo(Shape.of(2, 5, 11));
        double[] wave = waves.get(0, 1).toHost().toDoubles();
        double[] window = window().toHost().toDoubles();
        for (int t = 0; t < 11; t++) {
            for (int f = 0; f < 5; f++) {
                double real = 0;
                double imaginary = 0;
                for (int i = 0; i < 8; i++) {
                    double sample = window[i] * wave[reflected(2 * t + i - 4, 20)];
                    real += sample * Math.cos(2 * Math.PI * f * i / 8);
                    imaginary -= sample * Math.sin(2 * Math.PI * f * i / 8);
                }
                assertThat(at(spectra.real(), 1, f, t)).isCloseTo(real, within(ROUNDING));
                assertThat(at(spectra.imaginary(), 1, f, t)).isCloseTo(imaginary, within(ROUNDING));
                assertThat(at(spectra.power(), 1, f, t))
                        .isCloseTo(real * real + imaginary * imaginary, within(ROUNDING));
            }
        }
    }

    private static int reflected(int i, int length) {
        return i < 0 ? -i : i >= length ? 2 * (length - 1) - i : i;
    }

    @Test
    void wavesComeBackFromTheirSpectra() {
        Tensor waves = numbers(2, 21);
        Tensor back = Spectra.of(waves, FRAMES, window()).waves(FRAMES, window(), 21);
        assertThat(back.shape()).isEqualTo(Shape.of(2, 21));
        assertThat(back.minus(waves).abs().max().item()).isLessThan(ROUNDING);
    }

    @Test
    void gradientsOfSpectraAndOfWaves() {
        FiniteDifferences.check(a -> Spectra.of(a[0], FRAMES, window()).power(), numbers(2, 10));
        FiniteDifferences.check(
                a -> new Spectra(a[0], a[1]).waves(FRAMES, window(), 10),
                numbers(1, 5, 6),
                numbers(1, 5, 6).square());
    }

    @Test
    void framesThatLeaveSamplesOutAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Frames(4, 5))
                .withMessage("frames have at least as many samples as lie between them, and at least one; got 4"
                        + " samples, 5 apart");
    }
}
