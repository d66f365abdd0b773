package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Parameterised;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.evaluate.LatentEstimate;
import dev.elbo.evaluate.LogLikelihood;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Iwae;
import dev.elbo.objective.Schedule;
import dev.elbo.objective.Step;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.StandardNormal;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A ladder of two levels whose every quantity is known: z2 ~ N(0, I), z1 | z2 ~ N(a z2, S), x | z1 ~ N(w z1, V), element by
 * element in two dimensions. The likelihood of x is evidence N(x / w, V / w²) of z1, so that what the ladder weighs together is
 * the exact posterior.
 */
@ExtendWith(InAScope.class)
class LadderVaeTest {
    private static final double[] A = {0.9, -0.5};
    private static final double S = 0.5;
    private static final double W = 1.5;
    private static final double V = 0.4;
    private static final int POINTS = 500;

    private final LadderVae model = model();
    private final HostArray x = observations();

    private static LadderVae model() {
        Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
        LadderVae ladder = new LadderVae(
                List.of(
                        new LadderVae.Rung(Reshape.flatten(Shape.of(1, 1, 2)), normal(initial), normal(initial)),
                        new LadderVae.Rung(Sequential.of(), normal(initial), new StandardNormal(2, Device.CPU))),
                new Parameterised<>(
                        List.of(),
                        Sequential.of(Linear.of(2, 2, initial), Reshape.unflatten(Shape.of(1, 1, 1, 2))),
                        PixelLikelihood.normal().head("image", initial)),
                "image",
                List.of(2, 2));
        set(ladder, "rungs.0.evidence.network.", rows(1 / W, 1 / W), Math.log(V / (W * W)));
        set(ladder, "rungs.0.prior.network.", rows(A), Math.log(S));
        double[] gains = {gain(0), gain(1)};
        set(ladder, "rungs.1.evidence.network.", rows(gains), Math.log(variance(0)), Math.log(variance(1)));
        load(ladder, "likelihood.network.0.weight", HostArray.of(new float[] {(float) W, 0, 0, (float) W}, 2, 2));
        load(ladder, "likelihood.network.0.bias", HostArray.of(new float[2], 2));
        String logVar = ladder.parameters().keySet().stream()
                .filter(name -> name.startsWith("likelihood.head."))
                .findFirst()
                .orElseThrow();
        load(ladder, logVar, HostArray.of(new float[] {(float) Math.log(V)}));
        return ladder;
    }

    private static Parameterised<DiagonalNormal> normal(Initializer initial) {
        return new Parameterised<>(List.of(), Linear.of(2, 4, initial), new NormalHead());
    }

    /** Means diag(slopes) · input, and log-variances that depend on nothing. */
    private static float[] rows(double... slopes) {
        float[] weight = new float[4 * 2];
        weight[0] = (float) slopes[0];
        weight[3] = (float) slopes[1];
        return weight;
    }

    private static void set(LadderVae ladder, String where, float[] weight, double... logVar) {
        load(ladder, where + "weight", HostArray.of(weight, 4, 2));
        float[] bias = {0, 0, (float) logVar[0], (float) logVar[logVar.length - 1]};
        load(ladder, where + "bias", HostArray.of(bias, 4));
    }

    private static void load(LadderVae ladder, String name, HostArray values) {
        Map<String, Tensor> one = new LinkedHashMap<>(ladder.state());
        one.keySet().retainAll(List.of(name));
        Weights.load(one, Map.of(name, values));
    }

    /** Var[x | z2]. */
    private static double spread() {
        return W * W * S + V;
    }

    /** Var[z2 | x]. */
    private static double variance(int d) {
        double slope = W * A[d];
        return 1 / (1 + slope * slope / spread());
    }

    /** E[z2 | x] / x. */
    private static double gain(int d) {
        return variance(d) * W * A[d] / spread();
    }

    private static HostArray observations() {
        Random random = new Random(3);
        float[] values = new float[2 * POINTS];
        for (int i = 0; i < values.length; i++) {
            double z2 = random.nextGaussian();
            double z1 = A[i % 2] * z2 + Math.sqrt(S) * random.nextGaussian();
            values[i] = (float) (W * z1 + Math.sqrt(V) * random.nextGaussian());
        }
        return HostArray.of(values, POINTS, 1, 1, 2);
    }

    /** Sums of a figure of each element over the two elements, as a mean over examples. */
    private double mean(Figure figure) {
        double[] values = x.toDoubles();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += figure.of(i % 2, values[i]);
        }
        return sum / POINTS;
    }

    private interface Figure {
        double of(int dimension, double x);
    }

    private double logEvidence() {
        return mean((d, value) -> {
            double total = W * W * (A[d] * A[d] + S) + V;
            return -0.5 * (value * value / total + Math.log(2 * Math.PI * total));
        });
    }

    /** KL(q(z2|x) ‖ p(z2)). */
    private static double upperRate(int d, double value) {
        double centre = gain(d) * value;
        return 0.5 * (variance(d) + centre * centre - 1 - Math.log(variance(d)));
    }

    /** E over q(z2|x) of KL(q(z1|z2, x) ‖ p(z1|z2)). */
    private static double lowerRate(int d, double value) {
        double evidence = V / (W * W);
        double gain = S / (S + evidence);
        double narrowed = S * evidence / (S + evidence);
        double distance = value / W - A[d] * gain(d) * value;
        double squares = distance * distance + A[d] * A[d] * variance(d);
        return 0.5 * (narrowed / S + gain * gain * squares / S - 1 - Math.log(narrowed / S));
    }

    private Examples examples() {
        DataSpec spec = new DataSpec("gaussian", Map.of("image", new Field.Image(1, 1, 2)), "");
        return new Examples(new Split(Map.of("image", x)), spec, Pixels.GREY, 1, Device.CPU);
    }

    private Batch batch() {
        return Batch.of(Map.of("image", x), Device.CPU);
    }

    private Draw draw(int samples) {
        return model.draw(batch(), samples, Pass.evaluation(Rng.seeded(2, Device.CPU)));
    }

    /** The gradient at z2 that comes by z1 would be weighted at both. */
    @Test
    void theDoublyReparameterisedGradientOfALatentBelowAnotherIsRefused() {
        Step step = new Step(1, 1, POINTS, Device.CPU);
        assertThatThrownBy(() -> new Iwae(3, true).loss(model, batch(), step))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the doubly reparameterised gradient is of latents beside each other; latent 'z1' is below"
                        + " another. Set doublyReparameterised to false");
    }

    @Test
    void latentsAreNamedFromTheTopDown() {
        assertThat(draw(3).latents().stream().map(Latent::name).toList()).containsExactly("z2", "z1");
        assertThat(model.signature().latents().stream().map(Variable::name).toList())
                .containsExactly("z2", "z1");
        assertThat(draw(3).latents().get(1).kl().shape()).isEqualTo(Shape.of(3, POINTS));
    }

    @Test
    void evidenceWeighedAgainstThePriorIsTheExactPosterior() {
        double[] logWeights = draw(4).logWeights().mean(1).toHost().toDoubles();
        double[] exact = new double[4];
        Arrays.fill(exact, logEvidence());
        assertThat(logWeights).containsExactly(exact, within(1e-5)); // FLOAT32 sums of terms of some 10 nats
    }

    @Test
    void boundsAndLogLikelihoodAreTheEvidence() {
        Step step = new Step(1, 10, 1000, Device.CPU);
        step.advance(0, 0);
        LogLikelihood likelihood = LogLikelihood.of(model, examples(), 7, 1, done -> {});
        assertThat(likelihood.nll()).isEqualTo(-logEvidence(), within(1e-5));
        assertThat(new Iwae(5, false).loss(model, batch(), step).total().item())
                .isEqualTo(-logEvidence(), within(1e-5));
        // the rate is exact given z2 and z2 is sampled, so that the bound is met on average
        assertThat(BoundEstimate.of(model, examples(), 1).negElbo())
                .isEqualTo(-logEvidence(), within(0.15)); // 4 standard errors of 500 examples
    }

    @Test
    void eachLevelHasItsRateAndTheUpperOnesIsExact() {
        BoundEstimate bound = BoundEstimate.of(model, examples(), 1);
        LatentEstimate upper = bound.latents().get(0);
        LatentEstimate lower = bound.latents().get(1);
        assertThat(upper.rate()).isEqualTo(mean(LadderVaeTest::upperRate), within(1e-5));
        assertThat(lower.rate())
                .isEqualTo(mean(LadderVaeTest::lowerRate), within(0.05)); // a sample of z2 for each of 500
        for (int d = 0; d < 2; d++) {
            int dimension = d;
            assertThat(upper.ratePerDimension().get(d))
                    .isEqualTo(mean((e, value) -> e == dimension ? upperRate(e, value) : 0), within(1e-5));
            assertThat(lower.ratePerDimension().get(d))
                    .isEqualTo(mean((e, value) -> e == dimension ? lowerRate(e, value) : 0), within(0.04));
        }
        assertThat(upper.activeUnits()).isEqualTo(2);
        assertThat(lower.activeUnits()).isEqualTo(2);
    }

    @Test
    void manySamplesOfTheUpperLevelMakeTheLowerRateExact() {
        Tensor rate =
                draw(2000).expectation(draw(2000).latents().get(1).kl(), 0).mean();
        assertThat(rate.item()).isEqualTo(mean(LadderVaeTest::lowerRate), within(0.002)); // a million draws
    }

    @Test
    void freeBitsAreOfRatesThatAreAveragedOverSamplesOfTheUpperLevel() {
        Step step = new Step(1, 10, 1000, Device.CPU);
        double free = 0.2;
        double charged = 0;
        for (int d = 0; d < 2; d++) {
            int dimension = d;
            charged += Math.max(free, mean((e, value) -> e == dimension ? upperRate(e, value) : 0));
            charged += Math.max(free, mean((e, value) -> e == dimension ? lowerRate(e, value) : 0));
        }
        step.advance(0, 0);
        Tensor whole =
                new Elbo(Schedule.constant(1), free).loss(model, batch(), step).total();
        step.advance(0, 0);
        Tensor distortion =
                new Elbo(Schedule.constant(0), 0).loss(model, batch(), step).total();
        assertThat(mean((d, value) -> d == 1 ? upperRate(d, value) : 0)).isLessThan(free);
        assertThat(whole.item() - distortion.item()).isEqualTo(charged, within(0.05)); // a sample of z2 for each
    }

    @Test
    void codesAreCentresLevelByLevel() {
        Map<String, Tensor> codes = model.encode(batch(), Pass.deterministic());
        assertThat(codes.keySet()).containsExactly("z2", "z1");
        double value = x.toDoubles()[0];
        double upper = gain(0) * value;
        double gain = S / (S + V / (W * W));
        assertThat(Objects.requireNonNull(codes.get("z2")).get(0, 0).toHost().toDoubles()[0])
                .isEqualTo(upper, within(1e-5));
        assertThat(Objects.requireNonNull(codes.get("z1")).get(0, 0).toHost().toDoubles()[0])
                .isEqualTo(A[0] * upper + gain * (value / W - A[0] * upper), within(1e-5));
    }

    @Test
    void aLevelThatIsMissingFollowsThePriorOfTheLevelAbove() {
        Batch none = new Batch(Map.of());
        Tensor z2 = Tensor.of(new float[] {1, 2, -1, 0.5f}, 2, 2);
        double[] decoded = decoded(Map.of("z2", z2), none);
        assertThat(decoded)
                .containsExactly(new double[] {W * A[0], 2 * W * A[1], -W * A[0], 0.5 * W * A[1]}, within(1e-6));
        Tensor z1 = Tensor.of(new float[] {1, 2}, 1, 2);
        assertThat(decoded(Map.of("z1", z1), none)).containsExactly(new double[] {W, 2 * W}, within(1e-6));
        assertThat(decoded(Map.of(), none)).containsExactly(new double[] {0, 0}, within(1e-6));
    }

    private double[] decoded(Map<String, Tensor> latents, Batch conditions) {
        return Objects.requireNonNull(
                        model.decode(latents, conditions, Pass.deterministic()).get("image"))
                .centre()
                .toHost()
                .toDoubles();
    }

    @Test
    void temperatureIsOfEveryLevel() {
        Batch none = new Batch(Map.of());
        int count = 20_000;
        for (double temperature : new double[] {0.5, 1}) {
            Map<String, Tensor> latents =
                    model.latents(count, none, temperature, Pass.evaluation(Rng.seeded(1, Device.CPU)));
            double scale = temperature * temperature;
            // variances of 20,000 draws: 4 standard errors are 4 √(2 / 20,000) of them
            double margin = 4 * Math.sqrt(2.0 / count);
            assertThat(Objects.requireNonNull(latents.get("z2"))
                            .get(1, 0)
                            .variance(0)
                            .item())
                    .isEqualTo(scale, within(margin * scale));
            double lower = scale * (A[0] * A[0] + S);
            assertThat(Objects.requireNonNull(latents.get("z1"))
                            .get(1, 0)
                            .variance(0)
                            .item())
                    .isEqualTo(lower, within(margin * lower));
        }
    }
}
