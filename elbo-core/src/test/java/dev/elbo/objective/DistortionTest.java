package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;

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

@ExtendWith(InAScope.class)
class DistortionTest {
    @Test
    void itIsTheDistortionOfTheBoundAndMovesNoPrior() {
        Rng rng = Rng.seeded(1, Device.CPU);
        DataSource data = Stripes.of(1, 5, 6, 8);
        Batch batch = new Examples(data.train(), data.spec(), Pixels.PROBABILITIES, 1, Device.CPU).range(0, 8, rng);
        LatentVariableModel model = Recipes.with(Recipes.named("gm-vae"), Map.of("hidden", "8"))
                .compose(data.spec(), new Initializer(rng, Device.CPU))
                .model();
        Loss loss = new Distortion().loss(model, batch, new Step(1, 1, 8, Device.CPU));
        double expected = Objects.requireNonNull(Elbo.standard()
                        .loss(model, batch, new Step(1, 1, 8, Device.CPU))
                        .terms()
                        .get("distortion"))
                .item();
        assertThat(loss.total().item()).isEqualTo(expected); // with the same noise
        loss.total().backward();
        model.parameters()
                .forEach((name, parameter) -> assertThat(parameter.hasGradient()
                                && parameter.gradient().norm().item() > 0)
                        .as(name)
                        .isEqualTo(!name.startsWith("prior.")));
    }
}
