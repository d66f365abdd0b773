package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.Stripes;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.LinearGaussian;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class CapacitiesTest {
    private final Step step = new Step(1, 10, 100, Device.CPU);

    private static double term(Loss loss, String name) {
        return Objects.requireNonNull(loss.terms().get(name)).item();
    }

    @Test
    void withoutCapacityItIsTheElboWithARateThatWeighsGamma() {
        step.advance(0, 0);
        Batch batch = LinearGaussian.batch(6, 1);
        Loss loss = new Capacities(4, Schedule.constant(0), Schedule.constant(0))
                .loss(LinearGaussian.amiss().model(), batch, step);
        step.advance(0, 0);
        Loss beta =
                new Elbo(Schedule.constant(4), 0).loss(LinearGaussian.amiss().model(), batch, step);
        assertThat(loss.total().item()).isEqualTo(beta.total().item(), within(1e-5)); // FLOAT32 sums of some 10 nats
    }

    @Test
    void eachLatentHasItsOwnCapacityWhichGrows() {
        LatentVariableModel model = Recipes.with(Recipes.named("joint-vae"), Map.of("hidden", "8", "classes", "3"))
                .compose(Stripes.of(1, 3, 2, 4).spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                .model();
        Batch batch = new Batch(Map.of("image", Rng.seeded(2, Device.CPU).uniform(Shape.of(5, 1, 3, 2))));
        step.advance(0, 2.5);
        Loss loss = new Capacities(7, Schedule.parse("linear(0, 4)"), Schedule.parse("linear(0, 1, 5)"))
                .loss(model, batch, step);
        assertThat(term(loss, "capacity-z")).isEqualTo(1); // a quarter of 10 epochs
        assertThat(term(loss, "capacity-c")).isEqualTo(0.5);
        double apart = Math.abs(term(loss, "rate-z") - 1) + Math.abs(term(loss, "rate-c") - 0.5);
        assertThat(loss.total().item()).isEqualTo(term(loss, "distortion") + 7 * apart, within(1e-5));
        assertThat(term(loss, "rate-c")).isBetween(0.0, Math.log(3));
    }

    @Test
    void negativeCapacitiesAreRefused() {
        assertThatThrownBy(() -> new Capacities(1, Schedule.constant(-1), Schedule.constant(0)))
                .hasMessage("gamma and capacities are at least 0; got gamma 1.0, continuous -1 and discrete 0");
        assertThatThrownBy(() -> Recipes.with(Recipes.named("joint-vae"), Map.of("temperature", "0")))
                .hasMessageContaining("the temperature is above 0; got 0.0. Set it to 0.67, say");
    }
}
