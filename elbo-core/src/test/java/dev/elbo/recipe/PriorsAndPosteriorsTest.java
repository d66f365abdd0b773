package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InAScope;
import dev.elbo.data.DataSource;
import dev.elbo.data.Stripes;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Options;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.prior.PriorKind;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Priors and posteriors as options of recipes. */
@ExtendWith(InAScope.class)
class PriorsAndPosteriorsTest {
    private static final DataSource DATA = Stripes.of(1, 5, 4, 8);

    private final Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);

    @ParameterizedTest
    @ValueSource(strings = {"vae", "conv-vae", "beta-vae", "iwae"})
    void everyRecipeOfImagesHasThem(String name) {
        Recipe recipe = Recipes.with(Recipes.named(name), Map.of("prior", "vamp(3)"));
        assertThat(Options.texts(Recipes.options(recipe).toJson()))
                .containsEntry("prior", "vamp(3)")
                .containsEntry("posterior", "normal");
        assertThat(recipe.compose(DATA.spec(), initial).model().parameters()).containsKey("prior.pseudoInputs");
    }

    @Test
    void aConfigurationFromBeforeThereWereOthersHasTheNormalOnes() {
        Map<String, String> before = new LinkedHashMap<>();
        before.put("hidden", "512,256");
        before.put("latents", "20");
        before.put("activation", "relu");
        before.put("likelihood", "bernoulli");
        before.put("beta", "1");
        before.put("freeBits", "0.0");
        assertThat(Recipes.with(Recipes.named("vae"), before)).isEqualTo(Recipes.named("vae"));
    }

    @Test
    void theNormalOnesAddNoParameters() {
        assertThat(Recipes.named("vae")
                        .compose(DATA.spec(), initial)
                        .model()
                        .parameters()
                        .keySet())
                .allMatch(name -> name.startsWith("posterior.network.") || name.startsWith("likelihood.network."));
    }

    @Test
    void aMixtureOfPosteriorsThatKnowNoDensityIsRefusedWhenItIsSet() {
        assertThatThrownBy(() -> Recipes.with(Recipes.named("vae"), Map.of("prior", "vamp(3)", "posterior", "iaf(2)")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("Set posterior=normal, or prior=flow(4)");
    }

    @Test
    void ofAModelThatIsGivenLabelsThereIsAFlowButNoMixtureOfPosteriors() {
        Recipe mixture = Recipes.with(Recipes.named("cvae"), Map.of("prior", "vamp(3)"));
        assertThatThrownBy(() -> mixture.compose(DATA.spec(), initial))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a VampPrior is of models that are given nothing; this one is given [label]. Set"
                        + " prior=normal or prior=learned or prior=mixture(10) or prior=flow(4) or prior=maf(4) or"
                        + " prior=two-stage(256) or prior=laplace or prior=logistic or prior=fitted");
        Recipe ofSphere = Recipes.with(Recipes.named("cvae"), Map.of("prior", "vamp(3)", "posterior", "vmf"));
        assertThatThrownBy(() -> ofSphere.compose(DATA.spec(), initial)).hasMessageEndingWith(". Set prior=sphere");
        Recipe flow = Recipes.with(Recipes.named("cvae"), Map.of("prior", "flow(2)", "posterior", "iaf(1)"));
        assertThat(flow.compose(DATA.spec(), initial).model().parameters())
                .containsKey("prior.layers.1.network.0.weight");
    }

    /** Independent numbers are no point of a sphere: a critic would know them by their length. */
    @Test
    void numbersThatDependOnEachOtherAreNotMadeIndependent() {
        assertThatThrownBy(
                        () -> Recipes.with(Recipes.named("factor-vae"), Map.of("posterior", "vmf", "prior", "sphere")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("factor-vae makes the numbers of a code independent, and those of posterior=vmf,"
                        + " points of a sphere, cannot be. Set posterior=normal and prior=normal");
        assertThat(Recipes.with(Recipes.named("factor-vae"), Map.of("posterior", "gamma", "prior", "gamma")))
                .isNotNull();
    }

    @Test
    void aFlowOfOneDimensionIsRefused() {
        Recipe one = Recipes.with(Recipes.named("vae"), Map.of("prior", "flow(2)", "latents", "1"));
        assertThatThrownBy(() -> one.compose(DATA.spec(), initial))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("Set latents to 2 or more");
    }

    @Test
    void theOptionsNameAllOfThem() {
        Map<String, String> about = new LinkedHashMap<>();
        Recipes.options(Recipes.named("vae")).entries().forEach(entry -> about.put(entry.name(), entry.about()));
        PriorKind.forms()
                .forEach(form ->
                        assertThat(about.get("prior")).contains(form.standard().toString()));
        PosteriorKind.forms()
                .forEach(form -> assertThat(about.get("posterior"))
                        .contains(form.standard().toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vmf       | normal | set prior=sphere or prior=vamp(500)",
                "poincare  | sphere | set prior=poincare or prior=vamp(500)",
                "gamma     | normal | set prior=gamma(1) or prior=vamp(500)",
                "beta      | flow   | set prior=uniform or prior=beta(2) or prior=vamp(500)",
                "dirichlet | normal | set prior=dirichlet(1) or prior=vamp(500)"
            })
    void aPriorOverOtherValuesIsRefusedAndTheRemedyWorks(String posterior, String prior, String remedy) {
        assertThatThrownBy(() -> Recipes.with(Recipes.named("vae"), Map.of("prior", prior, "posterior", posterior)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("posterior=" + posterior + " is over ")
                .hasMessageEndingWith(remedy);
        for (String each : remedy.substring("set ".length()).split(" or ", -1)) {
            String named = each.substring("prior=".length());
            assertThat(Recipes.with(Recipes.named("vae"), Map.of("prior", named, "posterior", posterior)))
                    .isNotNull();
        }
    }

    @Test
    void aSphereAndSharesNeedTwoDimensions() {
        assertThatThrownBy(() -> Recipes.with(
                        Recipes.named("vae"), Map.of("prior", "sphere", "posterior", "vmf", "latents", "1")))
                .hasMessageEndingWith("got latents 1. Set latents to 2 or more");
        assertThatThrownBy(() -> Recipes.with(
                        Recipes.named("vae"), Map.of("prior", "dirichlet", "posterior", "dirichlet", "latents", "1")))
                .hasMessageEndingWith("got latents 1. Set latents to 2 or more");
    }
}
