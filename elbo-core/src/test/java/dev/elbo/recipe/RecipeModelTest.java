package dev.elbo.recipe;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Stripes;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.ModelContract;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The models of all recipes, and of the likelihoods that are not a recipe's default. */
@ParameterizedClass
@MethodSource("recipes")
class RecipeModelTest extends ModelContract {
    private static final DataSource DATA = Stripes.of(1, 9, 7, 8);

    private final Recipe recipe;

    RecipeModelTest(Recipe recipe) {
        this.recipe = recipe;
    }

    static Stream<Recipe> recipes() {
        return Stream.concat(
                Recipes.all().stream(),
                Stream.of("continuous-bernoulli", "normal", "laplace", "logistic-mixture")
                        .flatMap(likelihood -> Stream.of("vae", "conv-vae")
                                .map(Recipes::named)
                                .map(recipe -> Recipes.with(recipe, Map.of("likelihood", likelihood)))));
    }

    @Override
    protected LatentVariableModel model(Initializer initial) {
        return recipe.compose(DATA.spec(), initial).model();
    }

    @Override
    protected Batch batch(int examples) {
        Rng rng = Rng.seeded(3, Device.CPU);
        Batch all = new Examples(DATA.train(), DATA.spec(), recipe.treatments().get(0), 3, Device.CPU)
                .range(0, examples, rng);
        Map<String, Tensor> needed = new LinkedHashMap<>(all.fields());
        needed.keySet()
                .removeIf(field -> !field.equals(Networks.IMAGE)
                        && !model(new Initializer(rng, Device.CPU))
                                .signature()
                                .conditions()
                                .contains(field));
        return new Batch(needed);
    }
}
