package dev.elbo.bench.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.sound.Pitch;
import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistancesTest {
    private static final double ROUNDING = 1e-5; // of log-mel frames in single precision, times some dB for each unit
    private static final int BANDS = 48;

    private static HostArray frames(int word, int voice, long seed) {
        return Tones.spoken(word, voice, seed).utterance().frames();
    }

    /** Each frame so many times. */
    private static HostArray slower(HostArray frames, int times) {
        List<HostArray> rows = new ArrayList<>();
        for (int t = 0; t < frames.shape().size(0); t++) {
            for (int i = 0; i < times; i++) {
                rows.add(frames.rows(t, t + 1));
            }
        }
        return HostArray.concat(rows);
    }

    @Test
    void aCopyIsAtNoDistance() {
        HostArray frames = frames(0, 0, 1);
        SpectralDistance distance = SpectralDistance.of(frames, frames);
        assertThat(distance.cepstral()).isZero();
        assertThat(distance.logSpectral()).isZero();
        assertThat(distance.path().path()).allMatch(pair -> pair.i() == pair.j());
    }

    @Test
    void aSlowerCopyIsAtNoDistance() {
        HostArray frames = frames(1, 0, 1);
        SpectralDistance distance = SpectralDistance.of(frames, slower(frames, 2));
        assertThat(distance.cepstral()).isZero();
        assertThat(distance.logSpectral()).isZero();
    }

    @Test
    void distancesAreSymmetric() {
        HostArray one = frames(0, 0, 1);
        HostArray other = frames(1, 1, 2);
        SpectralDistance there = SpectralDistance.of(one, other);
        SpectralDistance back = SpectralDistance.of(other, one);
        assertThat(there.cepstral())
                .isCloseTo(back.cepstral(), within(ROUNDING))
                .isPositive();
        assertThat(there.logSpectral()).isCloseTo(back.logSpectral(), within(ROUNDING));
    }

    @Test
    void loudnessMovesTheLogSpectrumAloneAndByItsDecibels() {
        HostArray frames = frames(0, 0, 1);
        float[] louder = frames.toFloats();
        for (int i = 0; i < louder.length; i++) {
            louder[i] += (float) (Math.log(10) / 20 * 6);
        }
        SpectralDistance distance =
                SpectralDistance.of(frames, HostArray.of(louder, frames.shape().sizes()));
        assertThat(distance.cepstral()).isCloseTo(0, within(ROUNDING));
        assertThat(distance.logSpectral()).isCloseTo(6, within(ROUNDING));
    }

    @Test
    void oneCepstralCoefficientIsItsDecibels() {
        float[] cosine = new float[BANDS];
        for (int m = 0; m < BANDS; m++) {
            cosine[m] = (float) (0.5 * Math.cos(Math.PI * 3 * (m + 0.5) / BANDS)); // c₃ = ½
        }
        HostArray flat = HostArray.of(new float[BANDS], 1, BANDS);
        HostArray bent = HostArray.of(cosine, 1, BANDS);
        assertThat(MelCepstra.of(bent)[0][2]).isCloseTo(0.5, within(ROUNDING));
        assertThat(SpectralDistance.of(flat, bent).cepstral())
                .isCloseTo(10 * Math.sqrt(2) / Math.log(10) * 0.5, within(ROUNDING));
    }

    @Test
    void aPathCostsLeastOfAll() {
        double[][] cost = {{1, 9, 2}, {3, 1, 9}, {2, 7, 1}};
        TimeWarping path = TimeWarping.of(3, 3, (i, j) -> cost[i][j]);
        assertThat(path.cost()).isEqualTo(3);
        assertThat(path.path())
                .containsExactly(new TimeWarping.Pair(0, 0), new TimeWarping.Pair(1, 1), new TimeWarping.Pair(2, 2));
        assertThat(path.mean()).isEqualTo(1);
        assertThat(TimeWarping.of(1, 3, (i, j) -> 1).path()).hasSize(3);
    }

    @Test
    void aToneHasItsPitchThroughNoise() {
        for (int hertz = 80; hertz <= 400; hertz += 40) {
            double[] track = Pitch.SPEECH.track(tone(hertz), 8000, 64);
            double[] inner = Arrays.copyOfRange(track, 5, track.length - 5); // whole windows
            for (double f : inner) {
                // 20 cents: noise 20 dB below moves the minimum of a period of 20 samples or more by a quarter of one
                assertThat(1200 / Math.log(2) * Math.log(f / hertz)).isCloseTo(0, within(20.0));
            }
        }
    }

    private static float[] tone(double hertz) {
        java.util.SplittableRandom random = new java.util.SplittableRandom(1);
        float[] wave = new float[4000];
        for (int i = 0; i < wave.length; i++) {
            double phase = 2 * Math.PI * hertz * i / 8000;
            double noise = Math.sqrt(12) * (random.nextDouble() - 0.5); // variance 1
            wave[i] = (float) (0.5 * Math.sin(phase) + 0.25 * Math.sin(2 * phase) + 0.04 * noise);
        }
        return wave;
    }

    @Test
    void noiseAndSilenceHaveNoPitch() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(1);
        float[] noise = new float[4000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (random.nextDouble() - 0.5);
        }
        assertThat(Arrays.stream(Pitch.SPEECH.track(noise, 8000, 64)).filter(f -> f > 0))
                .isEmpty();
        assertThat(Pitch.SPEECH.track(new float[4000], 8000, 64)).hasSize(63).containsOnly(Double.NaN);
    }

    @Test
    void anOctaveIsTwelveHundredCents() {
        TimeWarping path = TimeWarping.of(3, 3, (i, j) -> i == j ? 0 : 1);
        double[] low = {100, 100, Double.NaN};
        double[] high = {200, 200, 200};
        PitchDistance distance = PitchDistance.of(low, high, path);
        assertThat(distance.hertz()).isEqualTo(100);
        assertThat(distance.cents()).isCloseTo(1200, within(1e-9));
        assertThat(distance.voicing()).isEqualTo(1.0 / 3);
        assertThat(distance.voiced()).isEqualTo(2);
    }

    @Test
    void vectorsThatPartVoicesHaveNoEqualError() {
        List<Similarity.Of> who = List.of(of("a1", "a"), of("a2", "a"), of("b1", "b"), of("b2", "b"));
        double[] x = {1, 0};
        double[] y = {0, 1};
        assertThat(Similarity.of(who, List.of(x, x, y, y))).isEqualTo(new Similarity(1, 0, 0));
        // of 2 pairs of one voice none is nearer than half of the 4 pairs of two
        assertThat(Similarity.of(who, List.of(x, y, x, y)).equalError()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(Similarity.of(who.subList(0, 2), List.of(x, x)).equalError()).isNaN();
    }

    private static Similarity.Of of(String name, String voice) {
        return new Similarity.Of(name, voice);
    }
}
