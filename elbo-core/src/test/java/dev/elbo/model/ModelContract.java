package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.elbo.checkpoint.Safetensors;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Batch;
import dev.elbo.distribution.Distribution;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every latent-variable model promises. */
public abstract class ModelContract {
    private static final int SAMPLES = 3;
    private static final int EXAMPLES = 4;

    private Scope scope;
    private LatentVariableModel model;
    private Batch batch;

    /** The model, with first weights. */
    protected abstract LatentVariableModel model(Initializer initial);

    /** Examples that it can be trained on, with all fields that it needs. */
    protected abstract Batch batch(int examples);

    /** The shape of what a model makes of one example. */
    protected Shape each(String field) {
        Shape shape = batch.get(field).shape();
        return shape.slice(1, shape.rank());
    }

    @BeforeEach
    void build() {
        scope = Scope.open("test");
        model = model(1);
        batch = batch(EXAMPLES);
    }

    private LatentVariableModel model(long seed) {
        return model(new Initializer(Rng.seeded(seed, Device.CPU), Device.CPU));
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void aDrawHasAFigureForEachSampleOfEachExample() {
        assumeLatents();
        Draw draw = draw(model, 1);
        Shape each = Shape.of(samples(draw), EXAMPLES);
        draw.weights().ifPresent(weights -> {
            assertThat(weights.shape()).isEqualTo(each);
            // FLOAT32 sums of some probabilities
            assertThat(weights.sum(0).toHost().toDoubles()).containsExactly(new double[] {1, 1, 1, 1}, within(1e-6));
        });
        assertThat(draw.logLikelihood().shape()).isEqualTo(each);
        assertThat(draw.logWeights().shape()).isEqualTo(each);
        assertThat(draw.kl().shape()).isIn(Shape.of(EXAMPLES), each);
        assertThat(draw.latents()).isNotEmpty().allSatisfy(latent -> {
            assertThat(latent.value().shape().slice(0, 2)).isEqualTo(each);
            assertThat(latent.logPosterior().shape()).isEqualTo(each);
            assertThat(latent.logPrior().shape()).isEqualTo(each);
            latent.klPerDimension()
                    .ifPresent(kl -> assertThat(draw.expectation(kl, 1).shape().slice(0, 1))
                            .isEqualTo(Shape.of(EXAMPLES)));
        });
    }

    /** How many samples are made of so many as were asked for: one of a posterior that is a point, some of each value. */
    private static long samples(Draw draw) {
        long values = draw.weights().map(weights -> weights.size(0)).orElse((long) SAMPLES);
        assertThat(values % SAMPLES).isZero();
        return draw.isCertain() ? 1 : values;
    }

    @Test
    void reconstructionsHaveTheShapeOfWhatIsObserved() {
        Draw draw = draw(model, 1);
        Map<String, Reconstruction> reconstructions = draw.reconstructions();
        assertThat(reconstructions).isNotEmpty();
        reconstructions.forEach((field, reconstruction) -> assertThat(
                        reconstruction.likelihood().centre().shape())
                .isEqualTo(each(field).prepend(samples(draw), EXAMPLES)));
    }

    @Test
    void everyParameterReceivesAGradient() {
        Draw draw = model.draw(batch, 1, Pass.training(Rng.seeded(1, Device.CPU)));
        draw.penalties().values().stream()
                .reduce(draw.logWeights().mean(), Tensor::plus)
                .backward();
        assertThat(model.parameters())
                .isNotEmpty()
                .allSatisfy((name, parameter) -> assertThat(
                                parameter.gradient().norm().item())
                        .isFinite()
                        .isPositive());
    }

    @Test
    void theSameSeedGivesTheSameDraw() {
        assertThat(figures(draw(model, 1))).isEqualTo(figures(draw(model, 1)));
        boolean samplesDiffer = !figures(draw(model, 1)).equals(figures(draw(model, 2)));
        assertThat(samplesDiffer).isNotEqualTo(draw(model, 1).isCertain());
    }

    @Test
    void whatIsSavedAndLoadedGivesTheSameDraw(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("model.safetensors");
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        model.state().forEach((name, tensor) -> arrays.put(name, tensor.toHost()));
        new Safetensors(arrays, Map.of()).write(file);

        LatentVariableModel other = model(2);
        assertThat(figures(draw(other, 1))).isNotEqualTo(figures(draw(model, 1)));
        Weights.load(other, Safetensors.read(file).tensors());
        assertThat(figures(draw(other, 1))).isEqualTo(figures(draw(model, 1)));
    }

    @Test
    void noTensorOutlivesTheScopeItWasMadeIn() {
        int before = scope.size();
        scope.cap(); // a tensor made in it would fail here
        try (Scope work = Scope.open("work")) {
            draw(model, 1).logWeights().mean().backward();
            model.decode(model.latents(EXAMPLES, batch, 0.7, pass(1)), batch, pass(1));
        }
        assertThat(scope.size()).isEqualTo(before);
    }

    /** Of an auxiliary latent, which is in a draw and not in the signature, nothing is made. */
    @Test
    void theLatentsOfADrawDecodeToItsReconstructions() {
        assumeLatents();
        Draw draw = draw(model, 1);
        Map<String, Tensor> latents = new LinkedHashMap<>();
        draw.latents().forEach(latent -> latents.put(latent.name(), latent.value()));
        latents.keySet()
                .retainAll(
                        model.signature().latents().stream().map(Variable::name).toList());
        Map<String, Distribution> decoded = model.decode(latents, batch, Pass.deterministic());
        draw.reconstructions()
                .forEach((field, reconstruction) -> assertThat(Objects.requireNonNull(decoded.get(field))
                                .centre()
                                .toHost()
                                .toDoubles())
                        // products of other sizes sum in another order: some units in the last place
                        .containsExactly(
                                reconstruction.likelihood().centre().toHost().toDoubles(), within(1e-5)));
    }

    /** Of a model whose latents have steps, another draw may have more or fewer. */
    private void assumeAsManySteps() {
        assumeLatents();
        assumeFalse(model.signature().latents().stream().anyMatch(latent -> latent.kind() == Variable.Kind.STEPS));
    }

    @Test
    void latentsOfThePriorDecodeToWhatIsObserved() {
        assumeAsManySteps();
        Map<String, Tensor> latents = model.latents(EXAMPLES, batch, 1, pass(1));
        assertThat(latents.values())
                .allSatisfy(latent -> assertThat(latent.size(0)).isEqualTo(EXAMPLES));
        model.decode(latents, batch, Pass.deterministic())
                .forEach((field, decoded) -> assertThat(decoded.centre().shape())
                        .isEqualTo(each(field).prepend(EXAMPLES)));
    }

    @Test
    void severalSamplesDecodeAtOnceAsTheyDoOneByOne() {
        assumeAsManySteps();
        Map<String, Tensor> one = model.latents(EXAMPLES, batch, 1, pass(1));
        Map<String, Tensor> other = model.latents(EXAMPLES, batch, 1, pass(2));
        Map<String, Tensor> all = new LinkedHashMap<>();
        one.forEach((name, value) -> all.put(name, Tensor.stack(0, value, Objects.requireNonNull(other.get(name)))));
        Map<String, Distribution> decoded = model.decode(all, batch, Pass.deterministic());
        model.decode(other, batch, Pass.deterministic()).forEach((field, p) -> {
            double[] alone = p.centre().toHost().toDoubles();
            double[] together = Objects.requireNonNull(decoded.get(field))
                    .centre()
                    .get(0, 1)
                    .toHost()
                    .toDoubles();
            // products of other sizes sum in another order: some units in the last place
            assertThat(together).containsExactly(alone, within(1e-5));
        });
    }

    @Test
    void withoutTemperatureThePriorGivesItsCentre() {
        assumeLatents();
        Map<String, Tensor> cold = model.latents(EXAMPLES, batch, 0, pass(1));
        assertThat(floats(cold)).isEqualTo(floats(model.latents(EXAMPLES, batch, 0, pass(2))));
        assertThat(floats(cold)).isNotEqualTo(floats(model.latents(EXAMPLES, batch, 1, pass(2))));
    }

    @Test
    void aFieldThatTheBatchLacksIsNamed() {
        for (String missing : batch.fields().keySet()) {
            Map<String, Tensor> fields = new LinkedHashMap<>(batch.fields());
            fields.remove(missing);
            Batch incomplete = new Batch(fields);
            String message = "batch has no field '" + missing + "'; it has " + new TreeSet<>(fields.keySet());
            assertThatThrownBy(() -> model.draw(incomplete, 1, pass(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
            if (model.signature().conditions().contains(missing)) {
                Map<String, Tensor> latents = model.latents(EXAMPLES, batch, 1, pass(1));
                assertThatThrownBy(() -> model.latents(EXAMPLES, incomplete, 1, pass(1)))
                        .hasMessage(message);
                assertThatThrownBy(() -> model.decode(latents, incomplete, pass(1)))
                        .hasMessage(message);
            }
        }
    }

    @Test
    void latentsOfOtherNamesAreRefused() {
        assumeLatents();
        List<String> names = draw(model, 1).latents().stream().map(Latent::name).toList();
        assertThatThrownBy(() -> model.decode(
                        Map.of("w", batch.fields().values().iterator().next()), batch, pass(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(names.get(0))
                .hasMessageContaining("'w'");
    }

    private Draw draw(LatentVariableModel model, long seed) {
        return model.draw(batch, SAMPLES, pass(seed));
    }

    private static Pass pass(long seed) {
        return Pass.evaluation(Rng.seeded(seed, Device.CPU));
    }

    private static List<Float> figures(Draw draw) {
        try (GradientMode off = GradientMode.off()) {
            return floats(Map.of("log w", draw.logWeights()));
        }
    }

    private static List<Float> floats(Map<String, Tensor> tensors) {
        List<Float> floats = new ArrayList<>();
        for (Tensor tensor : tensors.values()) {
            for (float value : tensor.toFloats()) {
                floats.add(value);
            }
        }
        return floats;
    }

    /** A language model has none: what is said of latents is not said of it. */
    private void assumeLatents() {
        assumeFalse(model.signature().latents().isEmpty());
    }
}
