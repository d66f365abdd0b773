package dev.elbo.edit;

import dev.elbo.data.Batch;
import dev.elbo.data.Field;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Factorised;
import dev.elbo.distribution.Support;
import dev.elbo.generate.Generator;
import dev.elbo.generate.LatentPath;
import dev.elbo.generate.Shown;
import dev.elbo.model.Draw;
import dev.elbo.model.Variable;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Seams;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a model of pictures does with a picture. Pictures are FLOAT32 [1, C, H, W] in 0 … 1 and of the size that the model knows; {@code
 * dev.elbo.data.UploadedPicture} brings others to it.
 *
 * @param field of the pictures
 * @param given the model's conditions, by field, of one example; none of an unconditional model
 */
public record PictureEditor(Generator generator, String field, Map<String, HostArray> given) {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /**
     * For a model of pictures.
     *
     * @throws IllegalArgumentException if it observes something else
     */
    public static PictureEditor of(Generator generator, Map<String, HostArray> given) {
        String field = generator.model().signature().observed().get(0);
        if (!(generator.spec().field(field) instanceof Field.Image)) {
            throw new IllegalArgumentException("this is no model of pictures: it is one of '" + field + "', "
                    + generator.spec().field(field).kind());
        }
        if (generator.model().signature().latents().isEmpty()) {
            throw new IllegalArgumentException(
                    "the model has no latent variable, so that a picture has no code to change");
        }
        return new PictureEditor(generator, field, given);
    }

    /** What the model's pictures are. */
    public Field.Image image() {
        return (Field.Image) generator.spec().field(field);
    }

    /**
     * Makes sure that latents are vectors, which can be moved and mixed by parts.
     *
     * @param what is to be done, for the message
     * @throws IllegalArgumentException if one is not
     */
    public void requireVectors(String what) {
        for (Variable latent : generator.model().signature().latents()) {
            if (latent.kind() != Variable.Kind.VECTOR || latent.support() == Support.ONE_HOT) {
                throw new IllegalArgumentException(what + " needs latents that are vectors, and '" + latent.name()
                        + "' is of codes or classes; choose a run of picture-vae, conv-vae, deep-vae or the like");
            }
        }
    }

    /** Centres of the posteriors of a picture, by latent, [1, event...]. */
    public Map<String, HostArray> encode(HostArray picture) {
        try (Scope scope = Scope.open("encoding")) {
            return generator.codes(batch(picture));
        }
    }

    private Batch batch(HostArray picture) {
        Map<String, HostArray> fields = new LinkedHashMap<>(given);
        fields.put(field, picture);
        return Batch.of(fields, generator.device());
    }

    /** What latents become, FLOAT32 [N, C, H, W]. */
    public HostArray decode(Map<String, HostArray> latents) {
        int count = (int) latents.values().iterator().next().shape().size(0);
        Map<String, HostArray> conditions = new LinkedHashMap<>();
        given.forEach((name, value) -> conditions.put(name, HostArray.concat(Collections.nCopies(count, value))));
        Shown shown =
                Objects.requireNonNull(generator.decode(latents, conditions).get(field));
        return shown.pictures().orElseThrow();
    }

    /**
     * The way from one picture to another, both ends included, FLOAT32 [steps, C, H, W].
     *
     * @param spherical on an arc, not a straight line
     */
    public HostArray morph(HostArray from, HostArray to, int steps, boolean spherical) {
        requireVectors("a way from one picture to another");
        Map<String, HostArray> a = encode(from);
        Map<String, HostArray> b = encode(to);
        Map<String, HostArray> way = new LinkedHashMap<>();
        a.forEach((name, start) -> {
            try (Scope scope = Scope.open("way")) {
                Tensor first = flat(start);
                Tensor last = flat(Objects.requireNonNull(b.get(name)));
                Tensor path =
                        spherical ? LatentPath.spherical(first, last, steps) : LatentPath.linear(first, last, steps);
                long[] sizes = start.shape().sizes().clone();
                sizes[0] = steps;
                way.put(name, path.reshape(sizes).toHost());
            }
        });
        return decode(way);
    }

    private static Tensor flat(HostArray one) {
        return Tensor.of(one.toFloats(), one.shape().elements());
    }

    /**
     * Latents of one picture, some of them in the place of another's.
     *
     * @param taken the latents that are those of {@code a}
     * @throws IllegalArgumentException naming the latents, if one is none
     */
    public HostArray mix(HostArray a, HostArray b, List<String> taken) {
        taken.forEach(generator.model().signature()::latent);
        Map<String, HostArray> of = encode(a);
        Map<String, HostArray> mixed = new LinkedHashMap<>(encode(b));
        taken.forEach(name -> mixed.put(name, Objects.requireNonNull(of.get(name))));
        return decode(mixed);
    }

    /** The second picture with an attribute as the first has it: its code moves along the direction to where the first's lies. */
    public HostArray mix(HostArray a, HostArray b, Direction direction) {
        Map<String, HostArray> from = encode(b);
        return decode(direction.moved(from, direction.place(encode(a)) - direction.place(from)));
    }

    /**
     * The latents that are likeliest given some pixels of a picture: those that minimise −log p(x_known|z) − log p(z), by Adam from those
     * of the whole picture.
     *
     * @param known 1 where a pixel counts and 0 where it does not, [1, C, H, W]
     * @param steps of Adam
     * @param rate of learning
     * @throws IllegalArgumentException if the likelihood does not score pixels one by one, or latents are not vectors
     */
    public Map<String, HostArray> fitted(HostArray picture, HostArray known, int steps, double rate) {
        requireVectors("fitting latents to a picture");
        Map<String, HostArray> best = encode(picture);
        Map<String, Moments> moments = new LinkedHashMap<>();
        best.forEach(
                (name, code) -> moments.put(name, new Moments(code.toFloats().clone())));
        for (int step = 1; step <= steps; step++) {
            try (Scope scope = Scope.open("step of fitting");
                    Seams off = Seams.off()) {
                Map<String, Tensor> z = new LinkedHashMap<>();
                List<Tensor> leaves = new ArrayList<>();
                best.forEach((name, code) -> {
                    Tensor leaf = Tensor.of(
                                    HostArray.of(
                                            Objects.requireNonNull(moments.get(name)).values,
                                            code.shape().sizes()),
                                    generator.device())
                            .requireGradient();
                    z.put(name, leaf);
                    leaves.add(leaf);
                });
                List<Tensor> gradients = loss(z, picture, known).gradients(leaves, false);
                int at = 0;
                for (Moments one : moments.values()) {
                    one.step(gradients.get(at++).toFloats(), step, rate);
                }
            }
        }
        best.replaceAll((name, code) -> HostArray.of(
                Objects.requireNonNull(moments.get(name)).values, code.shape().sizes()));
        return best;
    }

    /** −log p(x_known|z) + ‖z‖² / 2 in nats, the density of a standard normal but for its constant. */
    private Tensor loss(Map<String, Tensor> z, HostArray picture, HostArray known) {
        Distribution p = Objects.requireNonNull(generator
                .model()
                .decode(z, Batch.of(given, generator.device()), Pass.deterministic())
                .get(field));
        if (!(p instanceof Factorised pixels)) {
            throw new IllegalArgumentException(
                    "the likelihood of this model does not score pixels one by one, so that no latents can be fitted to some"
                            + " of them; use --by gibbs");
        }
        Tensor distortion = pixels.logProbPerElement(Tensor.of(picture, generator.device()))
                .times(Tensor.of(known, generator.device()))
                .sum()
                .negate();
        return z.values().stream().map(code -> code.square().sum().times(0.5)).reduce(distortion, Tensor::plus);
    }

    /** Adam, Kingma and Ba (2015), of one latent. */
    private static final class Moments {
        private final float[] values;
        private final double[] first;
        private final double[] second;

        Moments(float[] values) {
            this.values = values;
            this.first = new double[values.length];
            this.second = new double[values.length];
        }

        void step(float[] gradient, int number, double rate) {
            double unbiased = rate * Math.sqrt(1 - Math.pow(BETA2, number)) / (1 - Math.pow(BETA1, number));
            for (int i = 0; i < values.length; i++) {
                first[i] = BETA1 * first[i] + (1 - BETA1) * gradient[i];
                second[i] = BETA2 * second[i] + (1 - BETA2) * gradient[i] * gradient[i];
                values[i] -= (float) (unbiased * first[i] / (Math.sqrt(second[i]) + EPSILON));
            }
        }
    }

    /**
     * A picture whose missing pixels are those that the likeliest latents make of the known ones.
     *
     * @param known 1 where a pixel is known and 0 where it is missing, [1, C, H, W]
     */
    public HostArray inpainted(HostArray picture, HostArray known, int steps, double rate) {
        return blended(picture, decode(completed(picture, known, steps, rate)), known);
    }

    /** The likeliest latents given the known pixels, by Adam from the code of the picture with each channel's mean where pixels are missing. */
    public Map<String, HostArray> completed(HostArray picture, HostArray known, int steps, double rate) {
        return fitted(filled(picture, known), known, steps, rate);
    }

    /**
     * The same by a Markov chain: z is drawn given the picture, and the missing pixels given z, in turn. Its stationary distribution is near
     * that of the missing pixels given the known ones, as far as q(z|x) is near p(z|x). Rezende et al. (2014), appendix F. The last missing
     * pixels are the likelihood's centre.
     */
    public HostArray gibbs(HostArray picture, HostArray known, int rounds, long seed) {
        return blended(picture, decode(drawn(picture, known, rounds, seed)), known);
    }

    /** The last latents of that chain. */
    public Map<String, HostArray> drawn(HostArray picture, HostArray known, int rounds, long seed) {
        HostArray now = filled(picture, known);
        Map<String, HostArray> last = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            try (Scope scope = Scope.open("round");
                    Inference use = Inference.begin()) {
                Pass pass = Pass.evaluation(Rng.seeded(Rng.seedOf(seed, round), generator.device()));
                Map<String, Tensor> z = new LinkedHashMap<>();
                Draw draw = generator.model().draw(batch(now), 1, pass);
                draw.latents()
                        .forEach(latent -> z.put(latent.name(), latent.value().squeeze(0)));
                Distribution p = Objects.requireNonNull(generator
                        .model()
                        .decode(z, Batch.of(given, generator.device()), pass)
                        .get(field));
                Tensor made = p.sample(1, pass.rng()).squeeze(0);
                now = blended(picture, made.to(DType.FLOAT32).toHost(), known);
                z.forEach((name, value) -> last.put(name, value.toHost()));
            }
        }
        return last;
    }

    /** With the mean of each channel's known pixels where pixels are missing. */
    private static HostArray filled(HostArray picture, HostArray known) {
        int channels = (int) picture.shape().size(1);
        float[] x = picture.toFloats().clone();
        float[] mask = known.toFloats();
        int plane = x.length / channels;
        for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            double count = 0;
            for (int i = channel * plane; i < (channel + 1) * plane; i++) {
                sum += x[i] * mask[i];
                count += mask[i];
            }
            for (int i = channel * plane; i < (channel + 1) * plane; i++) {
                x[i] = mask[i] > 0 ? x[i] : (float) (count == 0 ? 0.5 : sum / count);
            }
        }
        return HostArray.of(x, picture.shape().sizes());
    }

    /** The known pixels of one and the others of another. */
    private static HostArray blended(HostArray picture, HostArray made, HostArray known) {
        float[] x = picture.toFloats().clone();
        float[] other = made.toFloats();
        float[] mask = known.toFloats();
        for (int i = 0; i < x.length; i++) {
            x[i] = mask[i] > 0 ? x[i] : Math.max(0, Math.min(1, other[i]));
        }
        return HostArray.of(x, picture.shape().sizes());
    }

    /** A mask that every pixel counts in. */
    public HostArray everything() {
        float[] ones = new float[(int) image().shape().elements()];
        Arrays.fill(ones, 1);
        return HostArray.of(ones, image().shape().prepend(1).sizes());
    }
}
