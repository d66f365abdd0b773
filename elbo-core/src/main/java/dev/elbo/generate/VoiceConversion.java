package dev.elbo.generate;

import dev.elbo.data.Batch;
import dev.elbo.data.Field;
import dev.elbo.model.SpeechVae;
import dev.elbo.model.VoiceVae;
import dev.elbo.nn.Pass;
import dev.elbo.option.NearestName;
import dev.elbo.sound.Inversion;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.MelInversion;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was said, said by another voice.
 *
 * <pre>{@code
 * Wave other = VoiceConversion.of(generator).convert(wave, "theo");
 * }</pre>
 *
 * @param frames what the model makes
 * @param analysis that made the frames it learned from
 * @param voices who may speak
 * @param device where the model is
 * @param inversion what makes waves of spectra
 */
public record VoiceConversion(
        VoiceVae model,
        Field.Frames frames,
        MelAnalysis analysis,
        List<String> voices,
        Device device,
        Inversion inversion) {
    /** Of the phases that an inversion begins with: the same recording always sounds the same. */
    private static final long SEED = 0;

    /** Copies. */
    public VoiceConversion {
        voices = List.copyOf(voices);
    }

    /**
     * The conversion by a generator's model.
     *
     * @throws IllegalArgumentException if it cannot exchange voices, or learned from no recordings
     */
    public static VoiceConversion of(Generator generator) {
        if (generator.model() instanceof VoiceVae model
                && generator.spec().field(SpeechVae.SOUND) instanceof Field.Frames frames
                && frames.analysis().isPresent()) {
            return new VoiceConversion(
                    model,
                    frames,
                    frames.analysis().get(),
                    generator.spec().field(SpeechVae.VOICE).names(),
                    generator.device(),
                    MelInversion.standard(frames.analysis().get()));
        }
        throw new IllegalArgumentException(
                "the model exchanges no voices; choose a run of recipe voice-vae that was trained on recordings");
    }

    /**
     * A recording with another voice, at the rate and the loudness of those that the model learned from.
     *
     * @throws IllegalArgumentException if there is no such voice, or the recording is silent
     */
    public Wave convert(Wave wave, String voice) {
        int number = voices.indexOf(voice);
        if (number < 0) {
            throw new IllegalArgumentException(NearestName.message("voice", voice, voices));
        }
        Wave heard = wave.resampled(analysis.rateHz()).levelled();
        if (heard.peak() == 0) {
            throw new IllegalArgumentException(
                    "the recording is silent; there is nothing to be said by '" + voice + "'");
        }
        HostArray spectrum = analysis.frames(heard);
        return inversion.wave(converted(spectrum, number), SEED);
    }

    /**
     * The same through a vocoder.
     *
     * @throws IllegalArgumentException if that is of spectra of another rate or other bands
     */
    public VoiceConversion through(NeuralVocoder vocoder) {
        return new VoiceConversion(model, frames, analysis, voices, device, vocoder.of(analysis));
    }

    private HostArray converted(HostArray spectrum, int voice) {
        int count = Math.toIntExact(spectrum.shape().size(0));
        try (Scope work = Scope.open("conversion");
                Inference use = Inference.begin()) {
            Pass pass = Pass.deterministic();
            Batch heard = new Batch(Map.of(
                    SpeechVae.SOUND,
                    Tensor.of(HostArray.of(standardised(spectrum), 1, count, frames.channels()), device),
                    SpeechVae.VOICE,
                    Tensor.of(HostArray.of(new long[] {voice}, 1), device)));
            Tensor made = Objects.requireNonNull(
                            model.decode(model.encode(heard, pass), heard, pass).get(SpeechVae.SOUND))
                    .centre();
            float[] values = Arrays.copyOf(made.toFloats(), count * frames.channels());
            return HostArray.of(
                    frames.statistics().map(known -> known.restored(values)).orElse(values), count, frames.channels());
        }
    }

    private float[] standardised(HostArray spectrum) {
        float[] values = spectrum.toFloats();
        return frames.statistics().map(known -> known.standardised(values)).orElse(values);
    }
}
