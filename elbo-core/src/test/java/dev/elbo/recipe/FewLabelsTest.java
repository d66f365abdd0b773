package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InAScope;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Stripes;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InAScope.class)
class FewLabelsTest {
    private static final DataSource DATA = Stripes.of(1, 5, 6, 30);

    @ParameterizedTest
    @ValueSource(strings = {"m2", "m1-m2", "adgm"})
    void soManyLabelsAreKeptAndAllIfThereAreFewer(String name) {
        for (int labels : new int[] {6, 30, 100}) {
            Recipe recipe = Recipes.with(Recipes.named(name), Map.of("labels", String.valueOf(labels)));
            int kept = 0;
            for (boolean isKept : recipe.seen(DATA.train(), 1).present("label")) {
                kept += isKept ? 1 : 0;
            }
            assertThat(kept).isEqualTo(Math.min(labels, 30));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"m2", "m1-m2", "adgm"})
    void withoutLabelsThereIsNothingToLearnClassesFrom(String name) {
        assertThatThrownBy(() -> Recipes.with(Recipes.named(name), Map.of("labels", "0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "classes are learned from one label or more; got labels=0. Train gm-vae to find some without");
        DataSpec spec = new DataSpec("faces", Map.of("image", DATA.spec().field("image")), "");
        assertThatThrownBy(() ->
                        Recipes.named(name).compose(spec, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("data 'faces' has no field 'label'; it has [image]");
    }
}
