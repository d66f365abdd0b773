package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batch;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every objective promises, on a model without kinks. */
abstract class ObjectiveContract {
    private static final double EPOCH = 0.5;

    private Scope scope;
    private Vae model;
    private Batch batch;
    private Step step;

    abstract Objective objective();

    /** The value of which the gradient of {@code total} is one. */
    Tensor value(Loss loss) {
        return loss.total();
    }

    /** Whether that is so for this parameter; else its gradient has the same expectation. */
    boolean gradientIsExact(String parameter) {
        return true;
    }

    @BeforeEach
    void build() {
        scope = Scope.open("test");
        model = LinearGaussian.amiss().model();
        batch = LinearGaussian.batch(4, 1);
        step = new Step(1, 10, 1000, Device.CPU);
        step.advance(0, EPOCH);
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void theLossAndItsTermsAreSingleNumbers() {
        Loss loss = loss();
        assertThat(loss.total().shape()).isEqualTo(Shape.of());
        assertThat(loss.terms()).containsKeys("negElbo", "distortion", "rate");
        assertThat(loss.terms().values()).allSatisfy(term -> {
            assertThat(term.shape()).isEqualTo(Shape.of());
            assertThat(term.item()).isFinite();
        });
    }

    @Test
    void negElboIsDistortionAndRate() {
        Map<String, Tensor> terms = loss().terms();
        assertThat(item(terms, "negElbo")).isEqualTo(item(terms, "distortion") + item(terms, "rate"), within(1e-5));
    }

    @Test
    void aStepCanBeReplayed() {
        double first = loss().total().item();
        step.advance(1, EPOCH);
        assertThat(loss().total().item()).isNotEqualTo(first);
        step.advance(0, EPOCH);
        assertThat(loss().total().item()).isEqualTo(first);
    }

    @Test
    void aReplayedStepLeavesNothingBehind() {
        try (Scope first = Scope.open("first")) {
            loss().total().backward();
        }
        int size = scope.size();
        try (Scope second = Scope.open("second")) {
            step.advance(1, EPOCH);
            loss().total().backward();
        }
        assertThat(scope.size()).isEqualTo(size);
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        loss().total().backward();
        model.parameters().forEach((name, parameter) -> {
            if (gradientIsExact(name)) {
                double[] expected = differences(parameter);
                // FLOAT32: 6e-8 of about 5 nats, divided by the step 0.02; the rule's own error is of order 0.02⁴
                assertThat(parameter.gradient().toHost().toDoubles()).as(name).containsExactly(expected, within(3e-4));
            }
        });
    }

    /** By the five-point rule (8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12 h. */
    private double[] differences(Tensor parameter) {
        double h = 0.02;
        float[] start = parameter.toFloats();
        double[] differences = new double[start.length];
        for (int i = 0; i < start.length; i++) {
            double near = valueAt(parameter, start, i, h) - valueAt(parameter, start, i, -h);
            double far = valueAt(parameter, start, i, 2 * h) - valueAt(parameter, start, i, -2 * h);
            differences[i] = (8 * near - far) / (12 * h);
        }
        return differences;
    }

    private double valueAt(Tensor parameter, float[] start, int element, double change) {
        float[] moved = start.clone();
        moved[element] += (float) change;
        try (Scope work = Scope.open("difference");
                GradientMode off = GradientMode.off()) {
            long[] sizes = parameter.shape().sizes();
            parameter.assign(Tensor.of(moved, sizes));
            step.advance(0, EPOCH);
            double value = value(loss()).item();
            parameter.assign(Tensor.of(start, sizes));
            return value;
        }
    }

    private Loss loss() {
        return objective().loss(model, batch, step);
    }

    private static double item(Map<String, Tensor> terms, String name) {
        return Objects.requireNonNull(terms.get(name)).item();
    }
}
