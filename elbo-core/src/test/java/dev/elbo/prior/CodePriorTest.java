package dev.elbo.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.distribution.Autoregressive;
import dev.elbo.distribution.Successor;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class CodePriorTest {
    private static final int CODES = 4;
    private static final Shape MAP = Shape.of(3, 5);
    private static final int PLACES = 15;

    private final Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);

    private Autoregressive prior(Shape map, long codes) {
        CodePrior prior = CodePrior.of(map, codes, 6, 2, initial);
        try (GradientMode off = GradientMode.off()) { // places begin at 0
            prior.places()
                    .assign(Rng.seeded(4, Device.CPU).normal(prior.places().shape()));
        }
        return prior.given(Pass.deterministic());
    }

    /** INT64 [...]. */
    private static Tensor someCodes(Shape shape, long seed) {
        return Rng.seeded(seed, Device.CPU).uniform(shape).times(CODES).to(DType.INT64);
    }

    /** Changes of one place are felt by those after it alone, and by some of these. */
    @Test
    void aPlaceDependsOnThoseBeforeIt() {
        Successor successor = prior(MAP, CODES).successor();
        Tensor codes = someCodes(Shape.of(PLACES), 2);
        Tensor base = successor.logits(codes);
        boolean[][] felt = new boolean[PLACES][PLACES];
        for (int place = 0; place < PLACES; place++) {
            long[] changed = codes.toHost().toLongs();
            changed[place] = (changed[place] + 1) % CODES;
            Tensor difference = successor.logits(Tensor.of(changed, PLACES)).minus(base);
            float[] change = difference.abs().sum(-1).toFloats();
            for (int other = 0; other < PLACES; other++) {
                felt[place][other] = change[other] > 0;
                assertThat(felt[place][other] && other <= place)
                        .as("place %d by place %d", other, place)
                        .isFalse();
            }
        }
        assertThat(felt[0][1]).isTrue();
        assertThat(felt[0][PLACES - 1]).isTrue();
        assertThat(felt[4][PLACES - 1]).isTrue(); // from the end of the first row to that of the last
        assertThat(felt[PLACES - 2][PLACES - 1]).isTrue();
    }

    @Test
    void theNextCodeIsThatOfTheWholeMap() {
        Successor successor = prior(MAP, CODES).successor();
        Tensor codes = someCodes(Shape.of(2, PLACES), 3);
        Tensor whole = successor.logits(codes);
        for (int place = 0; place < PLACES; place++) {
            double[] expected = whole.get(-2, place).reshape(-1).toHost().toDoubles();
            double[] next = successor
                    .next(codes.narrow(-1, 0, place))
                    .reshape(-1)
                    .toHost()
                    .toDoubles();
            assertThat(next)
                    .containsExactly(expected, within(1e-5)); // convolutions of fewer rows, some units in FLOAT32
        }
    }

    @Test
    void theProbabilitiesOfAllMapsSumToOne() {
        long[] values = new long[81 * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 4 / Math.round(Math.pow(3, i % 4)) % 3;
        }
        Tensor mass = prior(Shape.of(2, 2), 3)
                .logProb(Tensor.of(values, 81, 2, 2))
                .exp()
                .sum();
        assertThat(mass.item()).isCloseTo(1, within(1e-5)); // 81 terms of FLOAT32
    }

    @Test
    void everyParameterReceivesAGradient() {
        CodePrior prior = CodePrior.of(MAP, CODES, 6, 2, initial);
        prior.given(Pass.deterministic())
                .logProb(someCodes(MAP.prepend(8), 2))
                .mean()
                .backward();
        assertThat(prior.parameters())
                .isNotEmpty()
                .allSatisfy((name, parameter) ->
                        assertThat(parameter.gradient().norm().item()).isPositive());
        assertThat(prior.hasBuffers()).isFalse();
    }

    @Test
    void sizesThatMakeNoNetworkAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodePrior.of(MAP, CODES, 7, 2, initial))
                .withMessage(
                        "a prior over codes has an even number of channels, 2 or more, and 0 or more residual blocks;"
                                + " got 7 and 2");
    }
}
