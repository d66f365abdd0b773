package dev.elbo.generate;

import dev.elbo.data.Field;
import dev.elbo.model.SpeechVae;
import dev.elbo.model.WaveVocoder;
import dev.elbo.nn.Pass;
import dev.elbo.sound.Inversion;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * Waves of log-mel spectra by a trained vocoder. The same spectrum always sounds the same.
 *
 * @param frames what the model learned from
 * @param device where the model is
 */
public record NeuralVocoder(WaveVocoder model, Field.Frames frames, Device device) implements Inversion {
    /** Frames of the shortest spectrum that is turned back: half a frame is reflected at each end. */
    private static final int SHORTEST = 4;

    /**
     * The vocoder of a generator's model.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static NeuralVocoder of(Generator generator) {
        if (generator.model() instanceof WaveVocoder model
                && generator.spec().field(SpeechVae.SOUND) instanceof Field.Frames frames) {
            return new NeuralVocoder(model, frames, generator.device());
        }
        throw new IllegalArgumentException(
                "the model makes no waves of spectra; choose a run of recipe vocoder, as of ./elbo train vocoder --data fsdd");
    }

    @Override
    public MelAnalysis analysis() {
        return model.analysis();
    }

    /**
     * Itself, if it can turn back what another analysis has made.
     *
     * @throws IllegalArgumentException if rate, frames or bands differ
     */
    public NeuralVocoder of(MelAnalysis other) {
        if (analysis().equals(other)) {
            return this;
        }
        throw new IllegalArgumentException(
                "the vocoder turns " + described(analysis()) + " back into waves, and the model makes "
                        + described(other) + ". Train a vocoder on recordings that are read as the model's were");
    }

    private static String described(MelAnalysis analysis) {
        return analysis.bands() + " bands of " + analysis;
    }

    @Override
    public List<Wave> waves(List<HostArray> spectra, long seed) {
        return spectra.stream().map(this::wave).toList();
    }

    private Wave wave(HostArray spectrum) {
        int count = Math.toIntExact(spectrum.shape().size(0));
        if (count < SHORTEST) {
            return silence(count);
        }
        try (Scope work = Scope.open("vocoder");
                Inference use = Inference.begin()) {
            float[] values = spectrum.toFloats();
            float[] known =
                    frames.statistics().map(each -> each.standardised(values)).orElse(values);
            Tensor given = Tensor.of(HostArray.of(known, 1, count, analysis().bands()), device);
            Tensor mask = Tensor.zeros(device, 1, count, 1).plus(1);
            float[] samples = model.waves(given, mask, Pass.deterministic()).toFloats();
            return new Wave(samples, analysis().rateHz());
        }
    }
}
