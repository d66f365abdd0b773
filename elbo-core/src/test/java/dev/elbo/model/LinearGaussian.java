package dev.elbo.model;

import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Parameterised;
import dev.elbo.distribution.Pathwise;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.distribution.Scored;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.StandardNormal;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A model whose every quantity is known: z ~ N(0, I), x | z ~ N(W z + b, σ² I), of which log p(x) and the
 * posterior p(z|x) have closed forms. The columns of W are orthogonal, so that the posterior is diagonal.
 * An x is an "image" of 1 × 1 × 3.
 *
 * @param shrink by what the posterior's mean is multiplied; 1 is exact
 * @param widen what is added to the posterior's log-variance; 0 is exact
 */
public record LinearGaussian(double shrink, double widen) {
    private static final double[][] W = {{1, 0.4}, {0.5, -0.6}, {-0.5, 0.2}};
    private static final double[] B = {0.3, -0.2, 0.1};
    private static final double VARIANCE = 0.25;
    private static final int DIMS = 2;
    private static final int PIXELS = 3;

    /** With the exact posterior. */
    public static LinearGaussian exact() {
        return new LinearGaussian(1, 0);
    }

    /** With a posterior that is off in mean and in width. */
    public static LinearGaussian amiss() {
        return new LinearGaussian(0.7, 0.5);
    }

    /** The model, of the library's parts. */
    public Vae model() {
        return model(posterior -> posterior);
    }

    /** The same with a posterior that knows its density alone, and no closed form of a divergence. */
    public Vae modelWithoutClosedForm() {
        return model(WithoutClosedForm::new);
    }

    private Vae model(UnaryOperator<Conditional<? extends Reparameterised>> posterior) {
        Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
        Vae vae = new Vae(
                new StandardNormal(DIMS, Device.CPU),
                posterior.apply(new Parameterised<>(
                        List.of(),
                        Sequential.of(Reshape.flatten(Shape.of(1, 1, PIXELS)), Linear.of(PIXELS, 2 * DIMS, initial)),
                        new NormalHead())),
                new Parameterised<>(
                        List.of(),
                        Sequential.of(Linear.of(DIMS, PIXELS, initial), Reshape.unflatten(Shape.of(1, 1, 1, PIXELS))),
                        PixelLikelihood.normal().head("image", initial)),
                "image",
                List.of(),
                DIMS);
        float[] encoder = encoderWeight();
        float[] shift = encoderBias();
        vae.state()
                .forEach((name, tensor) ->
                        Weights.load(Map.of(name, tensor), Map.of(name, value(name, encoder, shift))));
        return vae;
    }

    private static HostArray value(String name, float[] encoderWeight, float[] encoderBias) {
        if (name.startsWith("posterior")) {
            return name.endsWith("weight")
                    ? HostArray.of(encoderWeight, 2 * DIMS, PIXELS)
                    : HostArray.of(encoderBias, 2 * DIMS);
        }
        return name.endsWith("weight")
                ? HostArray.of(decoderWeight(), PIXELS, DIMS)
                : name.endsWith("bias")
                        ? HostArray.of(new float[] {(float) B[0], (float) B[1], (float) B[2]}, PIXELS)
                        : HostArray.of(new float[] {(float) Math.log(VARIANCE)});
    }

    private static float[] decoderWeight() {
        float[] weight = new float[PIXELS * DIMS];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) W[i / DIMS][i % DIMS];
        }
        return weight;
    }

    /** E[z|x] = V Wᵀ (x − b) / σ², V = (I + Wᵀ W / σ²)⁻¹; log-variances depend on no x. */
    private float[] encoderWeight() {
        float[] weight = new float[2 * DIMS * PIXELS];
        for (int i = 0; i < DIMS * PIXELS; i++) {
            int j = i / PIXELS;
            weight[i] = (float) (shrink * posteriorVariance(j) * W[i % PIXELS][j] / VARIANCE);
        }
        return weight;
    }

    private float[] encoderBias() {
        float[] bias = new float[2 * DIMS];
        for (int j = 0; j < DIMS; j++) {
            bias[j] = (float) (-shrink * posteriorVariance(j) * along(j, B) / VARIANCE);
            bias[DIMS + j] = (float) (Math.log(posteriorVariance(j)) + widen);
        }
        return bias;
    }

    private static double posteriorVariance(int j) {
        return 1 / (1 + along(j, column(j)) / VARIANCE);
    }

    private static double[] column(int j) {
        return new double[] {W[0][j], W[1][j], W[2][j]};
    }

    /** wⱼᵀ x. */
    private static double along(int j, double[] x) {
        return W[0][j] * x[0] + W[1][j] * x[1] + W[2][j] * x[2];
    }

    /** log p(x) = log N(x; b, W Wᵀ + σ² I) in nats, by Woodbury's identity. */
    public static double logEvidence(double... x) {
        double[] r = {x[0] - B[0], x[1] - B[1], x[2] - B[2]};
        double squares = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
        double logDeterminant = (PIXELS - DIMS) * Math.log(VARIANCE);
        for (int j = 0; j < DIMS; j++) {
            double spread = VARIANCE + along(j, column(j));
            squares -= along(j, r) * along(j, r) / spread;
            logDeterminant += Math.log(spread);
        }
        return -0.5 * (squares / VARIANCE + logDeterminant + PIXELS * Math.log(2 * Math.PI));
    }

    /** The mean of log p(x) over observations [N, 1, 1, 3], in nats. */
    public static double meanLogEvidence(HostArray x) {
        double[] values = x.toDoubles();
        double sum = 0;
        for (int i = 0; i < values.length; i += PIXELS) {
            sum += logEvidence(values[i], values[i + 1], values[i + 2]);
        }
        return sum * PIXELS / values.length;
    }

    /** Observations of the model, [N, 1, 1, 3]. */
    public static HostArray observations(int count, long seed) {
        Random random = new Random(seed);
        float[] x = new float[count * PIXELS];
        for (int n = 0; n < count; n++) {
            double[] z = {random.nextGaussian(), random.nextGaussian()};
            for (int i = 0; i < PIXELS; i++) {
                double mean = W[i][0] * z[0] + W[i][1] * z[1] + B[i];
                x[n * PIXELS + i] = (float) (mean + Math.sqrt(VARIANCE) * random.nextGaussian());
            }
        }
        return HostArray.of(x, count, 1, 1, PIXELS);
    }

    /** What observations are: images of one row. */
    public static DataSpec spec() {
        return new DataSpec("gaussian", Map.of("image", new Field.Image(1, 1, PIXELS)), "");
    }

    /** Observations as a batch. */
    public static Batch batch(int count, long seed) {
        return Batch.of(Map.of("image", observations(count, seed)), Device.CPU);
    }

    /** A posterior whose divergence from the prior must be estimated. */
    private record WithoutClosedForm(Conditional<? extends Reparameterised> inner) implements Conditional<Estimated> {
        @Override
        public Estimated given(Pass pass, Tensor... parents) {
            return new Estimated((DiagonalNormal) inner.given(pass, parents));
        }
    }

    private record Estimated(DiagonalNormal normal) implements Pathwise {
        @Override
        public Scored rsample(int samples, Rng rng) {
            return normal.rsample(samples, rng);
        }

        @Override
        public Pathwise detached() {
            return new Estimated(normal.detached());
        }

        @Override
        public Tensor logProb(Tensor value) {
            return normal.logProb(value);
        }

        @Override
        public Tensor centre() {
            return normal.centre();
        }
    }
}
