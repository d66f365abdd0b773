package dev.elbo.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.InAScope;
import dev.elbo.data.Field;
import dev.elbo.model.WaveVocoder;
import dev.elbo.nn.Initializer;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.Recorded;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class NeuralVocoderTest {
    private static final MelAnalysis ANALYSIS = MelAnalysis.of(8000);

    private final NeuralVocoder vocoder = new NeuralVocoder(
            WaveVocoder.of(ANALYSIS, 8, 1, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU)),
            new Field.Frames(ANALYSIS, 100),
            Device.CPU);

    @Test
    void aWaveHasAsManySamplesAsItsSpectrumTells() {
        HostArray frames = ANALYSIS.frames(Recorded.glide(8000, 0.32));
        HostArray tooShort = frames.rows(0, 2);

        List<Wave> waves = vocoder.waves(List.of(frames, tooShort), 1);

        assertThat(waves.get(0).samples()).hasSize(2560);
        assertThat(waves.get(0).peak()).isPositive();
        assertThat(waves.get(1)).isEqualTo(new Wave(new float[64], 8000));
    }

    @Test
    void spectraOfAnotherAnalysisAreRefused() {
        assertThat(vocoder.of(MelAnalysis.of(8000))).isSameAs(vocoder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vocoder.of(MelAnalysis.of(16_000)))
                .withMessageContaining("48 bands of log-mel of 8000 Hz")
                .withMessageContaining("80 bands of log-mel of 16000 Hz")
                .withMessageContaining("Train a vocoder");
    }
}
