package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InAScope.class)
class SupervisionTest {
    private static final int EXAMPLES = 8;

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final DataSource data = Stripes.of(1, 9, 7, EXAMPLES);
    private final Batch batch =
            new Examples(data.train(), data.spec(), Pixels.PROBABILITIES, 1, Device.CPU).range(0, EXAMPLES, rng);

    private LatentVariableModel model(String recipe) {
        return Recipes.with(Recipes.named(recipe), Map.of("hidden", "8", "dropout", "0"))
                .compose(data.spec(), new Initializer(rng, Device.CPU))
                .model();
    }

    private Step step() {
        return new Step(1, 1, EXAMPLES, Device.CPU);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m2", "adgm"})
    void theLossIsThePenaltyOfADrawAndMovesTheClassifierAlone(String recipe) {
        LatentVariableModel model = model(recipe);
        Loss loss = new Supervision().loss(model, batch, step());
        double expected = Objects.requireNonNull(
                        model.draw(batch, 1, step().pass()).penalties().get("classification"))
                .item();
        assertThat(loss.total().item()).isEqualTo(expected); // with the same noise
        loss.total().backward();
        model.parameters()
                .forEach((name, parameter) -> assertThat(parameter.hasGradient()
                                && parameter.gradient().norm().item() > 0)
                        .as(name)
                        .isEqualTo(name.startsWith("classifier.") || name.startsWith("auxiliary.")));
    }

    @Test
    void aModelThatLearnsNothingFromLabelsIsRefused() {
        LatentVariableModel vae = Recipes.named("vae")
                .compose(data.spec(), new Initializer(rng, Device.CPU))
                .model();
        assertThatThrownBy(() -> new Supervision().loss(vae, batch, step()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a model that learns from labels was expected; got Vae");
    }
}
