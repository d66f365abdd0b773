package dev.elbo.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.distribution.Distribution;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Form;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InAScope.class)
class LikelihoodTest {
    private static final Shape ROW = Shape.of(2);
    private static final Shape GREY = Shape.of(1, 4, 4);

    private final Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);

    static List<Form<Likelihood>> forms() {
        return Likelihood.forms();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatIsWrittenIsReadAgain(Form<Likelihood> form) {
        String text = form.standard().toString();
        assertThat(Likelihood.parse(text)).isEqualTo(form.standard()).hasToString(text);
        assertThat(form.standard().isOfCounts()).isNotEqualTo(form.standard() instanceof PixelLikelihood);
        assertThat(form.standard().treatments().isEmpty())
                .isEqualTo(form.standard().isOfCounts());
    }

    /** As configurations of runs have them, and as enums were read. */
    @ParameterizedTest
    @ValueSource(strings = {"bernoulli", "continuous-bernoulli", "normal", "laplace", "logistic-mixture"})
    void namesAreReadAsTheyAlwaysWere(String name) {
        assertThat(PixelLikelihood.parse(name)).hasToString(name);
        assertThat(PixelLikelihood.parse(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .hasToString(name);
        assertThat(Likelihood.parse(name)).isEqualTo(PixelLikelihood.parse(name));
    }

    @Test
    void whatIsNoneIsRefused() {
        assertThatThrownBy(() -> Likelihood.parse("poison"))
                .hasMessageStartingWith("did you mean 'poisson'? Choose one of bernoulli, ");
        assertThatThrownBy(() -> Likelihood.parse("categorical(1)"))
                .hasMessage("pixels have 2 to 256 levels; got categorical(1)");
        assertThatThrownBy(() -> PixelLikelihood.parse("poisson")).hasMessageContaining("hoose one of bernoulli, ");
    }

    @Test
    void countsAreOfRowsAndLevelsOfImages() {
        assertThatThrownBy(() -> Likelihood.parse("poisson").parameters(GREY))
                .hasMessage("likelihood=poisson is of rows of counts, and these data are images; set"
                        + " likelihood=categorical(256)");
        assertThatThrownBy(() -> Likelihood.parse("beta").parameters(ROW))
                .hasMessageContaining("set likelihood=normal or likelihood=laplace");
        assertThatThrownBy(() -> Likelihood.parse("colour-mixture").parameters(GREY))
                .hasMessage("likelihood=colour-mixture is of images in red, green and blue; these have 1 channels. Set"
                        + " likelihood=logistic-mixture");
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "negative-binomial"})
    void countsBeginAtTheMeansOfTheData(String family) {
        Tensor rows = Tensor.of(new float[] {1, 0, 5, 0}, 2, 2);
        Initializer withExamples = new Initializer(initial.rng(), Device.CPU, field -> Optional.of(rows));
        Distribution p = Likelihood.parse(family).head("row", ROW, withExamples).of(Tensor.zeros(Device.CPU, 3, 2));
        double[] means = p.centre().get(0, 0).toHost().toDoubles();
        assertThat(means).containsExactly(new double[] {3, 1e-3}, within(1e-5)); // exp of a FLOAT32 logarithm
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "negative-binomial", "zero-inflated-negative-binomial"})
    void extremeOutputsOfCountsHaveFiniteDensitiesAndGradients(String family) {
        Likelihood likelihood = Likelihood.parse(family);
        for (double extreme : new double[] {-200, 200}) {
            Tensor output = Tensor.zeros(Device.CPU, likelihood.parameters(ROW).sizes())
                    .plus(extreme)
                    .requireGradient();
            Tensor logProb = likelihood.head("row", ROW, initial).of(output).logProb(Tensor.of(new float[] {0, 40}, 2));
            logProb.backward();
            assertThat(logProb.allFinite().item()).isEqualTo(1);
            assertThat(output.gradient().allFinite().item()).isEqualTo(1);
        }
    }

    @Test
    void betaScoresTheEndsAsHalfALevelOffThem() {
        Distribution p = PixelLikelihood.parse("beta")
                .head("image", GREY, initial)
                .of(Tensor.zeros(Device.CPU, 2, 1, 1, 1).plus(1));
        double shape = Math.log1p(Math.E) + 0.01; // both are one number a, so that p is symmetric
        double atEnd = p.logProb(Tensor.zeros(Device.CPU, 1, 1, 1)).item();
        assertThat(p.logProb(Tensor.zeros(Device.CPU, 1, 1, 1).plus(1)).item())
                .isCloseTo(atEnd, within(1e-5)); // FLOAT32 near 1
        double inside = p.logProb(Tensor.zeros(Device.CPU, 1, 1, 1).plus(0.3)).item();
        double h = 0.5 / 255;
        double difference = (shape - 1) * (Math.log(0.3) + Math.log(0.7) - Math.log(h) - Math.log1p(-h));
        assertThat(inside - atEnd).isCloseTo(difference, within(1e-4)); // FLOAT32
    }
}
