package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.checkpoint.Safetensors;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Batch;
import dev.elbo.distribution.Distribution;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
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
import java.util.stream.DoubleStream;
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
        Shape each = Shape.of(SAMPLES, EXAMPLES);
        Draw draw = draw(model, 1);
        assertThat(draw.logLikelihood().shape()).isEqualTo(each);
        assertThat(draw.logWeights().shape()).isEqualTo(each);
        assertThat(draw.kl().shape()).isIn(Shape.of(EXAMPLES), each);
        assertThat(draw.latents()).isNotEmpty().allSatisfy(latent -> {
            assertThat(latent.value().shape().slice(0, 2)).isEqualTo(each);
            assertThat(latent.logPosterior().shape()).isEqualTo(each);
            assertThat(latent.logPrior().shape()).isEqualTo(each);
            latent.klPerDimension()
                    .ifPresent(kl -> assertThat(kl.shape().slice(0, 1)).isEqualTo(Shape.of(EXAMPLES)));
        });
    }

    @Test
    void reconstructionsHaveTheShapeOfWhatIsObserved() {
        Map<String, Distribution> reconstructions = draw(model, 1).reconstructions();
        assertThat(reconstructions).isNotEmpty();
        reconstructions.forEach(
                (field, reconstruction) -> assertThat(reconstruction.mean().shape())
                        .isEqualTo(batch.get(field).shape().prepend(SAMPLES)));
    }

    @Test
    void everyParameterReceivesAGradient() {
        draw(model, 1).logWeights().mean().backward();
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
        assertThat(figures(draw(model, 1))).isNotEqualTo(figures(draw(model, 2)));
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

    @Test
    void latentsOfThePriorDecodeToWhatIsObserved() {
        Map<String, Tensor> latents = model.latents(EXAMPLES, batch, 1, pass(1));
        assertThat(latents.values())
                .allSatisfy(latent -> assertThat(latent.size(0)).isEqualTo(EXAMPLES));
        model.decode(latents, batch, Pass.deterministic())
                .forEach((field, decoded) -> assertThat(decoded.mean().shape())
                        .isEqualTo(batch.get(field).shape()));
    }

    @Test
    void severalSamplesDecodeAtOnceAsTheyDoOneByOne() {
        Draw draw = draw(model, 1);
        Map<String, Tensor> all = new LinkedHashMap<>();
        Map<String, Tensor> second = new LinkedHashMap<>();
        draw.latents().forEach(latent -> {
            all.put(latent.name(), latent.value());
            second.put(latent.name(), latent.value().get(0, 1));
        });
        Map<String, Distribution> decoded = model.decode(all, batch, Pass.deterministic());
        model.decode(second, batch, Pass.deterministic()).forEach((field, one) -> {
            double[] alone = one.mean().toHost().toDoubles();
            double[] together = Objects.requireNonNull(decoded.get(field))
                    .mean()
                    .get(0, 1)
                    .toHost()
                    .toDoubles();
            assertThat(together).containsExactly(alone, within(rounding(alone)));
        });
    }

    /** The rounding of products in another order, none of which sums more terms than the model has parameters. */
    private double rounding(double... values) {
        long terms = model.parameters().values().stream()
                .mapToLong(parameter -> parameter.shape().elements())
                .sum();
        return Rounding.ofSum(
                DType.FLOAT32,
                terms,
                DoubleStream.of(values).map(Math::abs).max().orElseThrow());
    }

    @Test
    void withoutTemperatureThePriorGivesItsMean() {
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
            if (model.conditions().contains(missing)) {
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
        List<String> names = draw(model, 1).latents().stream().map(Latent::name).toList();
        assertThatThrownBy(() -> model.decode(
                        Map.of("w", batch.fields().values().iterator().next()), batch, pass(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + names.get(0) + "'")
                .hasMessageContaining("[w]");
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
}
