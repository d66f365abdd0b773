package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.InAScope;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every layer promises. */
@ExtendWith(InAScope.class)
class LayersTest {
    private static final List<Shape> LEADING = List.of(Shape.of(), Shape.of(2), Shape.of(3, 2), Shape.of(2, 1, 3));

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);

    /** A layer, and the shapes of its input and output without leading dimensions. */
    private record Example(String name, Function<Initializer, Layer> layer, Shape in, Shape out) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Example> layers() {
        Shape vector = Shape.of(4);
        Shape image = Shape.of(4, 6, 5);
        return Stream.of(
                new Example("Linear", i -> Linear.of(4, 3, i), vector, Shape.of(3)),
                new Example("SpectralNorm", i -> SpectralNorm.of(Linear.of(4, 3, i), i), vector, Shape.of(3)),
                new Example("GatedLinear", i -> GatedLinear.of(4, 3, i), vector, Shape.of(3)),
                new Example("Conv2d", i -> Conv2d.of(4, 2, 3, 2, 1, i), image, Shape.of(2, 3, 3)),
                new Example(
                        "ConvTranspose2d", i -> ConvTranspose2d.of(4, 2, 3, 2, 1, 1, 0, i), image, Shape.of(2, 12, 9)),
                new Example("BatchNorm of vectors", i -> BatchNorm.ofVectors(4, i), vector, vector),
                new Example("BatchNorm of images", i -> BatchNorm.ofImages(4, i), image, image),
                new Example("LayerNorm", i -> LayerNorm.of(i, 4), vector, vector),
                new Example("LayerNorm of images", i -> LayerNorm.of(i, 4, 6, 5), image, image),
                new Example("GroupNorm", i -> GroupNorm.of(2, 4, i), image, image),
                new Example("Dropout", i -> new Dropout(0.3), vector, vector),
                new Example("RandomAffine", i -> new RandomAffine(2, 10), image, image),
                new Example("Residual", i -> new Residual(Linear.of(4, 4, i)), vector, vector),
                new Example("flatten", i -> Reshape.flatten(image), image, Shape.of(120)),
                new Example("unflatten", i -> Reshape.unflatten(image), Shape.of(120), image),
                new Example("an activation", i -> Activation.SILU, image, image),
                new Example("an empty Sequential", i -> Sequential.of(), vector, vector),
                new Example(
                        "a Sequential",
                        i -> Sequential.of(Linear.of(4, 8, i), Activation.TANH, Linear.of(8, 2, i)),
                        vector,
                        Shape.of(2)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void leadingDimensionsAreLeftAlone(Example example) {
        Layer layer = example.layer().apply(initial);
        for (Shape leading : LEADING) {
            Tensor x = rng.normal(example.in().prepend(leading.sizes()));
            Tensor y = layer.forward(x, Pass.deterministic());
            assertThat(y.shape()).isEqualTo(example.out().prepend(leading.sizes()));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void examplesDoNotSeeOneAnotherInUse(Example example) {
        Layer layer = example.layer().apply(initial);
        Tensor x = rng.normal(example.in().prepend(3, 2));
        Tensor together = layer.forward(x, Pass.deterministic());
        double rounding = rounding(layer, example, together.abs().max().item());
        for (int k = 0; k < 3; k++) {
            for (int b = 0; b < 2; b++) {
                Tensor alone = layer.forward(x.get(0, k).get(0, b), Pass.deterministic());
                double distance =
                        together.get(0, k).get(0, b).minus(alone).abs().max().item();
                assertThat(distance).isLessThanOrEqualTo(rounding);
            }
        }
    }

    /** The rounding of products in another order; none sums more terms than there are inputs and parameters. */
    private static double rounding(Layer layer, Example example, double magnitude) {
        long parameters = layer.parameters().values().stream()
                .mapToLong(parameter -> parameter.shape().elements())
                .sum();
        return Rounding.ofSum(DType.FLOAT32, example.in().elements() + parameters, magnitude);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyParameterReceivesAGradient(Example example) {
        Layer layer = example.layer().apply(initial);
        Tensor x = rng.normal(example.in().prepend(3, 2));
        Tensor y = layer.forward(x, Pass.training(rng));
        Map<String, Tensor> parameters = layer.parameters();
        if (!parameters.isEmpty()) {
            y.times(rng.normal(y.shape())).sum().backward();
        }
        assertThat(parameters)
                .allSatisfy((name, parameter) -> assertThat(
                                parameter.gradient().norm().item())
                        .isFinite()
                        .isPositive());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void anEmptyBatchPassesThrough(Example example) {
        Tensor x = rng.normal(example.in().prepend(0));
        Tensor y = example.layer().apply(initial).forward(x, Pass.deterministic());
        assertThat(y.shape()).isEqualTo(example.out().prepend(0));
    }

    @Test
    void categoriesBecomeVectorsWhateverTheirLeadingDimensions() {
        Tensor indices = Tensor.of(new long[] {0, 2, 1, 2, 2, 0}, 3, 2);
        Embedding embedding = Embedding.of(3, 5, initial);
        Tensor vectors = embedding.forward(indices, Pass.deterministic());
        assertThat(vectors.shape()).isEqualTo(Shape.of(3, 2, 5));
        assertThat(vectors.get(0, 1).get(0, 1).toFloats())
                .containsExactly(embedding.weight().get(0, 2).toFloats());
        vectors.sum().backward();
        assertThat(embedding.parameters()).containsOnlyKeys("weight");
        assertThat(embedding.weight().gradient().toFloats())
                .containsExactly(2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3);
        assertThat(new OneHot(3).forward(indices, Pass.deterministic()).shape()).isEqualTo(Shape.of(3, 2, 3));
    }

    @Test
    void anInputOfTooFewDimensionsIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Conv2d.of(1, 1, 3, 1, 1, initial).forward(Tensor.zeros(Device.CPU, 5, 5), Pass.deterministic()))
                .withMessage("a layer over the last 3 dimensions got an input of shape [5, 5]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reshape.flatten(Shape.of(1, 28, 28))
                        .forward(Tensor.zeros(Device.CPU, 2, 28, 28), Pass.deterministic()))
                .withMessage("expected examples of shape [1, 28, 28]; got an input of [2, 28, 28]");
    }
}
