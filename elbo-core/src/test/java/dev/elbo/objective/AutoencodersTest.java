package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Stripes;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Losses of autoencoders, by hand. */
@ExtendWith(InAScope.class)
class AutoencodersTest {
    private static final int EXAMPLES = 5;
    private static final DataSource DATA = Stripes.of(1, 3, 2, 8);

    private final Rng rng = Rng.seeded(7, Device.CPU);
    private final Batch batch = new Batch(Map.of("image", rng.uniform(Shape.of(EXAMPLES, 1, 3, 2))));
    private final Step step = new Step(1, 10, 1000, Device.CPU);

    @BeforeEach
    void begin() {
        step.advance(0, 0);
    }

    /** With smooth networks, so that it can be compared with differences. */
    private static LatentVariableModel model(String recipe, Map<String, String> options) {
        Map<String, String> small = new LinkedHashMap<>(Map.of("hidden", "4", "latents", "3", "activation", "tanh"));
        small.putAll(options);
        Recipe chosen = Recipes.with(Recipes.named(recipe), small);
        return chosen.compose(DATA.spec(), new Initializer(Rng.seeded(3, Device.CPU), Device.CPU))
                .model();
    }

    private static double term(Loss loss, String name) {
        return Objects.requireNonNull(loss.terms().get(name)).item();
    }

    private static double negLogLikelihood(LatentVariableModel model, Batch read, Batch scored) {
        Draw draw = model.draw(read, scored, 1, Pass.deterministic());
        return -draw.logLikelihood().mean().item();
    }

    @Test
    void anAutoencoderPaysForItsReconstructionsAlone() {
        LatentVariableModel model = model("ae", Map.of());
        Loss loss = new Distortion().loss(model, batch, step);
        assertThat(loss.total().item()).isEqualTo(negLogLikelihood(model, batch, batch));
        assertThat(loss.terms()).containsOnlyKeys("distortion", "loss");
    }

    @Test
    void itHasNoBoundOfTheEvidence() {
        LatentVariableModel model = model("ae", Map.of());
        assertThatThrownBy(() -> Elbo.standard().loss(model, batch, step))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the evidence lower bound needs posteriors with a width, and codes of this model are points. Set"
                                + " posterior=normal, or choose a recipe that needs none: ae, rae or wae");
        assertThatThrownBy(() -> new Renyi(3, 0.5).loss(model, batch, step)).hasMessageContaining("are points");
    }

    @Test
    void aDenoisingOneReadsNoiseAndIsAskedForWhatIsClean() {
        LatentVariableModel model = model("denoising-ae", Map.of());
        Batch black = new Batch(Map.of("image", batch.get("image").zerosLike()));
        assertThat(new Denoising(Corruption.MASKING, 1)
                        .loss(model, batch, step)
                        .total()
                        .item())
                .isEqualTo(negLogLikelihood(model, black, batch));
        for (Corruption noise : Corruption.values()) {
            assertThat(new Denoising(noise, 0).loss(model, batch, step).total().item())
                    .as(noise.toString())
                    .isEqualTo(negLogLikelihood(model, batch, batch));
        }
    }

    @Test
    void maskingTakesAPartOfTheNumbersAndLeavesTheOthersAsTheyAre() {
        double[] x = ofHalves(Corruption.MASKING, 0.3);
        assertThat(x).containsOnly(0, 0.5);
        assertThat(part(x, 0)).isEqualTo(0.3, within(0.02)); // 4 standard errors of 10,000 draws
    }

    @Test
    void saltAndPepperAreBlackAndWhiteAlike() {
        double[] x = ofHalves(Corruption.SALT_AND_PEPPER, 0.4);
        assertThat(x).containsOnly(0, 0.5, 1);
        assertThat(part(x, 0)).isEqualTo(0.2, within(0.02)); // 4 standard errors of 10,000 draws
        assertThat(part(x, 1)).isEqualTo(0.2, within(0.02));
    }

    @Test
    void normalNoiseHasTheDeviationThatItIsAskedFor() {
        Estimate squares = Estimate.of(Arrays.stream(ofHalves(Corruption.GAUSSIAN, 0.3))
                .map(x -> (x - 0.5) * (x - 0.5))
                .toArray());
        assertThat(squares.mean()).isEqualTo(0.09, within(squares.margin()));
    }

    private double[] ofHalves(Corruption noise, double level) {
        Tensor halves = Tensor.zeros(Device.CPU, 10_000).fill(0.5);
        return noise.of(halves, level, rng).toHost().toDoubles();
    }

    private static double part(double[] x, double value) {
        return Arrays.stream(x).filter(each -> each == value).count() / (double) x.length;
    }

    @Test
    void theDivergenceOfActivationsIsThatOfTwoCoins() {
        LatentVariableModel model = model("sparse-ae", Map.of());
        double[] codes = codes(model);
        double expected = 0;
        for (int j = 0; j < 3; j++) {
            double mean = 0;
            for (int n = 0; n < EXAMPLES; n++) {
                mean += codes[3 * n + j] / EXAMPLES;
            }
            expected += 0.1 * Math.log(0.1 / mean) + 0.9 * Math.log(0.9 / (1 - mean));
        }
        Loss loss = new Sparsity(2, 0.1, Sparsity.Kind.KL).loss(model, batch, step);
        assertThat(term(loss, "sparsity")).isEqualTo(2 * expected, within(Rounding.ofFormula(DType.FLOAT32, 10)));
        assertThat(loss.total().item()).isEqualTo(term(loss, "distortion") + term(loss, "sparsity"), within(1e-5));
    }

    @Test
    void theOtherPenaltyOnActivationsIsTheirSum() {
        LatentVariableModel model = model("sparse-ae", Map.of("posterior", "point", "sparsity", "l1"));
        double expected = Arrays.stream(codes(model)).map(Math::abs).sum() / EXAMPLES;
        Loss loss = new Sparsity(2, 0.1, Sparsity.Kind.L1).loss(model, batch, step);
        assertThat(term(loss, "sparsity")).isEqualTo(2 * expected, within(Rounding.ofFormula(DType.FLOAT32, 10)));
    }

    private double[] codes(LatentVariableModel model) {
        return codes(model, batch.get("image"));
    }

    private static double[] codes(LatentVariableModel model, Tensor image) {
        return Objects.requireNonNull(model.encode(new Batch(Map.of("image", image)), Pass.deterministic())
                        .get("z"))
                .toHost()
                .toDoubles();
    }

    /** The encoder is one linear map, whose derivative is its matrix. */
    @Test
    void theContractionOfALinearEncoderIsTheNormOfItsMatrix() {
        Vae model = LinearGaussian.amiss().model();
        Tensor means = Objects.requireNonNull(model.posterior().parameters().entrySet().stream()
                        .filter(parameter -> parameter.getKey().endsWith("weight"))
                        .findFirst()
                        .orElseThrow()
                        .getValue())
                .narrow(0, 0, 2);
        double expected = means.square().sum().item();
        Loss loss = new Contraction(3, 0).loss(model, LinearGaussian.batch(EXAMPLES, 1), step);
        assertThat(term(loss, "contraction"))
                .isEqualTo(3 * expected, within(Rounding.ofSum(DType.FLOAT32, 6 * EXAMPLES, 3 * expected)));
    }

    @Test
    void theContractionIsThatOfFiniteDifferences() {
        LatentVariableModel model = model("contractive-ae", Map.of());
        Loss loss = new Contraction(1, 0).loss(model, batch, step);
        // central differences of step 0.01: codes of 7 digits, and a third derivative of about 1
        assertThat(term(loss, "contraction")).isEqualTo(squaredSlopes(model), within(1e-3));
    }

    /** ‖∂z/∂x‖², the mean over examples, by central differences. */
    private double squaredSlopes(LatentVariableModel model) {
        double h = 0.01;
        double sum = 0;
        Tensor pixels = Tensor.arange(6, Device.CPU).oneHot(6);
        for (int i = 0; i < 6; i++) {
            Tensor change = pixels.get(0, i).reshape(1, 1, 3, 2).times(h);
            double[] up = codes(model, batch.get("image").plus(change));
            double[] down = codes(model, batch.get("image").minus(change));
            for (int j = 0; j < up.length; j++) {
                double slope = (up[j] - down[j]) / (2 * h);
                sum += slope * slope / EXAMPLES;
            }
        }
        return sum;
    }

    @Test
    void randomVectorsEstimateTheContractionWithoutBias() {
        LatentVariableModel model = model("contractive-ae", Map.of());
        double exact = term(new Contraction(1, 0).loss(model, batch, step), "contraction");
        double[] estimates = new double[300];
        for (int i = 0; i < estimates.length; i++) {
            try (Scope scope = Scope.open("step")) {
                step.advance(i, 0);
                estimates[i] = term(new Contraction(1, 1).loss(model, batch, step), "contraction");
            }
        }
        Estimate estimate = Estimate.of(estimates);
        assertThat(estimate.standardError()).isPositive();
        assertThat(estimate.mean()).isEqualTo(exact, within(estimate.margin()));
    }

    @Test
    void theContractionIsTheSameWhereNobodyAsksForGradients() {
        LatentVariableModel model = model("contractive-ae", Map.of());
        double with = new Contraction(1, 0).loss(model, batch, step).total().item();
        try (GradientMode off = GradientMode.off()) {
            assertThat(new Contraction(1, 0).loss(model, batch, step).total().item())
                    .isEqualTo(with);
        }
    }

    @Test
    void codesAndDecoderOfARegularisedOneArePaidFor() {
        LatentVariableModel model = model("rae", Map.of());
        double squares = Arrays.stream(codes(model)).map(z -> z * z).sum() / EXAMPLES;
        double weights = model.parameters().entrySet().stream()
                .filter(each ->
                        each.getKey().startsWith("likelihood.") && each.getKey().endsWith("weight"))
                .mapToDouble(each -> each.getValue().square().sum().item())
                .sum();
        Loss loss = new RegularisedDecoder(0.5, 0.25, RegularisedDecoder.Regulariser.L2).loss(model, batch, step);
        assertThat(term(loss, "codes")).isEqualTo(0.25 * squares, within(Rounding.ofFormula(DType.FLOAT32, squares)));
        assertThat(term(loss, "decoder")).isEqualTo(0.25 * weights, within(Rounding.ofFormula(DType.FLOAT32, weights)));
        assertThat(loss.total().item())
                .isEqualTo(term(loss, "distortion") + term(loss, "codes") + term(loss, "decoder"), within(1e-5));
    }

    @Test
    void theGradientPenaltyIsTheSquaredSlopeOfTheDecoder() {
        LatentVariableModel model = model("rae", Map.of());
        double h = 0.01;
        Tensor z =
                Objects.requireNonNull(model.encode(batch, Pass.deterministic()).get("z"));
        double expected = 0;
        Tensor dims = Tensor.arange(3, Device.CPU).oneHot(3);
        for (int j = 0; j < 3; j++) {
            Tensor change = dims.get(0, j).times(h);
            double[] up = means(model, z.plus(change));
            double[] down = means(model, z.minus(change));
            for (int i = 0; i < up.length; i++) {
                double slope = (up[i] - down[i]) / (2 * h);
                expected += slope * slope / EXAMPLES;
            }
        }
        double[] estimates = new double[300];
        for (int i = 0; i < estimates.length; i++) {
            try (Scope scope = Scope.open("step")) {
                step.advance(i, 0);
                estimates[i] = term(
                        new RegularisedDecoder(0, 1, RegularisedDecoder.Regulariser.GRADIENT_PENALTY)
                                .loss(model, batch, step),
                        "decoder");
            }
        }
        Estimate estimate = Estimate.of(estimates);
        // and 1e-4 of differences
        assertThat(estimate.mean()).isEqualTo(expected, within(estimate.margin() + 1e-4));
    }

    private double[] means(LatentVariableModel model, Tensor z) {
        return Objects.requireNonNull(model.decode(Map.of("z", z), batch, Pass.deterministic())
                        .get("image"))
                .centre()
                .toHost()
                .toDoubles();
    }

    @Test
    void aDecoderOfSpectralNormStretchesNoDistance() {
        LatentVariableModel model = model("rae", Map.of("regulariser", "spectral-norm"));
        assertThat(model.state()).containsKey("likelihood.network.0.u");
        Tensor near = rng.normal(Shape.of(50, 3));
        Tensor far = rng.normal(Shape.of(50, 3));
        double[] a = means(model, near);
        double[] b = means(model, far);
        double[] steps = near.minus(far).square().sum(-1).sqrt().toHost().toDoubles();
        for (int n = 0; n < 50; n++) {
            double squares = 0;
            for (int i = 0; i < 6; i++) {
                squares += Math.pow(a[6 * n + i] - b[6 * n + i], 2);
            }
            // a sigmoid's slope is a quarter at most
            assertThat(Math.sqrt(squares)).isLessThanOrEqualTo(steps[n] / 4 + 1e-5);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedBySayingWhatWould() {
        assertThatThrownBy(() -> Recipes.with(Recipes.named("ae"), Map.of("posterior", "normal")))
                .hasMessageContaining(
                        "ae has no rate that would keep posteriors wide; got posterior=normal. Set posterior=point, or choose vae");
        assertThatThrownBy(() -> Recipes.with(Recipes.named("sparse-ae"), Map.of("posterior", "point")))
                .hasMessageContaining("Set posterior=sigmoid-point, or sparsity=l1");
        assertThatThrownBy(() -> Recipes.with(Recipes.named("rae"), Map.of("prior", "flow(2)")))
                .hasMessageContaining("prior flow(2) learns from the rate, and codes that are points have none. Set"
                        + " prior=fitted or prior=normal, and fit another to the trained run by 'elbo fit-prior'; or set"
                        + " posterior=normal");
        assertThatThrownBy(() -> new Denoising(Corruption.MASKING, 1.5)).hasMessageContaining("level 1.5");
        assertThatThrownBy(() -> new Sparsity(1, 1, Sparsity.Kind.KL))
                .hasMessage("weight is at least 0 and target in (0, 1); got weight 1.0 and target 1.0");
        assertThatThrownBy(() -> new Contraction(-1, 0))
                .hasMessage("weight and probes are at least 0; got weight -1.0 and probes 0");
        assertThatThrownBy(() -> new RegularisedDecoder(0, -1, RegularisedDecoder.Regulariser.L2))
                .hasMessage("weights are at least 0; got codeWeight 0.0 and weight -1.0");
    }
}
