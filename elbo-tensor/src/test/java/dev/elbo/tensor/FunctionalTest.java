package dev.elbo.tensor;

import static dev.elbo.tensor.FiniteDifferences.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("numeric")
@ExtendWith(InAScope.class)
class FunctionalTest {
    /** Numbers here are up to 4, and sums of up to 27 products. */
    private static final double EXACT = Rounding.ofFormula(DType.FLOAT64, 4);

    private static Tensor doubles(double... values) {
        return Tensor.of(HostArray.of(values, values.length), Device.CPU);
    }

    private static void assertClose(Tensor a, Tensor b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.minus(b).abs().max().item()).isLessThan(EXACT);
    }

    private static double at(Tensor tensor, int... indices) {
        Tensor part = tensor;
        for (int index : indices) {
            part = part.get(0, index);
        }
        return part.item();
    }

    @Test
    void aLinearLayerIsAProductWithTheTransposedWeight() {
        Tensor x = numbers(2, 3, 4);
        Tensor weight = numbers(5, 4);
        Tensor product = x.matmul(weight.transpose(0, 1));
        assertClose(Functional.linear(x, weight, null), product);
        assertClose(Functional.linear(x, weight, numbers(5)), product.plus(numbers(5)));
    }

    @Test
    void aConvolutionIsItsSum() {
        Tensor x = numbers(2, 3, 5, 4);
        Tensor weight = numbers(2, 3, 3, 3);
        Tensor bias = numbers(2);
        Tensor y = Functional.conv2d(x, weight, bias, 2, 1);
        assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 3, 2));
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 2; column++) {
                double expected = at(bias, 1) + correlation(x, weight, row, column);
                assertThat(at(y, 0, 1, row, column)).isCloseTo(expected, within(EXACT));
            }
        }
    }

    /** Σ over channels and kernel of x[0][c][2 row + i − 1][2 column + j − 1] weight[1][c][i][j]. */
    private static double correlation(Tensor x, Tensor weight, int row, int column) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    int r = 2 * row + i - 1;
                    int k = 2 * column + j - 1;
                    boolean inside = r >= 0 && r < x.size(2) && k >= 0 && k < x.size(3);
                    sum += inside ? at(x, 0, c, r, k) * at(weight, 1, c, i, j) : 0;
                }
            }
        }
        return sum;
    }

    @Test
    void aTransposedConvolutionIsTheAdjointOfAConvolution() {
        Tensor weight = numbers(2, 3, 3, 3);
        Tensor x = numbers(2, 3, 6, 5);
        Tensor y = numbers(2, 2, 3, 3);
        Tensor none = doubles(0, 0);
        Tensor forward = Functional.conv2d(x, weight, none, 2, 1);
        Tensor back = Functional.convTranspose2d(y, weight, doubles(0, 0, 0), 2, 1, 1, 0);
        assertThat(back.shape()).isEqualTo(x.shape());
        // ⟨conv(x), y⟩ = ⟨x, convTranspose(y)⟩
        assertThat(forward.times(y).sum().item()).isCloseTo(x.times(back).sum().item(), within(EXACT));
    }

    @Test
    void batchNormalisationCentresAndScalesEachChannelAndMovesTheRunningOnes() {
        Tensor x = numbers(4, 3, 2, 2);
        Tensor mean = doubles(1, 2, 3);
        Tensor variance = doubles(1, 2, 3);
        Tensor y = Functional.batchNorm(x, numbers(3), numbers(3).negate(), mean, variance, true, 0.1, 0);
        Tensor channel = x.get(1, 1).reshape(-1);
        Tensor centred = channel.minus(channel.mean());
        Tensor expected = centred.over(centred.square().mean().sqrt())
                .times(at(numbers(3), 1))
                .minus(at(numbers(3), 1));
        assertClose(y.get(1, 1).reshape(-1), expected);
        assertThat(at(mean, 1)).isCloseTo(0.9 * 2 + 0.1 * channel.mean().item(), within(EXACT));
        assertThat(at(variance, 1))
                .isCloseTo(0.9 * 2 + 0.1 * channel.variance(0).item(), within(EXACT));
    }

    @Test
    void batchNormalisationInUseTakesTheRunningOnesAndLeavesThem() {
        Tensor x = numbers(4, 3);
        Tensor mean = doubles(1, 2, 3);
        Tensor variance = doubles(1, 4, 9);
        Tensor y = Functional.batchNorm(x, doubles(1, 1, 1), doubles(0, 0, 0), mean, variance, false, 0.1, 0);
        assertClose(y, x.minus(mean).over(doubles(1, 2, 3)));
        assertThat(mean.toHost().toDoubles()).containsExactly(1, 2, 3);
    }

    @Test
    void layerNormalisationIsOverTheDimensionsOfItsWeight() {
        Tensor x = numbers(2, 3, 4);
        Tensor y = Functional.layerNorm(x, numbers(3, 4), numbers(3, 4).negate(), 0);
        for (int i = 0; i < 2; i++) {
            Tensor example = x.get(0, i);
            Tensor centred = example.minus(example.mean());
            Tensor expected = centred.over(centred.square().mean().sqrt())
                    .times(numbers(3, 4))
                    .minus(numbers(3, 4));
            assertClose(y.get(0, i), expected);
        }
    }

    @Test
    void groupNormalisationIsOverEachGroupOfChannels() {
        Tensor x = numbers(2, 4, 2, 3);
        Tensor y = Functional.groupNorm(x, 2, doubles(1, 1, 1, 1), doubles(0, 0, 0, 0), 0);
        Tensor group = x.get(0, 1).narrow(0, 2, 2);
        Tensor centred = group.minus(group.mean());
        assertClose(
                y.get(0, 1).narrow(0, 2, 2),
                centred.over(centred.square().mean().sqrt()));
    }

    @Test
    void anEmbeddingIsRowsOfItsTable() {
        Tensor rows = Functional.embedding(Tensor.of(new long[] {2, 0, 2}, 3), numbers(4, 5));
        assertClose(
                rows,
                Tensor.stack(
                        0,
                        numbers(4, 5).get(0, 2),
                        numbers(4, 5).get(0, 0),
                        numbers(4, 5).get(0, 2)));
    }

    @Test
    void aCrossEntropyIsItsFormulaAndFiniteForLargeLogits() {
        Tensor logits = doubles(-800, -2, 0, 0.5, 800);
        Tensor x = doubles(1, 0.25, 0.5, 1, 0);
        assertThat(Functional.binaryCrossEntropy(logits, x).toHost().toDoubles())
                .containsExactly(
                        new double[] {800, Math.log1p(Math.exp(-2)) + 0.5, Math.log(2), Math.log1p(Math.exp(-0.5)), 800
                        },
                        within(EXACT)); // 800 is exact
    }

    @Test
    void aCrossEntropyTakesMoreValuesThanLogits() {
        Tensor logits = Tensor.of(new float[] {0, 1}, 2).requireGradient();
        Tensor x = Tensor.of(new float[] {0, 1, 1, 0, 1, 1}, 3, 2);
        Tensor crossEntropy = Functional.binaryCrossEntropy(logits, x);
        assertThat(crossEntropy.shape()).isEqualTo(Shape.of(3, 2));
        crossEntropy.sum().backward();
        float rounding = (float) Rounding.ofFormula(DType.FLOAT32, 3);
        // n σ(l) − Σ x
        assertThat(logits.gradient().toFloats())
                .containsExactly(new float[] {3 * 0.5f - 2, (float) (3 / (1 + Math.exp(-1)) - 2)}, within(rounding));
    }
}
