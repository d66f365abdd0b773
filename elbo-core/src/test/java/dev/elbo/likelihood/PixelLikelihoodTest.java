package dev.elbo.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Pixels;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Form;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Adam;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(InAScope.class)
class PixelLikelihoodTest {
    private static final Shape IMAGE = Shape.of(3, 3, 4);

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);

    static List<PixelLikelihood> likelihoods() {
        return PixelLikelihood.pixelForms().stream().map(Form::standard).toList();
    }

    /** What a network gives for images of these leading dimensions. */
    private Tensor output(PixelLikelihood likelihood, long... leading) {
        return rng.normal(IMAGE.prepend(likelihood.parameters()).prepend(leading));
    }

    /** Images as the family expects them, [B, C, H, W]. */
    private Tensor images(PixelLikelihood likelihood, long count) {
        Tensor grey = rng.uniform(IMAGE.prepend(count));
        return likelihood.equals(PixelLikelihood.bernoulli())
                ? grey.lessThan(0.5).to(DType.FLOAT32)
                : grey.times(255).round().over(255);
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void samplesOfABatchOfImagesHaveItsShape(PixelLikelihood likelihood) {
        Distribution p = likelihood.head("image", initial).of(output(likelihood, 5, 2));
        assertThat(p.centre().shape()).isEqualTo(IMAGE.prepend(5, 2));
        assertThat(p.sample(3, rng).shape()).isEqualTo(IMAGE.prepend(3, 5, 2));
        assertThat(p.logProb(images(likelihood, 2)).shape()).isEqualTo(Shape.of(5, 2));
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void aSingleImageNeedsNoLeadingDimension(PixelLikelihood likelihood) {
        Distribution p = likelihood.head("image", initial).of(output(likelihood));
        assertThat(p.logProb(images(likelihood, 1).squeeze(0)).shape()).isEqualTo(Shape.of());
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void gradientsReachTheOutputAndTheHeadsOwnParameters(PixelLikelihood likelihood) {
        Head<? extends Distribution> head = likelihood.head("image", initial);
        Tensor output = output(likelihood, 5, 2).requireGradient();
        head.of(output).logProb(images(likelihood, 2)).sum().backward();
        assertThat(output.gradient().allFinite().item()).isEqualTo(1);
        // of each pixel: a component of a mixture may be too far from it to feel it
        assertThat(output.gradient().abs().sum(2).min().item()).isPositive();
        head.parameters()
                .forEach((name, parameter) -> assertThat(
                                parameter.gradient().norm().item())
                        .isFinite()
                        .isPositive());
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void trainingRaisesTheLikelihoodOfAnImage(PixelLikelihood likelihood) {
        Head<? extends Distribution> head = likelihood.head("image", initial);
        Tensor output = output(likelihood, 1).requireGradient();
        Tensor image = images(likelihood, 1);
        Map<String, Tensor> named = new LinkedHashMap<>(head.parameters());
        named.put("output", output);
        ParameterBuffer parameters = new ParameterBuffer(named);
        Adam adam = Adam.of(parameters, Adam.BETA1, Adam.BETA2, Adam.EPSILON, 0);
        adam.learningRate().fill(0.05);
        double before = head.of(output).logProb(image).item();
        for (int i = 0; i < 100; i++) {
            try (Scope step = Scope.open("step")) {
                parameters.clearGradients();
                head.of(output).logProb(image).negate().sum().backward();
                adam.step();
            }
        }
        double after = head.of(output).logProb(image).item();
        assertThat(after).isGreaterThan(before + IMAGE.elements() / 4.0);
        assertThat(head.of(output).centre().minus(image).abs().mean().item()).isLessThan(0.2);
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void extremeOutputsHaveFiniteDensitiesAndGradients(PixelLikelihood likelihood) {
        for (double extreme : new double[] {-80, 80}) {
            Tensor output = output(likelihood, 1).times(0).plus(extreme).requireGradient();
            Tensor logProb = likelihood.head("image", initial).of(output).logProb(images(likelihood, 1));
            logProb.sum().backward();
            assertThat(logProb.allFinite().item()).isEqualTo(1);
            assertThat(output.gradient().allFinite().item()).isEqualTo(1);
        }
    }

    @Test
    void sharedScalesAreParametersWithTheirNames() {
        assertThat(PixelLikelihood.normal().head("image", initial).parameters()).containsOnlyKeys("logVar");
        assertThat(PixelLikelihood.laplace().head("image", initial).parameters())
                .containsOnlyKeys("logScale");
        assertThat(PixelLikelihood.bernoulli().head("image", initial).parameters())
                .isEmpty();
    }

    /** Two examples whose pixels are m ± d: σ² = d² and b = d, whatever the means are. */
    @Test
    void sharedScalesBeginAtTheDatasAroundTheirMeans() {
        Tensor mean = rng.uniform(IMAGE);
        Tensor faint = Tensor.stack(0, mean.plus(0.01), mean.minus(0.01), mean.plus(0.03), mean.minus(0.03));
        assertThat(firstValue(PixelLikelihood.normal(), faint)).isCloseTo(Math.log(5e-4), within(1e-4)); // of FLOAT32
        assertThat(firstValue(PixelLikelihood.laplace(), faint)).isCloseTo(Math.log(0.02), within(1e-4));
    }

    /** As of levels that are rounded: log 0 would begin at −∞, and the first density would be NaN. */
    @Test
    void aSinglePictureSpreadsOverItsPixels() {
        Tensor one = Tensor.zeros(Device.CPU, 1, 1, 2, 2).plus(0.25);
        Tensor other = Tensor.zeros(Device.CPU, 1, 1, 2, 2).plus(0.75);
        Tensor halves = Tensor.stack(1, one, other); // half of its pixels 0.25 below the mean, half above

        assertThat(firstValue(PixelLikelihood.normal(), halves)).isCloseTo(2 * Math.log(0.25), within(1e-5));
    }

    @Test
    void picturesThatAreAllAlikeBeginAtTheirRounding() {
        Tensor alike = Tensor.zeros(Device.CPU, 3, 3, 3, 4).plus(0.5);
        double deviation = 1 / 255.0 / Math.sqrt(12);
        assertThat(firstValue(PixelLikelihood.normal(), alike)).isCloseTo(2 * Math.log(deviation), within(1e-5));
        assertThat(firstValue(PixelLikelihood.laplace(), alike)).isCloseTo(Math.log(deviation), within(1e-5));
    }

    private double firstValue(PixelLikelihood likelihood, Tensor examples) {
        Initializer withExamples = new Initializer(
                rng, Device.CPU, field -> field.equals("pixels") ? Optional.of(examples) : Optional.empty());
        return likelihood
                .head("pixels", withExamples)
                .parameters()
                .values()
                .iterator()
                .next()
                .item();
    }

    @Test
    void onlyTheBernoulliTakesBinaryPixels() {
        assertThat(PixelLikelihood.bernoulli().treatments())
                .containsExactly(Pixels.DYNAMIC, Pixels.STATIC, Pixels.PROBABILITIES);
        for (PixelLikelihood likelihood : likelihoods()) {
            if (!likelihood.equals(PixelLikelihood.bernoulli())) {
                assertThat(likelihood.treatments()).containsExactly(Pixels.GREY);
            }
        }
    }
}
