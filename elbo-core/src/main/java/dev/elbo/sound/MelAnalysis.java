package dev.elbo.sound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Spectra;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/**
 * Log-mel spectra of waves, and all that must be known to invert them: log max(F |S|, 10⁻⁵), where S are the spectra of Hann-windowed
 * frames and F the triangular filters of mel bands (Davis and Mermelstein 1980), whose peaks are 1. Spectra are in parts of full scale: a
 * sine of amplitude 1 has a peak of |S| = 1, so that the floor lies 100 dB below it, under the noise of 16 bits.
 *
 * <pre>{@code
 * MelAnalysis analysis = MelAnalysis.of(wave.rateHz());
 * HostArray frames = analysis.frames(wave);                              // [T, M]
 * Wave again = MelInversion.standard(analysis).wave(frames, seed);
 * }</pre>
 *
 * @param rateHz samples a second of the waves
 * @param size samples of a frame
 * @param hop samples from one frame to the next; half a frame or less
 * @param bands M
 * @param lowestHz where the lowest band begins
 * @param highestHz where the highest band ends; half of the rate or less
 */
public record MelAnalysis(int rateHz, int size, int hop, int bands, double lowestHz, double highestHz) {
    /** The least that is told from silence, −100 dB of full scale. */
    public static final double FLOOR = 1e-5;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public MelAnalysis {
        if (rateHz < 1 || size < 2 || hop < 1 || size < 2 * hop || bands < 1) {
            throw new IllegalArgumentException(
                    "an analysis has frames of twice as many samples as lie between them, and a band" + " or more; got "
                            + size + " samples, " + hop + " apart, " + bands + " bands, " + rateHz + " Hz");
        }
        if (!(lowestHz >= 0 && lowestHz < highestHz && highestHz <= rateHz / 2.0)) {
            throw new IllegalArgumentException("the bands of waves of " + rateHz + " Hz lie within 0 and "
                    + rateHz / 2.0 + " Hz; got " + lowestHz + " to " + highestHz);
        }
    }

    /**
     * The usual analysis of speech: 48 bands of frames of 256 samples, 64 apart, below 13 kHz; 80 bands of 1,024 samples, 256 apart,
     * up to 32 kHz; beyond that, frames twice as long.
     */
    public static MelAnalysis of(int rateHz) {
        int hop = rateHz < 13_000 ? 64 : rateHz <= 32_000 ? 256 : 512;
        return new MelAnalysis(rateHz, 4 * hop, hop, hop == 64 ? 48 : 80, hop == 64 ? 60 : 0, rateHz / 2.0);
    }

    /** The same with other bands. */
    public MelAnalysis bands(int count) {
        return new MelAnalysis(rateHz, size, hop, count, lowestHz, highestHz);
    }

    /** Frames in a second. */
    public double framesPerSecond() {
        return (double) rateHz / hop;
    }

    /** The number of frequencies of a spectrum, F = size / 2 + 1. */
    public int frequencies() {
        return size / 2 + 1;
    }

    Spectra.Frames cut() {
        return new Spectra.Frames(size, hop);
    }

    /** Hann's window, so scaled that a sine of amplitude 1 has a peak of 1: its samples add up to size / 2, and a sine to half of it. */
    Tensor window(Device device) {
        return Spectra.hann(size, device).times(4.0 / size);
    }

    /**
     * The filters of the bands, whose centres are even in mel (O'Shaughnessy's 2595 log₁₀(1 + f / 700)). A band that lies between two
     * frequencies of the spectrum has the nearer one.
     *
     * @return FLOAT32 [M, F]
     */
    Tensor filters(Device device) {
        return Tensor.of(HostArray.of(filters(), bands, frequencies()), device);
    }

    private float[] filters() {
        double[] edges = new double[bands + 2];
        double from = mel(lowestHz);
        double step = (mel(highestHz) - from) / (bands + 1);
        Arrays.setAll(edges, i -> hertz(from + step * i) * size / rateHz); // in frequencies of the spectrum
        float[] filters = new float[bands * frequencies()];
        for (int band = 0; band < bands; band++) {
            double sum = 0;
            for (int f = 0; f < frequencies(); f++) {
                double rise = (f - edges[band]) / (edges[band + 1] - edges[band]);
                double fall = (edges[band + 2] - f) / (edges[band + 2] - edges[band + 1]);
                double weight = Math.max(0, Math.min(rise, fall));
                filters[band * frequencies() + f] = (float) weight;
                sum += weight;
            }
            if (sum == 0) {
                filters[band * frequencies() + (int) Math.round(edges[band + 1])] = 1;
            }
        }
        return filters;
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }

    /**
     * The log-mel spectra of waves, with gradients. The first frame is centred at the first sample; at both ends, waves are reflected.
     *
     * @param waves FLOAT32 or FLOAT64 [B, N], more than half a frame long
     * @return [B, T, M] of T = N / hop + 1 frames
     */
    public Tensor logMel(Tensor waves) {
        Spectra spectra = Spectra.of(waves, cut(), window(waves.device()).to(waves.dtype()));
        // far below the floor: at 0 the root's slope would be infinite
        Tensor magnitudes = spectra.power().clamp(1e-20, Float.MAX_VALUE).sqrt(); // [B, F, T]
        return filters(waves.device())
                .to(waves.dtype())
                .matmul(magnitudes)
                .clamp(FLOOR, Float.MAX_VALUE)
                .log()
                .transpose(1, 2);
    }

    /**
     * The waves of spectra that are cut as these are, with gradients.
     *
     * @param spectra [B, F, T]
     * @return [B, (T − 1) · hop]
     */
    public Tensor waves(Spectra spectra) {
        long length = (spectra.real().size(-1) - 1) * hop;
        return spectra.waves(cut(), window(spectra.real().device()), length);
    }

    /**
     * The log-mel spectrum of a wave, FLOAT32 [T, M]. Behind its end is silence up to a whole frame, so that T = ⌈N / hop⌉ + 1.
     *
     * @throws IllegalArgumentException if it has another rate, or no samples
     */
    public HostArray frames(Wave wave) {
        if (wave.rateHz() != rateHz || wave.samples().length == 0) {
            throw new IllegalArgumentException("a wave of " + wave.samples().length + " samples, " + wave.rateHz()
                    + " a second; expected some, " + rateHz + " a second. Use resampled(" + rateHz + ")");
        }
        int whole = (wave.samples().length + hop - 1) / hop * hop;
        float[] padded = Arrays.copyOf(wave.samples(), Math.max(size, whole));
        try (Scope scope = Scope.open("analysis");
                Inference use = Inference.begin()) {
            HostArray all = logMel(Tensor.of(padded, 1, padded.length)).toHost();
            return all.reshape(all.shape().size(1), bands).rows(0, whole / hop + 1L);
        }
    }

    /** All of it. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("rateHz", rateHz)
                .put("size", size)
                .put("hop", hop)
                .put("bands", bands)
                .put("lowestHz", lowestHz)
                .put("highestHz", highestHz);
    }

    /**
     * What {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static MelAnalysis of(JsonNode json) {
        return new MelAnalysis(
                json.path("rateHz").asInt(),
                json.path("size").asInt(),
                json.path("hop").asInt(),
                json.path("bands").asInt(),
                json.path("lowestHz").asDouble(-1),
                json.path("highestHz").asDouble());
    }

    @Override
    public String toString() {
        return "log-mel of " + rateHz + " Hz, frames of " + size + " samples, " + hop + " apart, bands from " + lowestHz
                + " to " + highestHz + " Hz";
    }
}
