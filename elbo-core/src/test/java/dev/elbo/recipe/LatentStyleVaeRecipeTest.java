package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.data.Vocabulary;
import dev.elbo.model.DisentangledVae;
import dev.elbo.model.Guess;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Disentanglement;
import dev.elbo.objective.Loss;
import dev.elbo.objective.Schedule;
import dev.elbo.objective.Step;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class LatentStyleVaeRecipeTest {
    private static final Recipe SMALL = Recipes.with(
            new LatentStyleVaeRecipe(),
            Map.of(
                    "embedding",
                    "4",
                    "hidden",
                    "5",
                    "styleLatents",
                    "2",
                    "contentLatents",
                    "3",
                    "styleBeta",
                    "0.2",
                    "contentBeta",
                    "0.3"));

    private final DataSource data = SuitedData.sentences(8);
    private final Composition composed = SMALL.compose(data.spec(), initial());
    private final DisentangledVae model = (DisentangledVae) composed.model();
    private final Disentanglement objective =
            (Disentanglement) composed.stages().get(0).objective();
    private final Batch batch =
            new Examples(data.train(), data.spec(), Pixels.GREY, 3, Device.CPU).range(0, 8, Rng.seeded(3, Device.CPU));

    private static Initializer initial() {
        return new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
    }

    private static Step step() {
        Step step = new Step(1, 10, 1000, Device.CPU);
        step.advance(0, 0);
        return step;
    }

    private static double term(Loss loss, String name) {
        return Objects.requireNonNull(loss.terms().get(name)).item();
    }

    /** With other weights of the adversaries. */
    private Disentanglement weighed(double weight) {
        return new Disentanglement(
                objective.betas(),
                objective.adversaries().stream()
                        .map(each -> new Guess(each.what(), each.latent(), each.answer(), each.network(), weight))
                        .toList());
    }

    private Map<String, double[]> gradients(Disentanglement by, Module of) {
        Stream.of(model, objective.adversaries().get(0), objective.adversaries().get(1))
                .flatMap(module -> module.parameters().values().stream())
                .filter(Tensor::hasGradient)
                .forEach(parameter -> parameter.gradient().fill(0));
        by.loss(model, batch, step()).total().backward();
        Map<String, double[]> gradients = new LinkedHashMap<>();
        of.parameters()
                .forEach((name, parameter) ->
                        gradients.put(name, parameter.gradient().toHost().toDoubles()));
        return gradients;
    }

    private static void assertSame(Map<String, double[]> actual, Map<String, double[]> expected) {
        expected.forEach(
                (name, gradient) -> assertThat(actual.get(name)).as(name).containsExactly(gradient));
    }

    @Test
    void whatIsMinimisedIsTheSumOfItsTerms() {
        Loss loss = objective.loss(model, batch, step());

        double length = Arrays.stream(batch.lengths("text").toHost().toLongs())
                .average()
                .orElseThrow();
        double expected = term(loss, "distortion") / length
                + 0.2 * term(loss, "rate-style")
                + 0.3 * term(loss, "rate-content")
                + term(loss, "styleTask")
                + term(loss, "contentTask")
                - term(loss, "styleEntropy")
                - 0.03 * term(loss, "contentEntropy");
        assertThat(term(loss, "loss")).isEqualTo(expected, within(1e-5)); // FLOAT32 sums of some ten
        assertThat(loss.total().item())
                .isEqualTo(expected + term(loss, "styleAdversary") + term(loss, "contentAdversary"), within(1e-5));
    }

    @Test
    void anAdversaryLearnsTheSameHoweverMuchTheModelHeedsIt() {
        for (Guess adversary : objective.adversaries()) {
            Map<String, double[]> little = gradients(weighed(0), adversary);
            assertThat(little.values())
                    .allMatch(gradient -> Arrays.stream(gradient).anyMatch(value -> value != 0));
            assertSame(gradients(weighed(50), adversary), little);
        }
    }

    @Test
    void theDecoderAndTheTasksLearnNothingOfTheAdversaries() {
        assertSame(
                gradients(weighed(50), model.autoencoder().likelihood()),
                gradients(weighed(0), model.autoencoder().likelihood()));
        for (Guess task : model.tasks()) {
            assertSame(gradients(weighed(50), task), gradients(weighed(0), task));
        }
    }

    @Test
    void anUnheededAdversaryLeavesTheModelWithoutOne() {
        Disentanglement alone = new Disentanglement(objective.betas(), List.of());

        assertSame(
                gradients(weighed(0), model.autoencoder().trunk()),
                gradients(alone, model.autoencoder().trunk()));
        assertThat(gradients(weighed(1), model.autoencoder().trunk()).values().toString())
                .isNotEqualTo(
                        gradients(alone, model.autoencoder().trunk()).values().toString());
    }

    @Test
    void aSentenceIsSaidAgainWithItsContentAndTheMeanStyle() {
        model.draw(batch, 1, Pass.training(Rng.seeded(1, Device.CPU)));
        Map<String, Tensor> codes = model.encode(batch, Pass.deterministic());
        Map<String, Tensor> again = model.restyling().orElseThrow().latents(batch, 0, Pass.deterministic());

        assertThat(Objects.requireNonNull(again.get(DisentangledVae.CONTENT)).toFloats())
                .isEqualTo(Objects.requireNonNull(codes.get(DisentangledVae.CONTENT))
                        .toFloats());
        float[] styles =
                Objects.requireNonNull(codes.get(DisentangledVae.STYLE)).toFloats();
        double[] means = new double[4];
        for (int i = 0; i < styles.length; i++) {
            means[i % 4] += styles[i] / 4; // labels take turns, of two dimensions each
        }
        assertThat(Objects.requireNonNull(again.get(DisentangledVae.STYLE))
                        .narrow(0, 0, 2)
                        .toHost()
                        .toDoubles())
                .containsExactly(means, within(1e-5)); // FLOAT32 quotients of sums
    }

    @Test
    void evaluationMovesNoMean() {
        model.draw(batch, 1, Pass.evaluation(Rng.seeded(1, Device.CPU)));

        assertThat(model.styles().counts().toFloats()).containsOnly(0);
    }

    private static LatentVariableModel begun(double salience, double common, long[] tokens, long... labels) {
        Vocabulary vocabulary = Vocabulary.of(Stream.of("a", "b", "c", "d"), 10, 1);
        DataSpec spec = new DataSpec(
                "tiny",
                Map.of("text", new Field.Tokens(vocabulary, 9), "label", new Field.Category(List.of("x", "y"))),
                "");
        int rows = labels.length;
        int width = tokens.length / rows;
        Split split = new Split(
                Map.of("text", HostArray.of(tokens, rows, width), "label", HostArray.of(labels, rows)),
                Map.of("text", HostArray.of(new long[] {width, width}, rows)),
                Map.of());
        Composition composition = Recipes.with(SMALL, Map.of("salience", "" + salience, "common", "" + common))
                .compose(spec, initial());
        composition
                .stages()
                .get(0)
                .beginning()
                .orElseThrow()
                .begin(new Examples(split, spec, Pixels.GREY, 1, Device.CPU), 1);
        return composition.model();
    }

    private static float[] content(LatentVariableModel model) {
        Guess task = ((DisentangledVae) model).tasks().get(1);
        return ((Guess.OfWords) task.answer()).content().toFloats();
    }

    @Test
    void contentIsWhatMarksNoStyleAndIsNotFrequent() {
        // in x 'a' 1, 'b' 3, 'c' 1; in y 'b' 3, 'c' 1 and 'd' 1: 10 words, of which 6 are 'b'
        long[] tokens = {4, 5, 5, 5, 6, 3, 5, 5, 5, 6, 7, 3};

        assertThat(content(begun(2, 0.5, tokens, 0, 1))).containsExactly(0, 0, 0, 0, 0, 0, 1, 0);
        assertThat(content(begun(2, 0, tokens, 0, 1))).containsExactly(0, 0, 0, 0, 0, 1, 1, 0);
        assertThat(content(begun(2.1, 0.5, tokens, 0, 1))).containsExactly(0, 0, 0, 0, 1, 0, 1, 1);
        assertThat(content(begun(2.1, 0.7, tokens, 0, 1))).containsExactly(0, 0, 0, 0, 1, 0, 0, 1);
    }

    @Test
    void dataWithoutLabelsAreRefused() {
        DataSpec spec = new DataSpec("verses", Map.of("text", data.spec().field("text")), "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SMALL.compose(spec, initial()))
                .withMessage(
                        "latent-style-vae learns from sentences of two styles or more, and data 'verses' have none:"
                                + " give a .tsv file whose first line names the columns 'text' and 'label'");
    }

    @Test
    void optionsOutOfTheirRangeAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recipes.with(SMALL, Map.of("common", "1")))
                .withMessageContaining("common is a share in [0, 1); got 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recipes.with(SMALL, Map.of("styleTask", "-1")))
                .withMessageContaining("weights are at least 0; got styleTask -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Disentanglement(List.of(Schedule.constant(-1)), List.of()))
                .withMessageContaining("at least 0");
    }
}
