package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Seams;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients through operations of our own are those of libtorch alone, for the model of every recipe. */
@ExtendWith(InAScope.class)
class EveryGradientTest {
    /** Of the largest gradient: both sum in FLOAT32, along paths of some tens of layers, in other orders. */
    private static final double TOLERANCE = 1e-3;

    static Stream<Recipe> recipes() {
        return RecipeModelTest.recipes();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void gradientsOfOurOwnAreThoseOfLibtorch(Recipe recipe) {
        DataSource data = SuitedData.of(recipe, 4);
        LatentVariableModel model = recipe.compose(data.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                .model();
        Batch batch = new Examples(data.train(), data.spec(), SuitedData.pixels(recipe), 3, Device.CPU)
                .range(0, 4, Rng.seeded(3, Device.CPU));
        Map<String, double[]> ours = gradients(model, batch);
        Map<String, double[]> expected;
        try (Seams off = Seams.off()) {
            expected = gradients(model, batch);
        }
        assertThat(ours.keySet()).isEqualTo(expected.keySet());
        double largest = expected.values().stream()
                .mapToDouble(EveryGradientTest::largest)
                .max()
                .orElseThrow();
        expected.forEach((name, gradient) -> {
            double[] differences = gradient.clone();
            double[] own = Objects.requireNonNull(ours.get(name));
            for (int i = 0; i < differences.length; i++) {
                differences[i] -= own[i];
            }
            assertThat(largest(differences)).as(name).isLessThanOrEqualTo(TOLERANCE * largest);
        });
    }

    private static double largest(double... values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Of distortion and rate with two samples, of the parameters that these reach. */
    private static Map<String, double[]> gradients(LatentVariableModel model, Batch batch) {
        Map<String, double[]> gradients = new LinkedHashMap<>();
        try (Scope scope = Scope.open("gradients")) {
            Draw draw = model.draw(batch, 2, Pass.evaluation(Rng.seeded(7, Device.CPU)));
            Tensor distortion = draw.mean(draw.logLikelihood()).negate();
            Tensor loss = draw.hasBound() ? distortion.plus(draw.mean(draw.kl())) : distortion;
            draw.penalised(loss).backward();
            model.parameters().forEach((name, parameter) -> {
                if (parameter.hasGradient()) {
                    gradients.put(name, parameter.gradient().toHost().toDoubles());
                    parameter.gradient().fill(0);
                }
            });
        }
        return gradients;
    }
}
