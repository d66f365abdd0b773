package dev.elbo.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Spectra;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class MelAnalysisTest {
    private static final MelAnalysis SMALL = new MelAnalysis(800, 16, 4, 5, 20, 400);

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    @Test
    void logMelIsItsFormula() {
        Wave wave = Recorded.glide(800, 0.1); // 80 samples
        float[] x = wave.samples();
        double[] frames = SMALL.frames(wave).toDoubles();
        float[] filters = SMALL.filters(Device.CPU).toFloats();
        for (int t = 0; t < 21; t++) {
            for (int band = 0; band < 5; band++) {
                double sum = 0;
                for (int f = 0; f <= 8; f++) {
                    double real = 0;
                    double imaginary = 0;
                    for (int i = 0; i < 16; i++) {
                        int at = 4 * t + i - 8;
                        double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / 16);
                        double sample = hann / 4 * x[at < 0 ? -at : at >= 80 ? 2 * 79 - at : at];
                        real += sample * Math.cos(2 * Math.PI * f * i / 16);
                        imaginary += sample * Math.sin(2 * Math.PI * f * i / 16);
                    }
                    sum += filters[band * 9 + f] * Math.hypot(real, imaginary);
                }
                assertThat(frames[t * 5 + band])
                        .isCloseTo(Math.log(Math.max(MelAnalysis.FLOOR, sum)), within(1e-4)); // 32-bit sums, in log
            }
        }
    }

    @Test
    void spectraOfAWaveGoBackToIt() {
        Tensor wave = Tensor.of(Recorded.glide(800, 0.1).samples(), 1, 80);

        Tensor again = SMALL.waves(Spectra.of(wave, SMALL.cut(), SMALL.window(Device.CPU)));

        assertThat(again.shape()).isEqualTo(Shape.of(1, 80));
        assertThat(again.minus(wave).abs().max().item()).isLessThan(1e-5); // 32-bit sums of 16 terms, there and back
    }

    @Test
    void filtersAreTrianglesThatAddUpToOneBetweenTheFirstAndTheLastCentre() {
        MelAnalysis analysis = MelAnalysis.of(16_000);
        float[] filters = analysis.filters(Device.CPU).toFloats();
        double step = (mel(8000) - mel(0)) / 81;
        for (int f = 0; f <= 512; f++) {
            double sum = 0;
            for (int band = 0; band < 80; band++) {
                sum += filters[band * 513 + f];
                assertThat(filters[band * 513 + f]).isBetween(0f, 1f);
            }
            double place = mel(f * 16_000 / 1024.0) / step; // 1 … 80 at the centres
            if (place > 12 && place < 80) { // lower bands lie between two frequencies, and some take the nearer
                assertThat(sum).isCloseTo(1, within(1e-5));
            }
        }
    }

    @Test
    void everyBandOfTheUsualAnalysesHearsSomething() {
        for (int rate : new int[] {8000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000}) {
            MelAnalysis analysis = MelAnalysis.of(rate);
            double least = analysis.filters(Device.CPU).sum(1).min().item();
            assertThat(least).as(analysis.toString()).isPositive();
        }
    }

    @Test
    void aSineOfFullScaleHasThePeakOneInItsBandAndSilenceTheFloor() {
        MelAnalysis analysis = MelAnalysis.of(8000);
        Wave sine = Recorded.sine(8000, 0.5, 1000, 1); // frequency 32 of the spectrum

        double peak = Tensor.of(analysis.frames(sine), Device.CPU)
                .narrow(0, 10, 40)
                .max()
                .item();

        assertThat(peak).isBetween(-0.4, 0.7); // Hann spreads it as ½, 1, ½ over a band's triangle
        assertThat(analysis.frames(Recorded.of(8000, 0.1, t -> 0)).toFloats()).containsOnly((float) Math.log(1e-5));
    }

    @Test
    void aBatchIsItsWaves() {
        Wave a = Recorded.glide(8000, 0.4);
        Wave b = Recorded.noise(8000, 0.4, 0.1);
        MelAnalysis analysis = MelAnalysis.of(8000);
        Tensor both = Tensor.stack(0, Tensor.of(a.samples(), 3200), Tensor.of(b.samples(), 3200));

        Tensor frames = analysis.logMel(both);

        assertThat(frames.shape()).isEqualTo(Shape.of(2, 51, 48));
        assertThat(frames.get(0, 0).toFloats())
                .containsExactly(analysis.frames(a).toFloats(), within(1e-4f));
        assertThat(frames.get(0, 1).toFloats())
                .containsExactly(analysis.frames(b).toFloats(), within(1e-4f));
    }

    @Test
    void theFirstSamplesDoNotDependOnWhatFollows() {
        MelAnalysis analysis = MelAnalysis.of(8000);
        HostArray one = analysis.frames(Recorded.sine(8000, 0.01, 500, 0.5));

        assertThat(one.shape()).isEqualTo(Shape.of(3, 48)); // 80 samples: two hops
        assertThat(analysis.framesPerSecond()).isEqualTo(125);
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        double[] wave = new double[40];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = Math.sin(1 + 0.7 * i + 0.03 * i * i);
        }
        Tensor x = doubles(wave).requireGradient();
        loss(x).backward();
        double[] gradient = x.gradient().toHost().toDoubles();
        double step = 1e-6;
        for (int i = 0; i < wave.length; i++) {
            double kept = wave[i];
            wave[i] = kept + step;
            double above = loss(doubles(wave)).item();
            wave[i] = kept - step;
            double below = loss(doubles(wave)).item();
            wave[i] = kept;
            // step² times third derivatives up to 10⁷, as a logarithm has them near 0
            assertThat(gradient[i]).isCloseTo((above - below) / (2 * step), within(1e-5));
        }
    }

    private static Tensor doubles(double... values) {
        return Tensor.of(HostArray.of(values, 1, values.length), Device.CPU);
    }

    /** Weights that differ, so that gradients do not cancel. */
    private static Tensor loss(Tensor wave) {
        Tensor frames = SMALL.logMel(wave);
        Tensor weights = Tensor.arange(frames.shape().elements(), Device.CPU)
                .to(DType.FLOAT64)
                .times(0.37)
                .sin()
                .reshape(frames.shape());
        return frames.times(weights).sum();
    }

    @Test
    void silenceHasGradientsThatAreNumbers() {
        Tensor x = Tensor.zeros(Device.CPU, 1, 64).requireGradient();

        SMALL.logMel(x).sum().backward();

        assertThat(x.gradient().toFloats()).containsOnly(0f);
    }

    @Test
    void itIsReadBackFromItsJson() {
        assertThat(MelAnalysis.of(MelAnalysis.of(22_050).toJson())).isEqualTo(MelAnalysis.of(22_050));
    }

    @Test
    void wrongSizesAndRatesAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MelAnalysis(8000, 256, 200, 48, 0, 4000))
                .withMessageContaining("got 256 samples, 200 apart");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MelAnalysis(8000, 256, 64, 48, 0, 8000))
                .withMessageContaining("within 0 and 4000.0 Hz; got 0.0 to 8000.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MelAnalysis.of(8000).frames(Recorded.sine(16_000, 0.1, 100, 1)))
                .withMessageContaining("Use resampled(8000)");
    }
}
