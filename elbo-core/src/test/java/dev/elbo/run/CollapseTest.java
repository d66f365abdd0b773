package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.evaluate.LatentEstimate;
import dev.elbo.model.Signature;
import dev.elbo.model.Variable;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollapseTest {
    private static BoundEstimate bound(int active, int units) {
        List<Double> rates = Collections.nCopies(units, 0.5);
        return new BoundEstimate(
                Map.of("image", 90.0), List.of(new LatentEstimate("z", units * 0.5, rates, active)), 10);
    }

    private static Optional<Collapse> of(String recipe, int active, int units) {
        Signature model = new Signature(List.of("image"), List.of(), List.of(Variable.vector("z", units)));
        return Collapse.of(model, bound(active, units), Runs.config(recipe, "epochs=20"));
    }

    @Test
    void noUnitOrHardlyAnyIsACollapse() {
        assertThat(of("vae", 0, 20)).isPresent();
        assertThat(of("vae", 1, 20)).isPresent();
        assertThat(of("vae", 2, 20)).isEmpty();
        assertThat(of("vae", 0, 2)).isPresent();
        assertThat(of("vae", 1, 2)).isEmpty();
    }

    @Test
    void oneExampleSaysNothingOfHowOthersVary() {
        BoundEstimate one =
                new BoundEstimate(Map.of("image", 90.0), bound(0, 20).latents(), 1);
        Signature model = new Signature(List.of("image"), List.of(), List.of(Variable.vector("z", 20)));
        assertThat(Collapse.of(model, one, Runs.config("vae", ""))).isEmpty();
    }

    @Test
    void whatTheRunHadIsNoRemedy() {
        assertThat(of("sentence-vae", 0, 20).orElseThrow().remedies())
                .as("its free bits are as many by default")
                .noneMatch(remedy -> remedy.contains("freeBits"));
    }

    @Test
    void codesAndClassesHaveNoUnitsThatCouldCollapse() {
        Signature codes = new Signature(List.of("image"), List.of(), List.of(Variable.codes("z", Shape.of(7, 7), 64)));
        assertThat(Collapse.of(codes, bound(0, 0), Runs.config("vq-vae", ""))).isEmpty();
    }

    @Test
    void itSaysWhatUsersSeeAndWhatToTry() {
        assertThat(of("vae", 0, 20).orElseThrow().sentence())
                .isEqualTo(
                        "0 of 20 units are active: the latents collapsed, and every example is reconstructed almost alike."
                                + " Train again with --set 'beta=linear(0, 1, 10)', or with --set freeBits=0.25, or with --epochs 40");
    }

    /** Others, as a vocoder, have nothing that could collapse. */
    private static List<String> withLatents() {
        return Recipes.all().stream()
                .map(Recipe::name)
                .filter(recipe -> !recipe.equals("vocoder"))
                .toList();
    }

    @Test
    void itsRemediesAreOptionsThatTheRecipeTakes() {
        for (String recipe : withLatents()) {
            for (String remedy : of(recipe, 0, 20).orElseThrow().remedies()) {
                if (remedy.startsWith("--set ")) {
                    String[] setting = remedy.substring(6).replace("'", "").split("=", 2);
                    assertThatCode(() -> Recipes.with(Recipes.named(recipe), Map.of(setting[0], setting[1])))
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    @Test
    void ofOneExampleThereIsNoKnowingWhetherCodesVary() {
        Signature model = new Signature(List.of("image"), List.of(), List.of(Variable.vector("z", 2)));
        BoundEstimate one =
                new BoundEstimate(Map.of("image", 90.0), List.of(new LatentEstimate("z", 1, List.of(0.5, 0.5), 0)), 1);

        assertThat(Collapse.of(model, one, Runs.config("vae", "epochs=1"))).isEmpty();
    }
}
