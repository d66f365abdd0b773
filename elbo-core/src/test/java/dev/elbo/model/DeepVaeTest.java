package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Stripes;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InAScope.class)
class DeepVaeTest {
    private static final int EXAMPLES = 3;

    private final Batch batch = new Batch(Map.of(
            "image",
            Rng.seeded(5, Device.CPU)
                    .uniform(Shape.of(EXAMPLES, 1, 9, 6))
                    .greaterThan(0.5)
                    .to(dev.elbo.tensor.DType.FLOAT32)));

    private static LatentVariableModel model(String... settings) {
        Map<String, String> all = new LinkedHashMap<>(
                Map.of("channels", "4,5,6", "groups", "2,1,1", "latentChannels", "2", "latents", "3"));
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        DataSpec spec = Stripes.of(1, 9, 6, 2).spec();
        return Recipes.with(Recipes.named("deep-vae"), all)
                .compose(spec, new Initializer(Rng.seeded(2, Device.CPU), Device.CPU))
                .model();
    }

    private static Pass pass(long seed) {
        return Pass.evaluation(Rng.seeded(seed, Device.CPU));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2,1,1 | z5:3 z4:4 z3:12 z2:30 z1:30",
                "0,1,0 | z2:3 z1:12",
                "0,0,0 | z1:3",
                "1,0,1 | z3:3 z2:4 z1:30",
            })
    void latentsAreOfEachScaleFromTheVectorDown(String groups, String expected) {
        LatentVariableModel model = model("groups=" + groups);
        assertThat(model.signature().latents().stream()
                        .map(latent -> latent.name() + ":" + latent.shape().elements()))
                .containsExactly(expected.split(" "));
        Draw draw = model.draw(batch, 2, pass(1));
        assertThat(draw.logWeights().shape()).isEqualTo(Shape.of(2, EXAMPLES));
    }

    /** A posterior whose network says nothing differs in nothing from its prior: the rate is 0, and log w is log p(x|z). */
    @Test
    void aSilentPosteriorIsThePrior() {
        DeepVae model = (DeepVae) model();
        model.parameters().forEach((name, parameter) -> {
            if (name.contains(".posterior.")) {
                parameter.detach().fill(0);
            }
        });
        Draw draw = model.draw(batch, 2, pass(1));
        draw.latents().forEach(latent -> assertThat(latent.kl().toFloats()).containsOnly(0));
        // log p(z) − log q(z) are differences of equal numbers
        assertThat(draw.logWeights().toHost().toDoubles())
                .containsExactly(draw.logLikelihood().toHost().toDoubles(), within(1e-4));
    }

    /** The prior of z1 hears of every latent above it. */
    @Test
    void everyLatentIsHeardByAllBelowIt() {
        LatentVariableModel model = model();
        Map<String, Tensor> latents = model.latents(EXAMPLES, batch, 1, pass(3));
        List<String> names =
                model.signature().latents().stream().map(Variable::name).toList();
        for (String moved : names.subList(0, names.size() - 1)) {
            Map<String, Tensor> others = new LinkedHashMap<>(latents);
            others.put(moved, Objects.requireNonNull(latents.get(moved)).plus(1));
            others.remove("z1"); // it is put at the centre of its prior
            Map<String, Tensor> same = new LinkedHashMap<>(latents);
            same.remove("z1");
            assertThat(pixels(model, others)).as(moved).isNotEqualTo(pixels(model, same));
        }
    }

    private float[] pixels(LatentVariableModel model, Map<String, Tensor> latents) {
        return Objects.requireNonNull(
                        model.decode(latents, batch, Pass.deterministic()).get("image"))
                .centre()
                .toFloats();
    }

    /** The closed rates of all levels are what log q(z|x) − log p(z) is on average. */
    @Test
    void ratesAreTheMeansOfTheirEstimates() {
        LatentVariableModel model = model();
        Draw draw = model.draw(batch, 4000, pass(4));
        for (Latent latent : draw.latents()) {
            double closed = latent.kl().mean().item();
            double estimate =
                    latent.logPosterior().minus(latent.logPrior()).mean().item();
            // the spread of an estimate is about √(2 KL), over 12,000 draws of them
            assertThat(estimate).as(latent.name()).isCloseTo(closed, within(5 * Math.sqrt(2 * closed / 12_000) + 1e-4));
        }
    }

    @Test
    void attentionHasItsPlacesAtEveryScale() {
        LatentVariableModel plain = model();
        LatentVariableModel attentive = model("attention=2,3");
        assertThat(attentive.parameters().size() - plain.parameters().size())
                .isEqualTo(6 * (2 + 2)); // climbing twice, and one group of each of the two scales
        assertThat(pixels(attentive, attentive.latents(EXAMPLES, batch, 1, pass(1))))
                .isNotEmpty();
    }

    @Test
    void groupsThatAreNamedAreThoseOfTheSmallestMaps() {
        assertThat(model("groups=1,2").signature())
                .isEqualTo(model("groups=0,1,2").signature());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"groups=1,1,1,1", "groups=-1,1,1", "attention=4", "attention=0", "latents=0", "channels=0,4,5"})
    void whatDoesNotFitIsRefusedByItsName(String setting) {
        assertThatThrownBy(() -> model(setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(setting.split("=", 2)[0]);
    }
}
