package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Distribution;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Signature;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rounding;
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
    private static final double STEP = 0.02;
    private static final int EXAMPLES = 4;

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
        batch = LinearGaussian.batch(EXAMPLES, 1);
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
        double sum = item(terms, "distortion") + item(terms, "rate");
        assertThat(item(terms, "negElbo")).isEqualTo(sum, within(rounding(sum)));
    }

    @Test
    void whatAModelBringsAlongIsPartOfTheLossAndToldAsATerm() {
        Loss penalised = objective().loss(new Penalised(model), batch, step);
        step.advance(0, EPOCH);
        double loss = loss().total().item();
        assertThat(penalised.total().item() - loss).isEqualTo(3, within(rounding(Math.abs(loss) + 3)));
        assertThat(item(penalised.terms(), "penalty")).isEqualTo(3);
    }

    /** Another model with a penalty of 3 nats. */
    private record Penalised(LatentVariableModel inner) implements LatentVariableModel {
        /** Under the inner model's names: some objectives train parts by name. */
        @Override
        public Map<String, Tensor> state() {
            return inner.state();
        }

        @Override
        public Signature signature() {
            return inner.signature();
        }

        @Override
        public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
            Draw draw = inner.draw(read, scored, samples, pass);
            return new Draw(draw.latents(), draw.reconstructions(), Map.of("penalty", Tensor.scalar(3, Device.CPU)));
        }

        @Override
        public Map<String, Tensor> encode(Batch read, Pass pass) {
            return inner.encode(read, pass);
        }

        @Override
        public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
            return inner.latents(count, conditions, temperature, pass);
        }

        @Override
        public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
            return inner.decode(latents, conditions, pass);
        }
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
        Loss loss = loss();
        loss.total().backward();
        // the rule adds 18 values, and divides by 12 steps; its own error is of order STEP⁴
        double tolerance = 1.5 * rounding(Math.abs(value(loss).item())) / STEP + 1e-5;
        model.parameters().forEach((name, parameter) -> {
            if (gradientIsExact(name)) {
                double[] expected = differences(parameter);
                assertThat(parameter.gradient().toHost().toDoubles())
                        .as(name)
                        .containsExactly(expected, within(tolerance));
            }
        });
    }

    /** The rounding of a figure in nats: a mean over examples of sums over pixels and dimensions. */
    private static double rounding(double figure) {
        return Rounding.ofSum(DType.FLOAT32, EXAMPLES * (3 + 2), figure);
    }

    /** By the five-point rule (8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12 h. */
    private double[] differences(Tensor parameter) {
        double h = STEP;
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
