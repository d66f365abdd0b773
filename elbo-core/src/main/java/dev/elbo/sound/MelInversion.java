package dev.elbo.sound;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Spectra;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Waves whose log-mel spectra are close to given ones, without anything learned. First the magnitudes S ≥ 0 with the least
 * ‖F S − mel‖², by the multiplicative steps of Lee and Seung (2001); then the phases that steady tones would have ({@link SteadyPhases}),
 * which Griffin and Lim (1984) make better, with the momentum of Perraudin, Balazs and Søndergaard (2013): the projections onto spectra of waves and onto the magnitudes take turns, and each goes on in the
 * direction of the last change.
 *
 * @param analysis that made the spectra
 * @param turns of the two projections
 * @param momentum 0 for Griffin and Lim's, below 1 for Perraudin's
 */
public record MelInversion(MelAnalysis analysis, int turns, double momentum) implements Inversion {
    private static final int MAGNITUDE_STEPS = 12;

    /** A frame is as long as four hops, and half of one is reflected at each end. */
    private static final int SHORTEST = 4;

    /** A model that has not learned yet may ask for more than full scale, and is not to break everything. */
    private static final double LOUDEST = Math.log(10);

    /** Keeps 0 / 0 away; far below what is told from silence. */
    private static final double TINY = 1e-9;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if there are no turns, or the momentum is not in 0 … 1
     */
    public MelInversion {
        if (turns < 1 || !(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException(
                    "an inversion has 1 turn or more and a momentum in 0 … 1; got " + turns + " and " + momentum);
        }
    }

    /**
     * 12 turns with a momentum of 0.99. Recordings come as near to themselves as after 32 turns from phases of chance; more turns cost
     * more than they bring.
     */
    public static MelInversion standard(MelAnalysis analysis) {
        return new MelInversion(analysis, 12, 0.99);
    }

    /**
     * Waves of log-mel spectra; without gradients.
     *
     * @param logMel FLOAT32 [B, T, M], 4 frames or more: more than half a frame of samples
     * @param rng the phases of the first frames
     * @return [B, N], N = (T − 1) · hop: as many samples as have T frames
     */
    public Tensor waves(Tensor logMel, Rng rng) {
        try (Scope scope = Scope.open("inversion");
                Inference use = Inference.begin()) {
            Tensor mel = logMel.clamp(Math.log(MelAnalysis.FLOOR), LOUDEST).exp();
            return scope.keep(withPhases(magnitudes(mel).transpose(1, 2), rng));
        }
    }

    /** S ← S · mel F / (S Fᵀ F), [B, T, F]: no step makes the distance larger, and what is positive stays so. */
    private Tensor magnitudes(Tensor mel) {
        Tensor filters = analysis.filters(mel.device()); // [M, F]
        Tensor back = filters.transpose(0, 1);
        Tensor target = mel.matmul(filters);
        Tensor magnitudes = target.copy();
        for (int step = 0; step < MAGNITUDE_STEPS; step++) {
            try (Scope scope = Scope.open("magnitudes")) {
                magnitudes.timesInPlace(
                        target.over(magnitudes.matmul(back).matmul(filters).plus(TINY)));
            }
        }
        return magnitudes;
    }

    private Tensor withPhases(Tensor magnitudes, Rng rng) {
        Tensor window = analysis.window(magnitudes.device());
        long length = (magnitudes.size(-1) - 1) * analysis.hop();
        Tensor angles = new SteadyPhases(analysis.size(), analysis.hop()).of(magnitudes, rng);
        Spectra spectra = new Spectra(magnitudes.times(angles.cos()), magnitudes.times(angles.sin()));
        Spectra before = new Spectra(magnitudes.zerosLike(), magnitudes.zerosLike());
        for (int turn = 0; turn < turns; turn++) {
            try (Scope scope = Scope.open("turn")) {
                Spectra now = Spectra.of(spectra.waves(analysis.cut(), window, length), analysis.cut(), window);
                Spectra ahead =
                        new Spectra(ahead(now.real(), before.real()), ahead(now.imaginary(), before.imaginary()));
                Tensor scale = magnitudes.over(ahead.power().sqrt().plus(TINY));
                spectra.real().assign(ahead.real().times(scale));
                spectra.imaginary().assign(ahead.imaginary().times(scale));
                before.real().assign(now.real());
                before.imaginary().assign(now.imaginary());
            }
        }
        return spectra.waves(analysis.cut(), window, length);
    }

    /** Beyond the projection in the direction of its last change: now + α (now − before), but for a factor that the next step removes. */
    private Tensor ahead(Tensor now, Tensor before) {
        return now.minus(before.times(momentum / (1 + momentum)));
    }

    /** The waves of log-mel spectra, which are turned back together. */
    @Override
    public List<Wave> waves(List<HostArray> spectra, long seed) {
        int longest = spectra.stream().mapToInt(MelInversion::count).max().orElse(0);
        if (longest < SHORTEST) {
            return spectra.stream().map(each -> silence(count(each))).toList();
        }
        try (Scope scope = Scope.open("inversion")) {
            Tensor logMel = Tensor.of(together(spectra, longest), Device.CPU);
            float[] all = waves(logMel, Rng.seeded(seed, Device.CPU)).toFloats();
            List<Wave> waves = new ArrayList<>();
            for (int i = 0; i < spectra.size(); i++) {
                int from = i * samples(longest);
                int count = count(spectra.get(i));
                waves.add(
                        count < SHORTEST
                                ? silence(count)
                                : new Wave(Arrays.copyOfRange(all, from, from + samples(count)), analysis.rateHz()));
            }
            return List.copyOf(waves);
        }
    }

    private static int count(HostArray frames) {
        return Math.toIntExact(frames.shape().size(0));
    }

    private int samples(int frames) {
        return (frames - 1) * analysis.hop();
    }

    /** In a batch, with silence behind the end of each: [B, T, M]. */
    private HostArray together(List<HostArray> spectra, int longest) {
        int row = longest * analysis.bands();
        float[] all = new float[spectra.size() * row];
        Arrays.fill(all, (float) Math.log(MelAnalysis.FLOOR));
        for (int i = 0; i < spectra.size(); i++) {
            float[] values = spectra.get(i).toFloats();
            System.arraycopy(values, 0, all, i * row, values.length);
        }
        return HostArray.of(all, spectra.size(), longest, analysis.bands());
    }
}
