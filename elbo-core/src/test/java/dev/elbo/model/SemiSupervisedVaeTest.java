package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Conditional;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Images of three classes: what is said of them with a label, and what is learned of it. */
@ExtendWith(InAScope.class)
class SemiSupervisedVaeTest {
    private static final int EXAMPLES = 4;
    private static final int CLASSES = 3;

    /** Sums of some tens of nats in FLOAT32, in another order. */
    private static final double ROUNDING = 1e-4;

    /** Without noise z is the centre of its posterior, whatever the number of samples: draws can be compared. */
    private static final Rng QUIET = new Rng() {
        @Override
        public Tensor normal(Shape shape) {
            return Tensor.zeros(Device.CPU, shape.sizes());
        }

        @Override
        public Tensor uniform(Shape shape) {
            return normal(shape).plus(0.5);
        }
    };

    private static final Pass PASS = Pass.evaluation(QUIET);

    private final DataSource data = Stripes.of(1, 9, 7, EXAMPLES);
    private final SemiSupervisedVae model =
            (SemiSupervisedVae) Recipes.with(Recipes.named("m2"), Map.of("hidden", "16", "latents", "2", "alpha", "5"))
                    .compose(data.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                    .model();
    private final Batch labelled =
            new Examples(data.train(), data.spec(), Pixels.PROBABILITIES, 1, Device.CPU).range(0, EXAMPLES, QUIET);
    private final Batch unlabelled = new Batch(Map.of("image", labelled.get("image")));

    private Batch withLabels(long... labels) {
        return new Batch(Map.of("image", labelled.get("image"), "label", Tensor.of(labels, EXAMPLES)));
    }

    private Batch partly(long[] labels, float... present) {
        Batch all = withLabels(labels);
        return new Batch(all.fields(), Map.of(), Map.of("label", Tensor.of(present, EXAMPLES)));
    }

    private double[] bound(Batch batch, int samples) {
        Draw draw = model.draw(batch, samples, PASS);
        Tensor bound = draw.logLikelihood().minus(draw.kl());
        return draw.expectation(bound, 0).toHost().toDoubles();
    }

    private double[][] guesses() {
        Tensor probabilities =
                model.classifier().given(PASS, labelled.get("image")).probabilities();
        double[][] rows = new double[EXAMPLES][];
        for (int i = 0; i < EXAMPLES; i++) {
            rows[i] = probabilities.get(0, i).toHost().toDoubles();
        }
        return rows;
    }

    private double[] evidence(Batch batch, int samples) {
        return model.draw(batch, samples, PASS).logEvidence().toHost().toDoubles();
    }

    /** A guess that is surer than FLOAT32 has probabilities for weighs with e⁻⁶⁹ or more, and so must its density. */
    @Test
    void aClassThatTheClassifierRulesOutCountsInTheEvidenceAsItIs() {
        SemiSupervisedVae sure = new SemiSupervisedVae(
                model.classPrior(), new Sure(model.classifier()), model.autoencoder(), CLASSES, 1);
        double[] evidence =
                sure.draw(unlabelled, 2, PASS).logEvidence().toHost().toDoubles();
        assertThat(evidence).containsExactly(evidence(unlabelled, 2), within(ROUNDING));
    }

    /** Thousands of nats between classes. */
    private record Sure(Conditional<Categorical> inner) implements Conditional<Categorical> {
        @Override
        public Categorical given(Pass pass, Tensor... parents) {
            return new Categorical(inner.given(pass, parents).logits().times(1e5), 0);
        }
    }

    @Test
    void aLabelCostsWhatItsClassIsWorthBeforehandAndNoMore() {
        Draw draw = model.draw(labelled, 1, PASS);
        Latent y = draw.latents().get(0);
        assertThat(y.name()).isEqualTo("label");
        assertThat(y.logPosterior().toFloats()).containsOnly(0);
        double[] costs = y.kl().toHost().toDoubles();
        for (double cost : costs) {
            assertThat(cost).isEqualTo(Math.log(CLASSES), within(1e-6)); // FLOAT32
        }
        assertThat(draw.weights()).isEmpty();
        assertThat(draw.logLikelihood().shape()).isEqualTo(Shape.of(1, EXAMPLES));
    }

    @Test
    void aLabelThatIsHiddenChangesNothing() {
        Batch partly = partly(new long[] {0, 1, 2, 0}, 1, 0, 0, 1);
        Batch otherwise = partly(new long[] {0, 2, 0, 0}, 1, 0, 0, 1);
        assertThat(bound(otherwise, 1)).containsExactly(bound(partly, 1));
        assertThat(penalty(otherwise)).isEqualTo(penalty(partly));
    }

    @Test
    void theClassifierLearnsOfItsSurpriseAtLabels() {
        double[][] guesses = guesses();
        double expected = 5 * (-Math.log(guesses[0][0]) - Math.log(guesses[3][2])) / EXAMPLES;
        assertThat(penalty(partly(new long[] {0, 0, 0, 2}, 1, 0, 0, 1))).isEqualTo(expected, within(1e-5)); // FLOAT32
        assertThat(model.draw(unlabelled, 1, PASS).penalties()).isEmpty();
    }

    private double penalty(Batch batch) {
        return Objects.requireNonNull(model.draw(batch, 1, PASS).penalties().get("classification"))
                .item();
    }

    @Test
    void theBoundOfALabelledExampleTeachesTheClassifierNothing() {
        Draw draw = model.draw(partly(new long[EXAMPLES], 1, 1, 1, 1), 1, PASS);
        draw.mean(draw.logLikelihood().minus(draw.kl())).backward();
        assertThat(gradientOfClassifier()).isZero();
        draw = model.draw(partly(new long[EXAMPLES], 1, 1, 1, 0), 1, PASS);
        draw.mean(draw.logLikelihood().minus(draw.kl())).backward();
        assertThat(gradientOfClassifier()).isPositive();
    }

    private double gradientOfClassifier() {
        return model.classifier().parameters().values().stream()
                .mapToDouble(parameter -> parameter.gradient().norm().item())
                .sum();
    }

    @Test
    void aClassThatIsAskedForIsTheOneThatIsSampled() {
        Batch sevens = new Batch(Map.of("label", Tensor.of(new long[] {2, 2, 1}, 3)));
        Map<String, Tensor> latents = model.latents(3, sevens, 1, Pass.evaluation(Rng.seeded(1, Device.CPU)));
        assertThat(Objects.requireNonNull(latents.get("label")).toHost().toLongs())
                .containsExactly(2, 2, 1);
        assertThat(Objects.requireNonNull(latents.get("z")).shape()).isEqualTo(Shape.of(3, 2));
        // and decoded, where only the style is given
        Map<String, Tensor> style = Map.of("z", latents.get("z"));
        assertThat(image(model.decode(style, sevens, PASS)))
                .containsExactly(image(model.decode(latents, new Batch(Map.of()), PASS)));
    }

    private static double[] image(Map<String, dev.elbo.distribution.Distribution> decoded) {
        return Objects.requireNonNull(decoded.get("image")).centre().toHost().toDoubles();
    }

    @Test
    void withoutAClassTheyAreSampledEvenly() {
        Tensor classes = model.latents(3000, new Batch(Map.of()), 1, Pass.evaluation(Rng.seeded(1, Device.CPU)))
                .get("label");
        long[] counts = new long[CLASSES];
        for (long y : Objects.requireNonNull(classes).toHost().toLongs()) {
            counts[(int) y]++;
        }
        for (long count : counts) {
            assertThat((double) count).isEqualTo(1000, within(4 * Math.sqrt(3000.0 * 2 / 9))); // 4 standard errors
        }
    }

    @Test
    void aCodeIsWhatTheModelMakesOfTheImageWithoutItsLabel() {
        Map<String, Tensor> of = model.encode(labelled, PASS);
        assertThat(Objects.requireNonNull(of.get("label")).toHost().toLongs())
                .containsExactly(model.classifier()
                        .given(PASS, labelled.get("image"))
                        .centre()
                        .toHost()
                        .toLongs());
        assertThat(Objects.requireNonNull(of.get("z")).toFloats())
                .containsExactly(
                        Objects.requireNonNull(model.encode(unlabelled, PASS).get("z"))
                                .toFloats());
    }

    @Test
    void itsSignatureHasTheClassAboveTheStyle() {
        assertThat(model.signature())
                .isEqualTo(new Signature(
                        List.of("image"),
                        List.of(),
                        List.of(Variable.oneOf("label", CLASSES), Variable.vector("z", 2))));
        assertThat(model.signature().onDemand()).containsExactly("label");
    }

    @Test
    void anAutoencoderThatIsGivenNoClassIsRefused() {
        Vae unconditional = LinearGaussian.exact().model();
        assertThatThrownBy(
                        () -> new SemiSupervisedVae(model.classPrior(), model.classifier(), unconditional, CLASSES, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the autoencoder is given one field, the class; got []");
    }
}
