package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Laplace;
import dev.elbo.distribution.Masked;
import dev.elbo.nn.Conv1d;
import dev.elbo.nn.ConvNextBlock;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.LayerNorm;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.sound.MelAnalysis;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Spectra;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Waves of log-mel spectra: convolutions along the frames, which say magnitude and phase of each frequency of each frame, and the inverse
 * short-time Fourier transform of these. Siuzdak (2023), Vocos, section 3; arXiv:2306.00814. It has no latent variable.
 *
 * <p>What is scored of a wave is its log-mel spectrum, by a Laplace distribution of scale 1 around that of the wave that is made: samples
 * beside each other say little of how alike two waves sound.
 *
 * @param in from the bands of a frame
 * @param head to logarithms of magnitudes, and phases, [2 F, H]
 * @param analysis that made the spectra
 * @param signature the field "wave", given "sound"
 */
public record WaveVocoder(
        Conv1d in,
        LayerNorm norm,
        List<ConvNextBlock> blocks,
        LayerNorm last,
        Linear head,
        MelAnalysis analysis,
        Signature signature)
        implements LatentVariableModel {
    /** The field of the samples: a row of as many as lie between two frames for each frame. */
    public static final String WAVE = "wave";

    private static final int WIDTH = 7;

    /** The logarithm of magnitudes at first: about those of speech. */
    private static final double FIRST = -6;

    /** A model that has not learned yet may ask for more than full scale. */
    private static final double LOUDEST = Math.log(10);

    private static final double SOFTEST = -30;

    /** Copies the list. */
    public WaveVocoder {
        blocks = List.copyOf(blocks);
    }

    /** With initial weights. */
    public static WaveVocoder of(MelAnalysis analysis, long width, int blocks, Initializer initial) {
        return new WaveVocoder(
                Conv1d.of(analysis.bands(), width, WIDTH, 1, initial),
                LayerNorm.of(initial, width),
                IntStream.range(0, blocks)
                        .mapToObj(i -> ConvNextBlock.of(width, blocks, initial))
                        .toList(),
                LayerNorm.of(initial, width),
                Linear.of(width, 2L * analysis.frequencies(), initial),
                analysis,
                new Signature(List.of(WAVE), List.of(SpeechVae.SOUND), List.of()));
    }

    /**
     * Waves of spectra.
     *
     * @param spectra log-mel as the model observes them, [B, T, M]
     * @param mask 1 at frames that count and 0 at padding, [B, T, 1]
     * @return [B, (T − 1) · hop]
     */
    public Tensor waves(Tensor spectra, Tensor mask, Pass pass) {
        Tensor x = norm.forward(in.forward(spectra.times(mask), pass), pass);
        for (ConvNextBlock block : blocks) {
            x = block.among(x, mask, pass);
        }
        // products may be of few bits; spectra are not
        Tensor said =
                head.forward(last.forward(x, pass), pass).to(DType.FLOAT32).transpose(1, 2); // [B, 2 F, T]
        long frequencies = analysis.frequencies();
        Tensor magnitudes = said.narrow(1, 0, frequencies)
                .plus(FIRST)
                .clamp(SOFTEST, LOUDEST)
                .exp();
        Tensor phases = said.narrow(1, frequencies, frequencies);
        return analysis.waves(new Spectra(magnitudes.times(phases.cos()), magnitudes.times(phases.sin())));
    }

    /** Waves of a batch's spectra as rows, [B, T, hop], 0 behind the end of each. */
    private Tensor rows(Batch given, Tensor mask, Pass pass) {
        Tensor spectra = given.get(SpeechVae.SOUND);
        Tensor padded = waves(spectra, mask, pass).pad(-1, 0, analysis.hop(), 0);
        Tensor ofSamples =
                mask.narrow(1, 1, mask.size(1) - 1).pad(1, 0, 1, 0); // of T frames, T − 1 have samples behind them
        return padded.reshape(spectra.size(0), spectra.size(1), analysis.hop()).times(ofSamples);
    }

    /** 1 at frames that count: none of a spectrum is 0 in all bands, and padding is. */
    private static Tensor mask(Batch given) {
        Tensor spectra = given.get(SpeechVae.SOUND);
        return spectra.abs().sum(-1).greaterThan(0).to(DType.FLOAT32).unsqueeze(-1);
    }

    /** With one sample, whatever K: nothing is drawn. */
    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Tensor x = scored.get(WAVE);
        Tensor mask = mask(read);
        Tensor made = rows(read, mask, pass);
        Tensor expected = logMel(made);
        Masked spectrum = new Masked(new Laplace(expected, expected.zerosLike(), 2), mask);
        return new Draw(
                List.of(),
                Map.of(
                        WAVE,
                        new Reconstruction(
                                wave(made.unsqueeze(0)),
                                spectrum.logProb(logMel(x)).unsqueeze(0))));
    }

    private static Laplace wave(Tensor made) {
        return new Laplace(made, made.detach().zerosLike(), 2);
    }

    /** [B, T, hop] → [B, T, M]. */
    private Tensor logMel(Tensor rows) {
        Tensor waves = flat(rows);
        long missing = Math.max(0, analysis.size() - waves.size(1)); // a frame is reflected at both ends
        return analysis.logMel(waves.pad(1, 0, missing, 0)).narrow(1, 0, rows.size(1));
    }

    /** Rows of samples one after the other, [B, T, hop] → [B, T · hop]. */
    public static Tensor flat(Tensor rows) {
        return rows.reshape(rows.size(0), rows.size(1) * rows.size(2));
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        return Map.of();
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        signature.conditions().forEach(conditions::get); // one that is missing is named
        return Map.of();
    }

    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature);
        return Map.of(WAVE, wave(rows(conditions, mask(conditions), pass)));
    }
}
