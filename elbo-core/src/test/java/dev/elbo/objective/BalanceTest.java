package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Stripes;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Levels of 3 and 2 dimensions that share a rate. */
@ExtendWith(InAScope.class)
class BalanceTest {
    private final LatentVariableModel model = model();
    private final Batch batch =
            new Batch(Map.of("image", Rng.seeded(5, Device.CPU).uniform(Shape.of(4, 1, 5, 6))));
    private final Step step = new Step(1, 10, 1000, Device.CPU);

    private static LatentVariableModel model() {
        DataSpec spec = Stripes.of(1, 5, 6, 2).spec();
        return Recipes.with(Recipes.named("ladder-vae"), Map.of("hidden", "8", "dims", "3,2"))
                .compose(spec, new Initializer(Rng.seeded(2, Device.CPU), Device.CPU))
                .model();
    }

    private Loss loss(double beta, boolean balance) {
        step.advance(0, 0);
        return new Elbo(Schedule.constant(beta), FreeBits.of(0), balance).loss(model, batch, step);
    }

    private static double term(Loss loss, String name) {
        return Objects.requireNonNull(loss.terms().get(name)).item();
    }

    @Test
    void belowOneALevelWeighsAsItSpeaksAndIsWide() {
        step.advance(0, 0);
        Draw draw = model.draw(batch, 1, step.pass());
        double upper = draw.mean(draw.latents().get(0).kl()).item();
        double lower = draw.mean(draw.latents().get(1).kl()).item();
        double sum = 2 * upper + 3 * lower;
        double charged = 2 * (2 * upper / sum) * upper + 2 * (3 * lower / sum) * lower;
        Loss loss = loss(0.5, true);
        double expected = term(loss, "distortion") + 0.5 * charged;
        assertThat(loss.total().item()).isEqualTo(expected, within(Rounding.ofSum(DType.FLOAT32, 200, expected)));
    }

    /** Shares of nothing: a hierarchy may begin with posteriors that are its priors. */
    @Test
    void whereNoLevelSpeaksTheLossIsTheDistortion() {
        DataSpec spec = Stripes.of(1, 5, 6, 2).spec();
        LatentVariableModel silent = Recipes.with(
                        Recipes.named("deep-vae"), Map.of("channels", "4,4", "groups", "1,1", "latents", "3"))
                .compose(spec, new Initializer(Rng.seeded(2, Device.CPU), Device.CPU))
                .model();
        silent.parameters().forEach((name, parameter) -> {
            if (name.contains(".posterior.")) {
                parameter.detach().fill(0);
            }
        });
        step.advance(0, 0);
        Loss loss = new Elbo(Schedule.constant(0.5), FreeBits.of(0), true).loss(silent, batch, step);
        assertThat(term(loss, "rate")).isZero();
        assertThat(loss.total().item()).isEqualTo(term(loss, "distortion"));
        loss.total().backward();
        assertThat(silent.parameters().values())
                .allSatisfy(parameter ->
                        assertThat(parameter.gradient().norm().item()).isFinite());
    }

    @Test
    void atOneTheLossIsTheBound() {
        Tensor balanced = loss(1, true).total();
        double plain = loss(1, false).total().item();
        assertThat(balanced.item()).isEqualTo(plain, within(Rounding.ofSum(DType.FLOAT32, 200, plain)));
    }
}
