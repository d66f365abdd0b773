package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InAScope;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Objective;
import dev.elbo.option.Options;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class MixingTest {
    private static final DataSource DATA = Stripes.of(1, 5, 6, 60);

    @Test
    void everyBatchHasTheSameShareOfLabelledExamples() throws IOException {
        Recipe few = Recipes.with(Recipes.named("m2"), Map.of("hidden", "8", "latents", "2", "labels", "6"));
        Composition composed = few.compose(DATA.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));
        List<Double> labelled = new ArrayList<>();
        Objective counting = (model, batch, step) -> {
            labelled.add(batch.present("label").sum().item());
            return Elbo.standard().loss(model, batch, step);
        };
        new Trainer(
                        Composition.of(composed.model(), counting).mixed(new Mixing("label", 0.3)),
                        new Examples(few.seen(DATA.train(), 1), DATA.spec(), Pixels.DYNAMIC, 1, Device.CPU),
                        Optional.empty(),
                        Options.of(TrainingSettings.standard()).with(Map.of("batch", "10", "epochs", "2")),
                        1,
                        Optional.empty(),
                        event -> {})
                .run(() -> false);
        // 54 images without a label in sevens, twice
        assertThat(labelled).hasSize(14).containsOnly(3.0);
    }

    @Test
    void aShareIsAPart() {
        for (double refused : new double[] {0, 1, Double.NaN}) {
            assertThatThrownBy(() -> new Mixing("label", refused))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the share of examples with field 'label' in a batch is above 0 and below 1; got "
                            + refused);
        }
    }
}
