package dev.elbo.exhibit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Stripes;
import dev.elbo.generate.Generator;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.InAScope;
import dev.elbo.tensor.Rng;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is not shown of latents that are not any real numbers. */
@ExtendWith(InAScope.class)
class ObstaclesTest {
    private static Showing showing(String recipe, Map<String, String> options) {
        DataSpec spec = Stripes.of(1, 5, 4, 8).spec();
        LatentVariableModel model = Recipes.with(Recipes.named(recipe), options)
                .compose(spec, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                .model();
        return new Showing(new Generator(model, spec, Device.CPU), Optional.empty(), List::of, "");
    }

    private static final Exhibit TRAVERSAL = new Traversal(Optional.empty(), 0, List.of(), 5);

    @Test
    void realNumbersAreTraversedAndMapped() {
        Showing plane = showing("vae", Map.of("latents", "2"));
        assertThat(TRAVERSAL.obstacle(plane)).isEmpty();
        assertThat(new Manifold(3).obstacle(plane)).isEmpty();
    }

    @Test
    void pointsOfASphereAreNotAndItIsSaidWhy() {
        Showing circle = showing("vae", Map.of("latents", "2", "prior", "sphere", "posterior", "vmf"));
        assertThat(TRAVERSAL.obstacle(circle))
                .contains("a traversal moves one number by deviations of a normal, and latent 'z' is over points of a"
                        + " sphere");
        assertThat(new Manifold(3).obstacle(circle))
                .contains(
                        "a manifold is of equally likely values of a normal, and latent 'z' is over points of a sphere");
    }

    @Test
    void betweenChoicesThereIsNothing() {
        Showing choices = showing("concrete-vae", Map.of());
        assertThat(new Interpolations(2, 5, false).obstacle(choices))
                .contains("interpolation is between vectors, and latent 'z' is over choices among classes");
        assertThat(TRAVERSAL.obstacle(choices)).isPresent();
    }
}
