package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Spectra;
import dev.elbo.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How far waves that a vocoder makes are from recordings, by their spectra: that of its analysis, and several of shorter and longer
 * frames. Yamamoto et al. (2020), Parallel WaveGAN, eq. 5 to 7; the mel term, Kong et al. (2020), HiFi-GAN, eq. 6:
 *
 * <pre>
 * λ mean |log mel(x) − log mel(x̂)| + mean over resolutions of ‖|S(x)| − |S(x̂)|‖ / ‖|S(x)|‖ + mean |log |S(x)| − log |S(x̂)||
 * </pre>
 *
 * With a critic, − log D(x̂) beside it: the critic learns to tell recordings from what is made, Goodfellow et al. (2014). In the place of
 * the whole recordings stand segments of them, drawn anew in each step.
 *
 * @param mel λ
 * @param segment frames of a segment
 * @param sizes samples of the frames of the further spectra; their hops are a quarter of it
 * @param critic of waves, [B, N] → [B, 1]
 */
public record WaveDistance(double mel, int segment, List<Integer> sizes, Optional<Layer> critic) implements Objective {
    /** The least magnitude that is told from silence, in parts of full scale. */
    private static final double FLOOR = 1e-5;

    /** Recordings of silence are no farther from silence than so. */
    private static final double LEAST_NORM = 1e-3;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if a segment is too short to have a spectrum, or λ negative
     */
    public WaveDistance {
        sizes = List.copyOf(sizes);
        if (segment < 8 || !(mel >= 0)) {
            throw new IllegalArgumentException(
                    "segments have 8 frames or more, and the weight of mel is 0 or more; got " + segment + " and "
                            + mel);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Pass pass = step.pass();
        String field = model.signature().observed().get(0);
        Batch some = segments(batch, field, pass.rng());
        Draw draw = model.draw(some, 1, pass);
        Tensor x = waves(some.get(field));
        Tensor made = waves(Objects.requireNonNull(draw.reconstructions().get(field))
                .likelihood()
                .centre()
                .squeeze(0));
        Map<String, Tensor> terms = Bound.termsOf(draw);
        Tensor bands = perElement(draw, some, model);
        Tensor convergence =
                mean(sizes.stream().map(size -> convergence(x, made, size)).toList());
        Tensor magnitudes =
                mean(sizes.stream().map(size -> magnitudes(x, made, size)).toList());
        Tensor total = bands.times(mel).plus(convergence).plus(magnitudes);
        terms.put("mel", bands);
        terms.put("convergence", convergence);
        terms.put("magnitudes", magnitudes);
        return critic.map(network -> judged(draw, x, made, network, total, terms, pass))
                .orElseGet(() -> {
                    terms.put("loss", total);
                    return Loss.of(draw, total, terms);
                });
    }

    private static Loss judged(
            Draw draw, Tensor x, Tensor made, Layer network, Tensor distance, Map<String, Tensor> terms, Pass pass) {
        Critic judge = new Critic(network);
        Tensor doubt = Critic.doubt(judge.frozen().logit(made, pass));
        Tensor ofReal = judge.logit(x, pass); // [B]
        Tensor ofMade = judge.logit(made.detach(), pass);
        Tensor criticLoss = Critic.loss(ofReal, ofMade);
        Tensor total = distance.plus(doubt);
        terms.put("adversarial", doubt);
        terms.put("loss", total); // of whom the critic judges
        return Loss.of(draw, total, terms)
                .beside(
                        criticLoss,
                        Map.of("criticLoss", criticLoss, "criticAccuracy", Critic.accuracy(ofReal, ofMade)));
    }

    /** mean |log mel(x) − log mel(x̂)|: the distortion is the sum of these, and of log 2 for each. */
    private static Tensor perElement(Draw draw, Batch some, LatentVariableModel model) {
        Tensor given = some.get(model.signature().conditions().get(0)); // [B, T, M]
        Tensor count =
                given.abs().sum(-1).greaterThan(0).to(given.dtype()).sum().times((double) given.size(-1));
        return draw.logLikelihood().sum().negate().over(count).minus(Math.log(2));
    }

    private static Tensor mean(List<Tensor> each) {
        return Tensor.stack(0, each.toArray(Tensor[]::new)).mean();
    }

    private static Tensor waves(Tensor rows) {
        return rows.reshape(rows.size(0), rows.size(1) * rows.size(2));
    }

    /** ‖|S(x)| − |S(x̂)|‖ / ‖|S(x)|‖ of each example, the mean of them. Yamamoto et al. (2020), eq. 6. */
    private static Tensor convergence(Tensor x, Tensor made, int size) {
        Tensor real = magnitude(x, size);
        Tensor distance = real.minus(magnitude(made, size))
                .square()
                .sum(-1, -2)
                .plus(FLOOR * FLOOR)
                .sqrt();
        return distance.over(real.square().sum(-1, -2).sqrt().plus(LEAST_NORM)).mean();
    }

    /** mean |log |S(x)| − log |S(x̂)||. Yamamoto et al. (2020), eq. 7. */
    private static Tensor magnitudes(Tensor x, Tensor made, int size) {
        return magnitude(x, size).log().minus(magnitude(made, size).log()).abs().mean();
    }

    /** |S|, [B, F, T], at least the floor. */
    private static Tensor magnitude(Tensor waves, int size) {
        Tensor whole = waves.pad(1, 0, Math.max(0, size - waves.size(1)), 0);
        Tensor window = Spectra.hann(size, waves.device()).times(4.0 / size); // a sine of amplitude 1 has a peak of 1
        Tensor power = Spectra.of(whole, new Spectra.Frames(size, Math.max(1, size / 4)), window)
                .power();
        return power.clamp(FLOOR * FLOOR, Float.MAX_VALUE).sqrt();
    }

    /** Segments of a batch's sequences, which begin where chance says. */
    private Batch segments(Batch batch, String field, Rng rng) {
        Tensor rows = batch.get(field);
        long frames = rows.size(1);
        if (frames <= segment) {
            return batch;
        }
        long[] lengths = batch.lengths(field).toHost().toLongs();
        float[] chance = rng.uniform(Shape.of(lengths.length)).toFloats();
        long[] wanted = new long[lengths.length * segment];
        for (int i = 0; i < lengths.length; i++) {
            long from = (long) (chance[i] * (Math.max(0, lengths[i] - segment) + 1));
            for (int t = 0; t < segment; t++) {
                wanted[i * segment + t] = i * frames + Math.min(frames - 1, from + t);
            }
        }
        Tensor indices = Tensor.of(HostArray.of(wanted, wanted.length), rows.device());
        Map<String, Tensor> cut = new HashMap<>();
        batch.lengths().keySet().stream()
                .filter(name -> batch.get(name).rank() == 3 && batch.get(name).size(1) == frames)
                .forEach(name -> cut.put(name, segments(batch.get(name), indices)));
        return new Batch(cut);
    }

    private Tensor segments(Tensor sequences, Tensor indices) {
        long channels = sequences.size(2);
        return sequences
                .reshape(sequences.size(0) * sequences.size(1), channels)
                .select(0, indices)
                .reshape(sequences.size(0), segment, channels);
    }
}
