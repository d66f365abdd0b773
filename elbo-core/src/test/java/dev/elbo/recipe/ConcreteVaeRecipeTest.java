package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.distribution.Distribution;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.ModelContract;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Loss;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Step;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcreteVaeRecipeTest extends ModelContract {
    private static final DataSource DATA = Stripes.of(1, 9, 7, 8);

    @Override
    protected LatentVariableModel model(Initializer initial) {
        return recipe(Map.of("choices", "3", "classes", "4"))
                .compose(DATA.spec(), initial)
                .model();
    }

    private static Recipe recipe(Map<String, String> options) {
        return Recipes.with(Recipes.named("concrete-vae"), options);
    }

    @Override
    protected Batch batch(int examples) {
        Rng rng = Rng.seeded(3, Device.CPU);
        Batch all = new Examples(DATA.train(), DATA.spec(), Pixels.DYNAMIC, 3, Device.CPU).range(0, examples, rng);
        return new Batch(Map.of(Networks.IMAGE, all.get(Networks.IMAGE)));
    }

    @Test
    void theTemperatureFallsAsItsScheduleSaysAndIsNoState() {
        Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
        Composition composition =
                recipe(Map.of("temperature", "linear(1, 0.5, 2)")).compose(DATA.spec(), initial);
        Objective objective = composition.stages().get(0).objective();
        Step step = new Step(1, 4, 8, Device.CPU);
        for (double epoch : new double[] {0, 1, 3}) {
            step.advance((long) epoch, epoch);
            Map<String, Tensor> terms =
                    objective.loss(composition.model(), batch(4), step).terms();
            assertThat(Objects.requireNonNull(terms.get("temperature")).item())
                    .isCloseTo(Math.max(0.5, 1 - epoch / 4), within(1e-6));
        }
        assertThat(composition.model().state().keySet()).noneMatch(name -> name.contains("temperature"));
        assertThat(composition.model().hasBuffers()).isFalse();
    }

    /** K samples for each of many, averaged, are log p(x) of all 4³ choices. */
    @Test
    void outsideOfTrainingTheBoundIsThatOfTheChoicesThemselves() {
        LatentVariableModel model = model(new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));
        Draw draw = model.draw(batch(4), 4000, Pass.evaluation(Rng.seeded(2, Device.CPU)));
        Tensor every = Tensor.arange(64, Device.CPU);
        Tensor digits = Tensor.stack(
                -1, every.to(DType.FLOAT32).over(16).floor().to(DType.INT64), digit(every, 4), digit(every, 1));
        Tensor z = digits.oneHot(4).reshape(64, 1, 12).expand(Shape.of(64, 4, 12));
        Distribution p = Objects.requireNonNull(
                model.decode(Map.of("z", z), batch(4), Pass.deterministic()).get(Networks.IMAGE));
        Tensor exact = p.logProb(batch(4).get(Networks.IMAGE)).logSumExp(0).minus(Math.log(64));
        // importance weights of choices that the untrained encoder hardly tells apart vary by some percent
        assertThat(draw.logEvidence().minus(exact).abs().max().item()).isLessThan(0.02);
    }

    private static Tensor digit(Tensor numbers, int place) {
        Tensor shifted = numbers.to(DType.FLOAT32).over(place).floor();
        return shifted.minus(shifted.over(4).floor().times(4)).to(DType.INT64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"straight-through", "leave-one-out", "moving-average"})
    void otherGradientsLowerTheLossToo(String gradient) {
        Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
        Composition composition = recipe(Map.of("gradient", gradient)).compose(DATA.spec(), initial);
        Objective objective = composition.stages().get(0).objective();
        LatentVariableModel model = composition.model();
        assertThat(model.state().containsKey("posterior.average")).isEqualTo(gradient.equals("moving-average"));
        Step step = new Step(1, 4, 8, Device.CPU);
        double first = Double.NaN;
        double last = Double.NaN;
        for (int number = 0; number < 40; number++) {
            step.advance(number, 0);
            try (Scope scope = Scope.open("step")) {
                Loss loss = objective.loss(model, batch(8), step);
                last = Objects.requireNonNull(loss.terms().get("negElbo")).item();
                first = number == 0 ? last : first;
                loss.total().backward();
                for (Tensor parameter : model.parameters().values()) {
                    parameter.detach().plusInPlace(parameter.gradient().times(-0.01));
                    parameter.gradient().fill(0);
                }
            }
        }
        assertThat(last).isLessThan(first - 2); // of some 44 nats
    }

    @Test
    void whatCannotBeChosenFromIsRefused() {
        assertThatThrownBy(() -> recipe(Map.of("classes", "1")))
                .hasMessage("z is one choice or more, of two classes or more; got choices 20 and classes 1");
        assertThatThrownBy(() -> recipe(Map.of("temperature", "linear(1, 0, 10)")))
                .hasMessage("the temperature is above 0 everywhere; got linear(1, 0, 10); end it at 0.5, say");
        assertThatThrownBy(() -> recipe(Map.of("gradient", "leave-one-out", "samples", "1")))
                .hasMessageEndingWith("got samples 1. Set samples to 2 or more");
        assertThatThrownBy(() -> recipe(Map.of("freeBits", "0.5"))).hasMessageEndingWith("Set freeBits to 0");
    }
}
