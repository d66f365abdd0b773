package dev.elbo.tensor;

import static dev.elbo.tensor.FiniteDifferences.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions over time, attention and alignments, against loops in Java. */
@ExtendWith(InAScope.class)
class SequencesTest {
    private static final double ROUNDING = 1e-13;

    private static double at(Tensor tensor, long... indices) {
        Tensor part = tensor;
        for (long index : indices) {
            part = part.get(0, index);
        }
        return part.item();
    }

    @Test
    void aConvolutionOverTimeIsItsSum() {
        Tensor x = numbers(2, 9, 3);
        Tensor weight = numbers(4, 3, 5);
        Tensor bias = numbers(4);
        Tensor y = Functional.conv1d(x, weight, bias, 2);
        assertThat(y.shape()).isEqualTo(Shape.of(2, 9, 4));
        for (int t = 0; t < 9; t++) {
            double sum = at(bias, 3);
            for (int c = 0; c < 3; c++) {
                for (int k = 0; k < 5; k++) {
                    int place = t + 2 * (k - 2);
                    sum += place < 0 || place >= 9 ? 0 : at(x, 1, place, c) * at(weight, 3, c, k);
                }
            }
            assertThat(at(y, 1, t, 3)).isCloseTo(sum, within(ROUNDING));
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 5, 2, 3, 3, 1", "1, 4, 3, 2, 5, 2", "3, 1, 2, 2, 3, 2", "2, 3, 1, 1, 1, 1"})
    void theGradientOfAConvolutionOverTime(int count, int steps, int in, int out, int width, int dilation) {
        FiniteDifferences.check(
                a -> Functional.conv1d(a[0], a[1], a[2], dilation),
                numbers(count, steps, in),
                numbers(out, in, width),
                numbers(out));
    }

    /** Few steps of many sequences, and more steps of one than are computed at a time. */
    @ParameterizedTest
    @CsvSource({"1100, 1", "300, 7", "2, 1300", "5, 512", "3, 513"})
    void aConvolutionOverTimeIsThatOfAllCopies(int count, int steps) {
        Tensor[] ours = {numbers(count, steps, 3), numbers(4, 3, 5), numbers(4)};
        Tensor[] theirs = new Tensor[3];
        Arrays.setAll(theirs, i -> ours[i].copy().requireGradient());
        Arrays.setAll(ours, i -> ours[i].requireGradient());
        Tensor y = Functional.conv1d(ours[0], ours[1], ours[2], 2);
        Tensor expected = Functional.conv1dOfCopies(theirs[0], theirs[1], theirs[2], 2);
        Tensor arriving = expected.detach().sin();

        y.times(arriving).sum().backward();
        expected.times(arriving).sum().backward();

        assertThat(y.minus(expected).abs().max().item()).isLessThan(ROUNDING);
        for (int i = 0; i < ours.length; i++) {
            Tensor apart = ours[i].gradient().minus(theirs[i].gradient()).abs();
            double largest = theirs[i].gradient().abs().max().item();
            assertThat(apart.max().item()).isLessThan(ROUNDING * largest * 10); // sums of up to 2,600 terms
        }
    }

    private static Tensor attention(Tensor q, Tensor k, Tensor v) {
        double scale = 1 / Math.sqrt((double) q.size(-1));
        return q.matmul(k.transpose(-1, -2)).times(scale).softmax(-1).matmul(v);
    }

    @Test
    void attentionIsAWeightedMean() {
        Tensor q = numbers(2, 3, 4, 5); // [B, heads, L, D]
        Tensor k = numbers(2, 3, 6, 5).negate();
        Tensor v = numbers(2, 3, 6, 7);
        Tensor y = Functional.scaledDotProductAttention(q, k, v, null);
        assertThat(y.minus(attention(q, k, v)).abs().max().item()).isLessThan(ROUNDING);
        FiniteDifferences.check(
                a -> Functional.scaledDotProductAttention(a[0], a[1], a[2], null),
                numbers(1, 2, 3, 4),
                numbers(1, 2, 3, 4).square(),
                numbers(1, 2, 3, 4).exp());
    }

    @Test
    void whoeverMayNotLookAheadSeesWhatWasBefore() {
        Tensor x = numbers(2, 1, 4, 5);
        Tensor causal = Tensor.zeros(Device.CPU, 4, 4).equalTo(0).tril(0);
        Tensor y = Functional.scaledDotProductAttention(x, x, x, causal);
        for (int t = 0; t < 4; t++) {
            Tensor past = x.narrow(2, 0, t + 1);
            Tensor expected = attention(x.narrow(2, t, 1), past, past);
            assertThat(y.narrow(2, t, 1).minus(expected).abs().max().item()).isLessThan(ROUNDING);
        }
        FiniteDifferences.check(
                a -> Functional.scaledDotProductAttention(a[0], a[0], a[0], causal), numbers(1, 2, 4, 3));
    }

    @Test
    void whoeverMayLookNowhereSeesZeros() {
        Tensor x = numbers(1, 1, 2, 3).requireGradient();
        Tensor nowhere = Tensor.zeros(Device.CPU, 2, 2).greaterThan(0);
        Tensor y = Functional.scaledDotProductAttention(x, x, x, nowhere);
        y.sum().backward();
        assertThat(y.abs().max().item()).isZero();
        assertThat(x.gradient().allFinite().item()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Functional.scaledDotProductAttention(x, x, x, x))
                .withMessageContaining("a BOOL tensor was expected");
    }

    /** Σ over all alignments that collapse to the target, one class for each step. */
    private static double probability(Tensor probabilities, long sequence, long... target) {
        int steps = (int) probabilities.size(0);
        int classes = (int) probabilities.size(2);
        double total = 0;
        for (int path = 0; path < Math.pow(classes, steps); path++) {
            StringBuilder labels = new StringBuilder();
            double product = 1;
            int before = 0;
            for (int t = 0, rest = path; t < steps; t++, rest /= classes) {
                int label = rest % classes;
                product *= at(probabilities, t, sequence, label);
                if (label != 0 && label != before) {
                    labels.append(label);
                }
                before = label;
            }
            StringBuilder expected = new StringBuilder();
            for (long label : target) {
                expected.append(label);
            }
            total += labels.compareTo(expected) == 0 ? product : 0;
        }
        return total;
    }

    @Test
    void theLossOfATargetSumsOverAllItsAlignments() {
        Tensor logits = numbers(4, 2, 3);
        Tensor logProbs = logits.logSoftmax(-1);
        Tensor targets = Tensor.of(new long[] {1, 2, 1, 1}, 2, 2);
        Tensor steps = Tensor.of(new long[] {4, 4}, 2);
        Tensor lengths = Tensor.of(new long[] {2, 2}, 2);
        double[] losses =
                Functional.ctcLoss(logProbs, targets, steps, lengths).toHost().toDoubles();
        assertThat(losses[0]).isCloseTo(-Math.log(probability(logProbs.exp(), 0, 1, 2)), within(ROUNDING));
        assertThat(losses[1]).isCloseTo(-Math.log(probability(logProbs.exp(), 1, 1, 1)), within(ROUNDING));
        FiniteDifferences.check(
                a -> Functional.ctcLoss(a[0].logSoftmax(-1), targets, steps, lengths), numbers(4, 2, 3));
    }

    @Test
    void aTargetThatDoesNotFitIntoItsStepsIsImpossible() {
        Tensor logProbs = numbers(4, 1, 3).logSoftmax(-1);
        Tensor loss = Functional.ctcLoss(
                logProbs,
                Tensor.of(new long[] {1, 1}, 1, 2),
                Tensor.of(new long[] {2}, 1),
                Tensor.of(new long[] {2}, 1));
        assertThat(loss.item()).isInfinite();
    }
}
