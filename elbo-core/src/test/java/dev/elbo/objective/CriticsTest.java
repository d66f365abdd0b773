package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.LearnedSimilarity.ImageCritic;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who learns from what, where a critic learns beside a model. */
@ExtendWith(InAScope.class)
class CriticsTest {
    private final Initializer initial = new Initializer(Rng.seeded(2, Device.CPU), Device.CPU);
    private final Vae model = LinearGaussian.amiss().model();
    private final Batch batch = LinearGaussian.batch(16, 1);

    private final Layer ofCodes = Sequential.of(Linear.of(2, 16, initial), Activation.TANH, Linear.of(16, 1, initial));
    private final ImageCritic ofImages = new ImageCritic(
            Sequential.of(Reshape.flatten(Shape.of(1, 1, 3)), Linear.of(3, 8, initial), Activation.TANH),
            Linear.of(8, 1, initial));

    private static Step step() {
        Step step = new Step(1, 10, 1000, Device.CPU);
        step.advance(0, 0);
        return step;
    }

    private Map<String, double[]> gradients(Objective objective, Module of) {
        model.parameters().values().forEach(parameter -> clear(parameter));
        of.parameters().values().forEach(parameter -> clear(parameter));
        objective.loss(model, batch, step()).total().backward();
        Map<String, double[]> gradients = new LinkedHashMap<>();
        of.parameters()
                .forEach((name, parameter) ->
                        gradients.put(name, parameter.gradient().toHost().toDoubles()));
        return gradients;
    }

    private static void clear(Tensor parameter) {
        if (parameter.hasGradient()) {
            parameter.gradient().fill(0);
        }
    }

    private static void assertMoves(Map<String, double[]> gradients) {
        gradients.forEach((name, gradient) -> assertThat(
                        Arrays.stream(gradient).map(Math::abs).max().orElseThrow())
                .as(name)
                .isPositive());
    }

    private static void assertSame(Map<String, double[]> actual, Map<String, double[]> expected) {
        expected.forEach(
                (name, gradient) -> assertThat(actual.get(name)).as(name).containsExactly(gradient));
    }

    @Test
    void aCriticOfCodesLearnsTheSameHoweverMuchTheModelHeedsIt() {
        Map<String, double[]> little = gradients(new AdversarialCodes(0, ofCodes), ofCodes);
        assertMoves(little);
        assertSame(gradients(new AdversarialCodes(50, ofCodes), ofCodes), little);
    }

    @Test
    void anUnheededCriticOfCodesLeavesAnAutoencoder() {
        Map<String, double[]> alone = gradients(new Distortion(), model.likelihood());
        assertSame(gradients(new AdversarialCodes(0, ofCodes), model.likelihood()), alone);
    }

    @Test
    void theDecoderLearnsNothingOfTheCriticOfCodes() {
        Map<String, double[]> little = gradients(new AdversarialCodes(0, ofCodes), model.likelihood());
        assertSame(gradients(new AdversarialCodes(50, ofCodes), model.likelihood()), little);
        assertThat(gradients(new AdversarialCodes(50, ofCodes), model.posterior())
                        .values()
                        .toString())
                .isNotEqualTo(gradients(new AdversarialCodes(0, ofCodes), model.posterior())
                        .values()
                        .toString());
    }

    @Test
    void whatTheModelPaysIsTheDoubtOfTheCritic() {
        Loss loss = new AdversarialCodes(3, ofCodes).loss(model, batch, step());
        Step again = step();
        Tensor codes =
                model.draw(batch, 1, again.pass()).latents().get(0).value().get(0, 0);
        Tensor logit = ofCodes.forward(codes, Pass.deterministic());
        double doubt = logit.negate().softplus().mean().item();
        assertThat(term(loss, "adversarial")).isEqualTo(3 * doubt, within(1e-6)); // FLOAT32 near 1
        assertThat(loss.total().item())
                .isEqualTo(term(loss, "distortion") + 3 * doubt + term(loss, "criticLoss"), within(1e-5));
    }

    private static double term(Loss loss, String name) {
        return Objects.requireNonNull(loss.terms().get(name)).item();
    }

    @Test
    void aCriticThatKnowsNothingLosesTheLogarithmOfTwo() {
        ofCodes.parameters().values().forEach(parameter -> parameter.detach().fill(0));
        Loss loss = new AdversarialCodes(1, ofCodes).loss(model, batch, step());
        assertThat(term(loss, "criticLoss")).isEqualTo(Math.log(2), within(1e-6));
        assertThat(term(loss, "criticAccuracy")).isEqualTo(0.5);
    }

    @Test
    void aCriticOfImagesLearnsTheSameHoweverMuchTheDecoderHeedsIt() {
        Map<String, double[]> little = gradients(new LearnedSimilarity(0.01, ofImages), ofImages);
        assertMoves(little);
        assertSame(gradients(new LearnedSimilarity(10, ofImages), ofImages), little);
    }

    /** γ is the decoder's: the encoder learns from rate and features as they are, and nothing of what deceives the critic. */
    @Test
    void theEncoderLearnsTheSameHoweverMuchFeaturesAreWorthToTheDecoder() {
        Map<String, double[]> little = gradients(new LearnedSimilarity(0.5, ofImages), model.posterior());
        Map<String, double[]> much = gradients(new LearnedSimilarity(8, ofImages), model.posterior());
        assertMoves(little);
        // 1/γ and γ are powers of two, and round nothing
        assertSame(much, little);
    }

    @Test
    void theEncoderLearnsFromRateAndFeaturesAlone() {
        Map<String, double[]> all = gradients(new LearnedSimilarity(1, ofImages), model.posterior());
        Map<String, double[]> expected = gradients(
                (of, examples, step) -> {
                    var draw = of.draw(examples, 1, step.pass());
                    Tensor made = Objects.requireNonNull(draw.reconstructions().get("image"))
                            .likelihood()
                            .centre()
                            .get(0, 0);
                    Tensor difference = ofImages.features()
                            .forward(made, step.pass())
                            .minus(ofImages.features().forward(examples.get("image"), step.pass()));
                    Tensor total = draw.mean(draw.kl())
                            .plus(difference.square().mean().log().times(4)) /* half of 8 features */;
                    return new Loss(total, Map.of());
                },
                model.posterior());
        expected.forEach((name, gradient) -> assertThat(all.get(name))
                .as(name)
                .containsExactly(gradient, within(1e-4))); // sums in another order, and 1e-8 more
    }

    @Test
    void featuresMayNotBeWithoutWeight() {
        assertThatThrownBy(() -> new LearnedSimilarity(0, ofImages))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gamma must be positive, or reconstructions need not be like their images; got 0.0");
        assertThatThrownBy(() -> new AdversarialCodes(-1, ofCodes)).hasMessage("weight must be at least 0; got -1.0");
    }
}
