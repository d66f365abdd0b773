package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the two objectives of {@code vq-vae} reach, and what they leave alone. */
@ExtendWith(InAScope.class)
class LearningOfCodesTest {
    private static final DataSource DATA = Stripes.of(1, 9, 7, 8);

    private final LatentVariableModel model = Recipes.named("vq-vae")
            .compose(DATA.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
            .model();
    private final Batch batch = new Examples(DATA.train(), DATA.spec(), Pixels.DYNAMIC, 1, Device.CPU)
            .range(0, 8, Rng.seeded(1, Device.CPU));
    private final Step step = new Step(1, 10, 1000, Device.CPU);

    private Loss loss(Objective objective) {
        step.advance(0, 0);
        return objective.loss(model, batch, step);
    }

    /** By name, how large the gradient is; 0 where none has arrived. */
    private Map<String, Double> gradients(Loss loss) {
        loss.total().backward();
        Map<String, Double> norms = new TreeMap<>();
        model.parameters()
                .forEach((name, parameter) -> norms.put(
                        name,
                        parameter.hasGradient() ? parameter.gradient().norm().item() : 0));
        return norms;
    }

    private Map<String, HostArray> buffers() {
        Map<String, HostArray> buffers = new TreeMap<>();
        model.state().forEach((name, tensor) -> {
            if (!tensor.requiresGradient()) {
                buffers.put(name, tensor.toHost());
            }
        });
        assertThat(buffers).hasSize(3);
        return buffers;
    }

    @Test
    void theAutoencoderLearnsAndThePriorDoesNot() {
        Map<String, HostArray> before = buffers();
        assertThat(gradients(loss(new Quantised(0.25))))
                .isNotEmpty()
                .allSatisfy((name, norm) -> assertThat(norm > 0).as(name).isNotEqualTo(name.startsWith("prior.")));
        assertThat(buffers()).isNotEqualTo(before);
    }

    @Test
    void thePriorLearnsAndNothingElseMoves() {
        Map<String, HostArray> before = buffers();
        assertThat(gradients(loss(new LatentLikelihood())))
                .isNotEmpty()
                .allSatisfy((name, norm) -> assertThat(norm > 0).as(name).isEqualTo(name.startsWith("prior.")));
        assertThat(buffers()).isEqualTo(before);
    }

    @Test
    void commitmentWeighsAsMuchAsItIsTold() {
        for (double weight : new double[] {0.25, 2}) {
            Loss loss = loss(new Quantised(weight));
            double expected = term(loss, "distortion") + weight * term(loss, "commitment");
            assertThat(loss.total().item()).isCloseTo(expected, within(1e-5 * expected)); // FLOAT32
        }
    }

    @Test
    void perplexityIsBetweenOneAndTheCodebook() {
        assertThat(term(loss(new Quantised(0.25)), "perplexity")).isBetween(1.0, 64.0);
    }

    @Test
    void theBoundIsDistortionAndRate() {
        Loss loss = loss(new LatentLikelihood());
        assertThat(term(loss, "negElbo"))
                .isCloseTo(term(loss, "distortion") + term(loss, "rate"), within(1e-4)); // FLOAT32, some 80 nats
        assertThat(loss.total().item()).isEqualTo(term(loss, "rate"));
    }

    private static double term(Loss loss, String name) {
        return Objects.requireNonNull(loss.terms().get(name)).item();
    }

    @Test
    void withoutCommitmentTheEncoderWouldRunAway() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quantised(0))
                .withMessage("commitment must be positive, or the encoder runs away from its codes; got 0.0");
    }
}
