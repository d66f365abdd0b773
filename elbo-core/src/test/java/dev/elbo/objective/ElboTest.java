package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batch;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Signature;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ElboTest {
    private static final int EXAMPLES = 8;

    private Scope scope;
    private Batch batch;
    private Step step;

    @BeforeEach
    void open() {
        scope = Scope.open("test");
        batch = LinearGaussian.batch(EXAMPLES, 1);
        step = new Step(1, 10, 1000, Device.CPU);
        step.advance(0, 0);
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void theTotalIsDistortionAndBetaTimesRate() {
        Vae model = LinearGaussian.amiss().model();
        for (double beta : new double[] {0, 0.5, 1, 4}) {
            Loss loss = new Elbo(Schedule.constant(beta), 0).loss(model, batch, step);
            double expected = term(loss, "distortion") + beta * term(loss, "rate");
            assertThat(loss.total().item()).isEqualTo(expected, within(rounding(expected)));
            assertThat(term(loss, "beta")).isEqualTo(beta);
        }
    }

    /** The rounding of a figure whose parts are no larger: a mean over examples of sums over pixels and dimensions. */
    private static double rounding(double figure) {
        return Rounding.ofSum(DType.FLOAT32, EXAMPLES * (3 + 2), figure);
    }

    @Test
    void betaFollowsItsScheduleFromStepToStep() {
        Vae model = LinearGaussian.amiss().model();
        Elbo annealed = new Elbo(Schedule.parse("linear(0, 2, 4)"), 0);
        for (double epoch : new double[] {0, 1, 3, 4, 9}) {
            step.advance((long) epoch, epoch);
            Loss loss = annealed.loss(model, batch, step);
            double beta = Math.min(2, epoch / 2);
            assertThat(term(loss, "beta")).isEqualTo(beta);
            double expected = term(loss, "distortion") + beta * term(loss, "rate");
            assertThat(loss.total().item()).isEqualTo(expected, within(rounding(expected)));
        }
    }

    @Test
    void elboIsTheImportanceWeightedBoundOfOneSampleUnderTheSameNoise() {
        Vae model = LinearGaussian.amiss().modelWithoutClosedForm();
        double negElbo = Elbo.standard().loss(model, batch, step).total().item();
        step.advance(0, 0);
        double negBound = new Iwae(1, false).loss(model, batch, step).total().item();
        assertThat(negElbo).isEqualTo(negBound, within(rounding(negBound))); // the same sums, in another order
    }

    @Test
    void elboWithAClosedFormRateIsThatBoundInExpectation() {
        Vae model = LinearGaussian.amiss().model();
        double[] differences = new double[500];
        for (int i = 0; i < differences.length; i++) {
            try (Scope work = Scope.open("draw")) {
                step.advance(i, 0);
                double negElbo =
                        Elbo.standard().loss(model, batch, step).total().item();
                step.advance(i, 0);
                differences[i] = negElbo
                        - new Iwae(1, false).loss(model, batch, step).total().item();
            }
        }
        Estimate difference = Estimate.of(differences);
        assertThat(difference.mean()).isEqualTo(0, within(difference.margin()));
        assertThat(difference.standardError()).isPositive().isLessThan(0.02);
    }

    @Test
    void theGapBelowLogEvidenceIsTheDivergenceOfThePosteriors() {
        double gap = LinearGaussian.meanLogEvidence(LinearGaussian.observations(EXAMPLES, 1))
                - elbo(4000).mean();
        double divergence = posterior(LinearGaussian.amiss())
                .klTo(posterior(LinearGaussian.exact()))
                .orElseThrow()
                .mean()
                .item();
        assertThat(divergence).isGreaterThan(0.1);
        assertThat(gap).isEqualTo(divergence, within(elbo(4000).margin()));
    }

    /** Of the posterior that is amiss, by averaging over samples. */
    private Estimate elbo(int samples) {
        Draw draw = LinearGaussian.amiss().model().draw(batch, samples, Pass.evaluation(Rng.seeded(5, Device.CPU)));
        return Estimate.of(draw.logWeights().mean(1).toHost().toDoubles());
    }

    private DiagonalNormal posterior(LinearGaussian gaussian) {
        Draw draw = gaussian.model().draw(batch, 1, Pass.evaluation(Rng.seeded(1, Device.CPU)));
        return (DiagonalNormal) draw.latents().get(0).posterior();
    }

    @Test
    void freeBitsChargeNothingBelowThem() {
        Vae model = LinearGaussian.amiss().model();
        double free = 50; // far above the rate of both dimensions
        Loss loss = new Elbo(Schedule.constant(1), free).loss(model, batch, step);
        assertThat(loss.total().item()).isEqualTo(term(loss, "distortion") + 2 * free, within(rounding(3 * free)));
        assertThat(gradients(new Elbo(Schedule.constant(1), free)))
                .isEqualTo(gradients(new Elbo(Schedule.constant(0), 0)));
    }

    @Test
    void freeBitsBelowEveryRateChangeNothing() {
        Vae model = LinearGaussian.amiss().model();
        Loss loss = new Elbo(Schedule.constant(1), 1e-3).loss(model, batch, step);
        assertThat(loss.total().item()).isEqualTo(term(loss, "negElbo"), within(rounding(10)));
    }

    @Test
    void freeBitsAreCountedForEachDimensionByItself() {
        Vae model = LinearGaussian.amiss().model();
        double[] rates = model.draw(batch, 1, step.pass())
                .latents()
                .get(0)
                .klPerDimension()
                .orElseThrow()
                .mean(0)
                .toHost()
                .toDoubles();
        assertThat(rates[0]).isGreaterThan(rates[1]);
        double between = (rates[0] + rates[1]) / 2;
        step.advance(0, 0);
        Loss loss = new Elbo(Schedule.constant(1), between).loss(model, batch, step);
        assertThat(loss.total().item()).isEqualTo(term(loss, "distortion") + rates[0] + between, within(rounding(10)));
    }

    @Test
    void freeBitsNeedAClosedFormForEachDimension() {
        Vae model = LinearGaussian.amiss().modelWithoutClosedForm();
        assertThatThrownBy(() -> new Elbo(Schedule.constant(1), 0.1).loss(model, batch, step))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("free bits of dimensions need a factorised posterior and prior with a closed form of their"
                        + " divergence; latent 'z' has Estimated and DiagonalNormal. Set freeBits to 0 or to latent(4),"
                        + " or choose others");
    }

    /** Which do without a closed form. */
    @Test
    void freeBitsOfALatentAreOfItsWholeRate() {
        Vae model = LinearGaussian.amiss().modelWithoutClosedForm();
        Loss below = new Elbo(Schedule.constant(1), FreeBits.parse("latent(0.001)"), false).loss(model, batch, step);
        assertThat(below.total().item()).isEqualTo(term(below, "negElbo"), within(rounding(10)));
        Loss above = new Elbo(Schedule.constant(1), FreeBits.parse("latent(50)"), false).loss(model, batch, step);
        assertThat(above.total().item()).isEqualTo(term(above, "distortion") + 50, within(rounding(60)));
    }

    @Test
    void freeBitsAreReadAsTheyAreWritten() {
        for (String text : List.of("0", "0.25", "latent(4)")) {
            assertThat(FreeBits.parse(text)).hasToString(text);
        }
        assertThat(FreeBits.parse("0.0")).isEqualTo(FreeBits.of(0));
        assertThatThrownBy(() -> FreeBits.parse("group(4)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("write nats for each dimension, as in 0.25, or for each latent, as in latent(4)");
    }

    @Test
    void freeBitsAreNotNegative() {
        for (double refused : new double[] {-1, Double.NaN}) {
            assertThatThrownBy(() -> new Elbo(Schedule.constant(1), refused))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("free bits are nats per dimension, at least 0; got " + refused);
        }
    }

    @Test
    void penaltiesOfTheModelAreAddedAndNamed() {
        Vae vae = LinearGaussian.amiss().model();
        Loss loss = Elbo.standard().loss(new Penalised(vae, 7), batch, step);
        assertThat(loss.total().item()).isEqualTo(term(loss, "negElbo") + 7, within(rounding(20)));
        assertThat(term(loss, "commitment")).isEqualTo(7);
    }

    /** A model that brings a further term of the loss along. */
    private record Penalised(Vae vae, double penalty) implements LatentVariableModel {
        @Override
        public Signature signature() {
            return vae.signature();
        }

        @Override
        public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
            Draw draw = vae.draw(read, scored, samples, pass);
            Tensor commitment = Tensor.scalar(penalty, Device.CPU);
            return new Draw(draw.latents(), draw.reconstructions(), Map.of("commitment", commitment), Optional.empty());
        }

        @Override
        public Map<String, Tensor> encode(Batch read, Pass pass) {
            return vae.encode(read, pass);
        }

        @Override
        public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
            return vae.latents(count, conditions, temperature, pass);
        }

        @Override
        public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
            return vae.decode(latents, conditions, pass);
        }
    }

    private Map<String, HostArray> gradients(Objective objective) {
        Vae model = LinearGaussian.amiss().model();
        step.advance(0, 0);
        objective.loss(model, batch, step).total().backward();
        Map<String, HostArray> gradients = new LinkedHashMap<>();
        model.parameters()
                .forEach((name, parameter) ->
                        gradients.put(name, parameter.gradient().toHost()));
        return gradients;
    }

    private static double term(Loss loss, String name) {
        return Objects.requireNonNull(loss.terms().get(name)).item();
    }
}
