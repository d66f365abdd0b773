package dev.elbo.tensor;

import static dev.elbo.tensor.FiniteDifferences.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.Recurrent.Memories;
import dev.elbo.tensor.Recurrent.Memory;
import dev.elbo.tensor.Recurrent.States;
import dev.elbo.tensor.Recurrent.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recurrent layers against their equations step by step, finite differences and libtorch's. */
@ExtendWith({InAScope.class, OnThreeThreads.class})
class RecurrentTest {
    private static final double ROUNDING = 1e-13; // FLOAT64's, over a few steps

    private static Weights weights(int gates, long in, long hidden) {
        long rows = gates * hidden;
        return new Weights(
                numbers(rows, in),
                numbers(rows, hidden).negate(),
                numbers(rows),
                numbers(rows).square());
    }

    private static Tensor gate(Weights w, Tensor x, Tensor h, int which, Function<Tensor, Tensor> afterState) {
        long hidden = h.size(1);
        Tensor fromInput = x.matmul(
                        w.ofInput().narrow(0, which * hidden, hidden).transpose(0, 1))
                .plus(w.inputBias().narrow(0, which * hidden, hidden));
        Tensor fromState = h.matmul(
                        w.ofHidden().narrow(0, which * hidden, hidden).transpose(0, 1))
                .plus(w.hiddenBias().narrow(0, which * hidden, hidden));
        return fromInput.plus(afterState.apply(fromState));
    }

    /** Cho et al. (2014), as Recurrent.gru states it. */
    private static List<Tensor> gruStepByStep(Tensor x, Tensor start, Weights w) {
        List<Tensor> states = new ArrayList<>();
        Tensor h = start;
        for (int t = 0; t < x.size(1); t++) {
            Tensor in = x.get(1, t);
            Tensor r = gate(w, in, h, 0, s -> s).sigmoid();
            Tensor z = gate(w, in, h, 1, s -> s).sigmoid();
            Tensor n = gate(w, in, h, 2, r::times).tanh();
            h = n.minus(z.times(n)).plus(z.times(h));
            states.add(h);
        }
        return states;
    }

    private static void assertClose(Tensor a, Tensor b, double tolerance) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.toHost().toDoubles()).containsExactly(b.toHost().toDoubles(), within(tolerance));
    }

    @Test
    void aGatedRecurrentUnitIsItsEquations() {
        Tensor x = numbers(4, 3, 2);
        Tensor start = numbers(4, 5);
        Weights w = weights(3, 2, 5);
        States states = Recurrent.gru(x, start, w);
        List<Tensor> expected = gruStepByStep(x, start, w);
        assertClose(states.all(), Tensor.stack(1, expected.toArray(Tensor[]::new)), ROUNDING);
        assertClose(states.last(), expected.get(2), ROUNDING);
    }

    @Test
    void oneStepAfterTheOtherIsTheSequence() {
        Tensor x = numbers(4, 3, 2);
        Weights w = weights(3, 2, 5);
        Weights gated = weights(4, 2, 5);
        Tensor h = numbers(4, 5);
        Memory memory = new Memory(numbers(4, 5), numbers(4, 5).square());
        Tensor last = Recurrent.gru(x, h, w).last();
        Memory lastMemory = Recurrent.lstm(x, memory, gated).last();
        for (int t = 0; t < 3; t++) {
            h = Recurrent.gruCell(x.get(1, t), h, w);
            memory = Recurrent.lstmCell(x.get(1, t), memory, gated);
        }
        assertClose(h, last, ROUNDING);
        assertClose(memory.output(), lastMemory.output(), ROUNDING);
        assertClose(memory.cell(), lastMemory.cell(), ROUNDING);
    }

    @Test
    void longShortTermMemoryIsItsEquations() {
        Tensor x = numbers(4, 3, 2);
        Weights w = weights(4, 2, 5);
        Tensor h = numbers(4, 5);
        Tensor c = numbers(4, 5).square();
        Memories memories = Recurrent.lstm(x, new Memory(h, c), w);
        for (int t = 0; t < 3; t++) {
            Tensor in = x.get(1, t);
            Tensor before = h;
            Tensor i = gate(w, in, before, 0, s -> s).sigmoid();
            Tensor f = gate(w, in, before, 1, s -> s).sigmoid();
            Tensor g = gate(w, in, before, 2, s -> s).tanh();
            Tensor o = gate(w, in, before, 3, s -> s).sigmoid();
            c = f.times(c).plus(i.times(g));
            h = o.times(c.tanh());
            assertClose(memories.all().get(1, t), h, ROUNDING);
        }
        assertClose(memories.last().output(), h, ROUNDING);
        assertClose(memories.last().cell(), c, ROUNDING);
    }

    private static Weights weights(Tensor... inputs) {
        return new Weights(inputs[2], inputs[3], inputs[4], inputs[5]);
    }

    @Test
    void gradientsOfAGatedRecurrentUnit() {
        Weights w = weights(3, 2, 2);
        Tensor[] inputs = {numbers(3, 3, 2), numbers(3, 2), w.ofInput(), w.ofHidden(), w.inputBias(), w.hiddenBias()};
        FiniteDifferences.check(a -> Recurrent.gru(a[0], a[1], weights(a)).all(), inputs);
    }

    @Test
    void gradientsOfTheLastStateThroughLayersAndDirections() {
        Weights w = weights(3, 2, 2);
        Tensor[] inputs = {numbers(2, 3, 2), numbers(2, 2), w.ofInput(), w.ofHidden(), w.inputBias(), w.hiddenBias()};
        FiniteDifferences.check(
                a -> {
                    Tensor forward =
                            Recurrent.gru(a[0].tanh(), a[1].exp(), weights(a)).all();
                    return Recurrent.gru(forward.flip(1), a[1], weights(a)).last();
                },
                inputs);
    }

    @Test
    void gradientsOfLongShortTermMemory() {
        Weights w = weights(4, 2, 2);
        Tensor[] inputs = {
            numbers(3, 3, 2), numbers(3, 2), w.ofInput(), w.ofHidden(), w.inputBias(), w.hiddenBias(), numbers(3, 2)
        };
        FiniteDifferences.check(
                a -> {
                    Memories memories = Recurrent.lstm(a[0], new Memory(a[1], a[6]), weights(a));
                    return Tensor.cat(
                            1,
                            memories.all().sum(1),
                            memories.last().cell(),
                            memories.last().output());
                },
                inputs);
    }

    /** Large enough to be shared out. */
    @ParameterizedTest
    @CsvSource({"16, 6, 40, 64", "2, 16, 64, 96", "7, 10, 48, 64"})
    void threadsThatShareOutTheSequencesComputeWhatLibtorchDoes(long count, long steps, long in, long hidden) {
        Rng rng = Rng.seeded(5, Device.CPU);
        Tensor x = rng.normal(Shape.of(count, steps, in)).requireGradient();
        Tensor h = rng.normal(Shape.of(count, hidden)).requireGradient();
        Tensor c = rng.normal(Shape.of(count, hidden)).requireGradient();
        Weights gru = random(rng, 3 * hidden, in, hidden);
        Weights lstm = random(rng, 4 * hidden, in, hidden);
        List<Tensor> inputs = List.of(x, h, gru.ofInput(), gru.ofHidden(), gru.inputBias(), gru.hiddenBias());
        assertSameGradients(inputs, () -> Recurrent.gru(x, h, gru).all(), () -> Recurrent.gruByLibtorch(x, h, gru));
        List<Tensor> inputsOfLstm =
                List.of(x, h, c, lstm.ofInput(), lstm.ofHidden(), lstm.inputBias(), lstm.hiddenBias());
        assertSameGradients(
                inputsOfLstm,
                () -> Recurrent.lstm(x, new Memory(h, c), lstm).all(),
                () -> Recurrent.lstmByLibtorch(x, new Memory(h, c), lstm).all());
    }

    private static Weights random(Rng rng, long rows, long in, long hidden) {
        double scale = 1 / Math.sqrt((double) hidden);
        return new Weights(
                rng.normal(Shape.of(rows, in)).times(scale).requireGradient(),
                rng.normal(Shape.of(rows, hidden)).times(scale).requireGradient(),
                rng.normal(Shape.of(rows)).times(scale).requireGradient(),
                rng.normal(Shape.of(rows)).times(scale).requireGradient());
    }

    private interface Layer {
        Tensor run();
    }

    private static void assertSameGradients(List<Tensor> inputs, Layer ours, Layer libtorchs) {
        List<Tensor> first = gradients(inputs, ours);
        List<Tensor> second = gradients(inputs, libtorchs);
        for (int i = 0; i < first.size(); i++) {
            double scale = second.get(i).abs().max().item();
            // single precision, sums of some thousand terms, carried over some tens of steps
            assertThat(first.get(i).minus(second.get(i)).abs().max().item()).isLessThan(1e-4 * scale);
        }
    }

    private static List<Tensor> gradients(List<Tensor> inputs, Layer layer) {
        inputs.stream()
                .filter(Tensor::hasGradient)
                .forEach(input -> input.gradient().fill(0));
        Tensor y = layer.run();
        y.times(y.detach().plus(1)).sum().backward();
        List<Tensor> all = new ArrayList<>(List.of(y.detach()));
        inputs.forEach(input -> all.add(input.gradient().copy()));
        return all;
    }

    @Test
    void sequencesMayLieAnyhowInMemory() {
        Tensor x = numbers(3, 4, 2);
        Weights w = weights(3, 2, 2);
        Tensor contiguous =
                Recurrent.gru(x.transpose(0, 1).contiguous(), numbers(4, 2), w).all();
        assertClose(Recurrent.gru(x.transpose(0, 1), numbers(4, 2), w).all(), contiguous, 0);
    }

    @Test
    void whatDoesNotFitIsToldWithItsExpectedShape() {
        Weights w = weights(3, 2, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurrent.gru(numbers(4, 3, 7), numbers(4, 5), w))
                .withMessage("gru: expected weights of the input, FLOAT64 [15, 7] on cpu; got FLOAT64 [15, 2] on cpu");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurrent.gru(numbers(4, 3), numbers(4, 5), w))
                .withMessage("gru: sequences [B, T, in] of at least one step and a state [B, H] were expected; got"
                        + " FLOAT64 [4, 3] and FLOAT64 [4, 5]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurrent.lstm(numbers(4, 3, 2), new Memory(numbers(4, 5), numbers(3, 5)), w))
                .withMessage("lstm: expected a state, FLOAT64 [4, 5] on cpu; got FLOAT64 [3, 5] on cpu");
    }

    @Test
    void withoutGradientsTheStatesAreTheSame() {
        Tensor x = numbers(4, 3, 2);
        Weights w = weights(3, 2, 5);
        Tensor recorded = Recurrent.gru(x, numbers(4, 5).requireGradient(), w).all();
        try (GradientMode off = GradientMode.off()) {
            Tensor plain = Recurrent.gru(x, numbers(4, 5).requireGradient(), w).all();
            assertThat(plain.requiresGradient()).isFalse();
            assertClose(plain, recorded, 0);
        }
    }
}
