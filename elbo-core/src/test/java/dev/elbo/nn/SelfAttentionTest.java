package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class SelfAttentionTest {
    private static final int C = 3;
    private static final int H = 2;
    private static final int W = 4;

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final SelfAttention block = SelfAttention.of(C, new Initializer(rng, Device.CPU));
    private final Tensor x = rng.normal(Shape.of(2, C, H, W));

    private Tensor out(Tensor input) {
        return block.forward(input, Pass.deterministic());
    }

    private void mix() {
        block.out().weight().detach().assign(rng.normal(Shape.of(C, C, 1, 1)));
    }

    @Test
    void aNewBlockChangesNothing() {
        assertThat(out(x).toFloats()).isEqualTo(x.toFloats());
    }

    /** The sums of its definition, place by place, in double precision. */
    @Test
    void itIsItsDefinition() {
        mix();
        int places = H * W;
        double[] normed = block.norm().forward(x, Pass.deterministic()).toHost().toDoubles();
        double[] looks = block.looks().weight().toHost().toDoubles(); // [3 C, C]
        double[] mixing = block.out().weight().toHost().toDoubles(); // [C, C]
        double[] expected = x.toHost().toDoubles();
        for (int b = 0; b < 2; b++) {
            double[][] parts = new double[3 * C][places];
            for (int i = 0; i < 3 * C; i++) {
                for (int n = 0; n < places; n++) {
                    for (int c = 0; c < C; c++) {
                        parts[i][n] += looks[i * C + c] * normed[(b * C + c) * places + n];
                    }
                }
            }
            for (int n = 0; n < places; n++) {
                double[] weights = weights(parts, n);
                for (int c = 0; c < C; c++) {
                    for (int from = 0; from < C; from++) {
                        for (int m = 0; m < places; m++) {
                            expected[(b * C + c) * places + n] +=
                                    mixing[c * C + from] * weights[m] * parts[2 * C + from][m];
                        }
                    }
                }
            }
        }
        // FLOAT32 sums of eight and three products of numbers about 1
        assertThat(out(x).toHost().toDoubles()).containsExactly(expected, within(1e-5));
    }

    /** How much a place looks at each other: softmax of q k / √C. */
    private static double[] weights(double[][] parts, int place) {
        double[] weights = new double[H * W];
        double sum = 0;
        for (int m = 0; m < weights.length; m++) {
            double product = 0;
            for (int c = 0; c < C; c++) {
                product += parts[c][place] * parts[C + c][m];
            }
            weights[m] = Math.exp(product / Math.sqrt(C));
            sum += weights[m];
        }
        for (int m = 0; m < weights.length; m++) {
            weights[m] /= sum;
        }
        return weights;
    }

    /** It knows no places: a mirrored map gives the mirrored result. */
    @Test
    void mirroredMapsGiveMirroredResults() {
        mix();
        Tensor mirror = Tensor.of(new long[] {3, 2, 1, 0}, W);
        // sums in another order
        assertThat(out(x.select(-1, mirror)).toHost().toDoubles())
                .containsExactly(out(x).select(-1, mirror).toHost().toDoubles(), within(1e-6));
    }

    @Test
    void leadingDimensionsAreLeftAlone() {
        mix();
        Tensor twice = Tensor.stack(0, x, x.negate());
        assertThat(out(twice).get(0, 1).toHost().toDoubles())
                .containsExactly(out(x.negate()).toHost().toDoubles(), within(1e-6));
    }
}
