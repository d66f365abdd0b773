package dev.elbo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.InAScope;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class ChunksTest {
    private static final DataSource DATA = Stripes.of(1, 28, 28, 200);

    private static Chunks chunks(DataSource data, String prior) {
        Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
        return Chunks.of(
                Recipes.with(Recipes.named("vae"), Map.of("prior", prior))
                        .compose(data.spec(), initial)
                        .model(),
                new Examples(data.train(), data.spec(), Pixels.DYNAMIC, 1, Device.CPU),
                1);
    }

    @Test
    void whatAModelMakesHoweverManyExamplesThereAreIsNoPartOfAnExample() {
        Chunks plain = chunks(DATA, "normal");
        Chunks mixture = chunks(DATA, "vamp(500)");
        assertThat(plain.fixed()).isLessThan(plain.bytes());
        assertThat(mixture.fixed()).isGreaterThan(500 * 28 * 28 * 4); // pseudo-inputs that were clamped
        assertThat(mixture.bytes()).isLessThan(4 * plain.bytes()); // 500 densities of each beside 784 pixels
        assertThat(mixture.samples(20)).isEqualTo(20);
    }

    @Test
    void ofASingleExampleAllThatIsMadeIsItsOwn() {
        Chunks single = chunks(Stripes.of(1, 28, 28, 1), "normal");
        assertThat(single.fixed()).isZero();
        assertThat(single.size()).isEqualTo(100);
    }
}
