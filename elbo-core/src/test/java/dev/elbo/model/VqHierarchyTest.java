package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Stripes;
import dev.elbo.nn.Codebook;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.nn.ResidualCodebooks;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class VqHierarchyTest {
    private static final int EXAMPLES = 3;

    private final Initializer initial = new Initializer(Rng.seeded(2, Device.CPU), Device.CPU);
    private final VqHierarchy model = model(Stripes.of(1, 8, 16, 2).spec());
    private final Batch batch =
            new Batch(Map.of("image", Rng.seeded(5, Device.CPU).uniform(Shape.of(EXAMPLES, 1, 8, 16))));

    private VqHierarchy model(DataSpec spec) {
        return (VqHierarchy) Recipes.named("vq-vae-2").compose(spec, initial).model();
    }

    private Draw draw() {
        return model.draw(batch, 1, Pass.deterministic());
    }

    @Test
    void theMapBelowHasTwiceTheSidesOfTheOneAbove() {
        Shape top = model.signature().latent(VqHierarchy.TOP).shape();
        assertThat(model.signature().latent(VqHierarchy.BOTTOM).shape())
                .isEqualTo(Shape.of(2 * top.size(0), 2 * top.size(1)));
        assertThat(draw().latents().get(1).value().shape())
                .isEqualTo(Shape.of(1, EXAMPLES, 2 * top.size(0), 2 * top.size(1)));
    }

    /** What a map below costs follows from the map above, of each example for itself. */
    @Test
    void theRateBelowIsOfTheExamplesOwnMapAbove() {
        double[] together =
                draw().latents().get(1).kl().reshape(EXAMPLES).toHost().toDoubles();
        for (int i = 0; i < EXAMPLES; i++) {
            Batch one = new Batch(Map.of("image", batch.get("image").narrow(0, i, 1)));
            double alone = model.draw(one, 1, Pass.deterministic())
                    .latents()
                    .get(1)
                    .kl()
                    .item();
            assertThat(together[i]).isCloseTo(alone, within(1e-3)); // FLOAT32 of 100 nats
        }
    }

    @Test
    void withoutTheMapBelowItsLikeliestIsDecoded() {
        Map<String, Tensor> codes = model.encode(batch, Pass.deterministic());
        Tensor whole = Objects.requireNonNull(codes.get(VqHierarchy.TOP));
        Tensor likeliest = model.priorBottom()
                .given(Pass.deterministic(), model.top().vectors(whole).moveDim(-1, -3))
                .centre();
        assertThat(pixels(Map.of(VqHierarchy.TOP, whole)))
                .isEqualTo(pixels(Map.of(VqHierarchy.TOP, whole, VqHierarchy.BOTTOM, likeliest)));
    }

    private float[] pixels(Map<String, Tensor> latents) {
        return Objects.requireNonNull(
                        model.decode(latents, batch, Pass.deterministic()).get("image"))
                .centre()
                .toFloats();
    }

    @Test
    void severalCodesAtAPlaceAreRefused() {
        Codebook one = Codebook.of(4, 2, 0.9, 0.05, initial);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VqHierarchy(
                        model.features(),
                        model.climb(),
                        new ResidualCodebooks(List.of(one, one)),
                        model.descend(),
                        model.join(),
                        model.bottom(),
                        model.priorTop(),
                        model.priorBottom(),
                        model.likelihood(),
                        model.signature()))
                .withMessage("a hierarchy of maps has one code at each place; got 2 at the top and 1 below. Use a"
                        + " Codebook or FiniteScalars");
    }
}
