package dev.elbo.recipe;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.ModelContract;
import dev.elbo.model.Signature;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
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
    private final Recipe recipe;
    private final DataSource data;

    RecipeModelTest(Recipe recipe) {
        this.recipe = recipe;
        this.data = SuitedData.of(recipe, 8);
    }

    static Stream<Recipe> recipes() {
        return Stream.concat(
                Stream.concat(Recipes.all().stream(), others()),
                Stream.of("continuous-bernoulli", "normal", "laplace", "logistic-mixture", "categorical(4)", "beta")
                        .flatMap(likelihood -> Stream.of("vae", "conv-vae")
                                .map(Recipes::named)
                                .map(recipe -> Recipes.with(recipe, Map.of("likelihood", likelihood)))));
    }

    private static Stream<Recipe> others() {
        return Stream.of(
                Recipes.with(Recipes.named("vae"), Map.of("skip", "true")),
                Recipes.with(Recipes.named("vae"), Map.of("skip", "true", "hidden", "")),
                Recipes.with(Recipes.named("conv-vae"), Map.of("skip", "true", "attention", "1,3")),
                Recipes.with(Recipes.named("conv-vae"), Map.of("attention", "2")),
                Recipes.with(Recipes.named("tts-vae"), Map.of("voices", "reference", "hidden", "16")),
                Recipes.with(Recipes.named("tts-vae"), Map.of("flow", "2", "postnet", "1", "hidden", "16")),
                Recipes.with(Recipes.named("tts-vae"), Map.of("pitch", "true", "hidden", "16")));
    }

    /** With self-attention away from where it starts: what is behind its layer of zeros has no gradient there. */
    @Override
    protected LatentVariableModel model(Initializer initial) {
        LatentVariableModel model = recipe.compose(data.spec(), initial).model();
        model.parameters().forEach((name, parameter) -> {
            if (name.endsWith(".out.weight")) {
                parameter
                        .detach()
                        .plusInPlace(initial.rng().normal(parameter.shape()).times(0.1));
            }
        });
        return model;
    }

    @Override
    protected Batch batch(int examples) {
        Rng rng = Rng.seeded(3, Device.CPU);
        Batch all = new Examples(data.train(), data.spec(), SuitedData.pixels(recipe), 3, Device.CPU)
                .range(0, examples, rng);
        Signature signature = model(new Initializer(rng, Device.CPU)).signature();
        Map<String, Tensor> needed = new LinkedHashMap<>(all.fields());
        needed.keySet()
                .removeIf(field -> !signature.observed().contains(field)
                        && !signature.conditions().contains(field)
                        && !signature.taught().contains(field));
        return new Batch(needed, all.lengths(), all.present());
    }

    @Override
    protected Shape each(String field) {
        return data.spec().field(field).shape();
    }
}
