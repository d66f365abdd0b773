package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class CodebookTest {
    private static final int CODES = 7;
    private static final int DIMS = 3;

    private final Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);

    /** Two codes at 0 and 10 on a line, each with a count of 4. */
    private Codebook line() {
        return new Codebook(line(0, 10), line(4, 4).reshape(2), line(0, 40), 0.75, 0.1);
    }

    /** [N, 1]. */
    private static Tensor line(float... points) {
        return Tensor.of(points, points.length, 1);
    }

    private static Pass training(long seed) {
        return Pass.training(Rng.seeded(seed, Device.CPU));
    }

    @Test
    void theNearestCodeIsThatOfASearchOneByOne() {
        Codebook codebook = Codebook.of(CODES, DIMS, 0.99, 0.05, initial);
        Tensor x = Rng.seeded(2, Device.CPU).normal(Shape.of(5, 4, DIMS));
        Quantiser.Quantisation quantised = codebook.quantise(x, Pass.deterministic());
        double[] points = x.toHost().toDoubles();
        double[] vectors = codebook.embedding().toHost().toDoubles();
        long[] expected = IntStream.range(0, 20)
                .mapToLong(n -> nearest(Arrays.copyOfRange(points, n * DIMS, (n + 1) * DIMS), vectors))
                .toArray();
        assertThat(quantised.codes().toHost().toLongs()).containsExactly(expected);
        assertThat(quantised.codes().shape()).isEqualTo(Shape.of(5, 4));
        assertThat(LongStream.of(expected).distinct().count()).isGreaterThan(3);
    }

    private static int nearest(double[] point, double... vectors) {
        return IntStream.range(0, CODES)
                .boxed()
                .min((a, b) -> Double.compare(distance(point, a, vectors), distance(point, b, vectors)))
                .orElseThrow();
    }

    private static double distance(double[] point, int code, double... vectors) {
        return IntStream.range(0, DIMS)
                .mapToDouble(d -> Math.pow(point[d] - vectors[code * DIMS + d], 2))
                .sum();
    }

    /** Where ‖x‖² has no digits left for what tells codes apart. */
    @Test
    void farFromZeroTheNearestCodeIsStillFound() {
        Codebook far =
                new Codebook(line(100_000, 100_001, 100_002), line(9, 9, 9).reshape(3), line(0, 0, 0), 0.9, 0.1);
        long[] codes = far.quantise(line(100_000.25f, 100_000.75f, 100_001.75f), Pass.deterministic())
                .codes()
                .toHost()
                .toLongs();
        assertThat(codes).containsExactly(0, 1, 2);
    }

    @Test
    void whatStandsForAVectorIsItsCodesBitForBit() {
        Codebook codebook = Codebook.of(CODES, DIMS, 0.99, 0.05, initial);
        Tensor x = Rng.seeded(2, Device.CPU).normal(Shape.of(20, DIMS)).requireGradient();
        Quantiser.Quantisation quantised = codebook.quantise(x, Pass.deterministic());
        assertThat(quantised.vectors().toHost())
                .isEqualTo(codebook.vectors(quantised.codes()).toHost());
    }

    @Test
    void gradientsPassStraightThrough() {
        Codebook codebook = Codebook.of(CODES, DIMS, 0.99, 0.05, initial);
        Tensor x = Rng.seeded(2, Device.CPU).normal(Shape.of(20, DIMS)).requireGradient();
        Tensor arriving = Rng.seeded(3, Device.CPU).normal(Shape.of(20, DIMS));
        codebook.quantise(x, training(1)).vectors().times(arriving).sum().backward();
        assertThat(x.gradient().toHost()).isEqualTo(arriving.toHost());
    }

    @Test
    void theDistancePullsAtWhatIsQuantisedAlone() {
        Codebook codebook = line();
        Tensor x = line(1, 8).requireGradient();
        Tensor distance = codebook.quantise(x, Pass.deterministic()).distance();
        assertThat(distance.toFloats()).containsExactly(1, 4);
        distance.sum().backward();
        assertThat(x.gradient().toFloats()).containsExactly(2, -4); // 2 (x − e)
        assertThat(codebook.parameters()).isEmpty();
    }

    /** By hand, γ = ¾: n = ¾ · 4 + ¼ · (3, 1) = (3.75, 3.25), m = ¾ · (0, 40) + ¼ · (6, 14) = (1.5, 33.5). */
    @Test
    void codesFollowTheAveragesOfWhatTheyStandFor() {
        Codebook codebook = line();
        codebook.quantise(line(1, 2, 3, 14), training(1));
        assertThat(codebook.counts().toFloats()).containsExactly(3.75f, 3.25f);
        assertThat(codebook.sums().toFloats()).containsExactly(1.5f, 33.5f);
        assertThat(codebook.embedding().toFloats()).containsExactly(1.5f / 3.75f, 33.5f / 3.25f);
    }

    @Test
    void aPassOfTrainingStillPutsOutTheCodebookThatItFound() {
        Codebook codebook = line();
        assertThat(codebook.quantise(line(1, 2, 3, 14), training(1)).vectors().toFloats())
                .containsExactly(0, 0, 0, 10);
    }

    @Test
    void useMovesNothing() {
        Codebook codebook = Codebook.of(CODES, DIMS, 0.99, 0.05, initial);
        codebook.quantise(Rng.seeded(2, Device.CPU).normal(Shape.of(50, DIMS)), training(1));
        Map<String, HostArray> before = state(codebook);
        codebook.quantise(Rng.seeded(3, Device.CPU).normal(Shape.of(50, DIMS)), Pass.deterministic());
        assertThat(state(codebook)).isEqualTo(before);
    }

    private static Map<String, HostArray> state(Codebook codebook) {
        Map<String, HostArray> state = new LinkedHashMap<>();
        codebook.state().forEach((name, tensor) -> state.put(name, tensor.toHost()));
        return state;
    }

    @Test
    void theFirstPassPutsEveryCodeOntoAVectorOfItsBatch() {
        Codebook codebook = Codebook.of(CODES, 1, 0.99, 0.05, initial);
        float[] points = {100, 101, 102, 103};
        float[] out = codebook.quantise(line(points), training(1)).vectors().toFloats();
        for (int n = 0; n < points.length; n++) {
            assertThat(out[n]).isIn(100f, 101f, 102f, 103f);
        }
        for (float code : codebook.embedding().toFloats()) {
            assertThat(code).isBetween(99.999f, 103.001f); // between the batch's vectors, to FLOAT32's digits
        }
    }

    @Test
    void aCodeThatStandsForTooLittleIsMovedOntoAVectorOfTheBatch() {
        Codebook codebook = new Codebook(line(0, 500), line(4, 0.01f).reshape(2), line(0, 5), 0.75, 0.1);
        Tensor x = line(1, 2, 3, 4);
        long[] codes = codebook.quantise(x, training(1)).codes().toHost().toLongs();
        assertThat(LongStream.of(codes).sum()).isPositive(); // it is in use at once
        assertThat(codebook.embedding().toFloats()[1]).isBetween(1f, 4f);
        assertThat(codebook.embedding().toFloats()[0]).isBetween(0f, 3f);
    }

    /** A share of 4 / 2 vectors, of which a tenth is 0.2. */
    @Test
    void aCodeThatStandsForJustMoreThanItsLeastShareStays() {
        Codebook codebook = new Codebook(line(0, 500), line(4, 0.21f).reshape(2), line(0, 105), 0.75, 0.1);
        codebook.quantise(line(1, 2, 3, 4), training(1));
        assertThat(codebook.embedding().toFloats()[1]).isCloseTo(500, within(1e-3f)); // 78.75 / 0.1575 in FLOAT32
    }

    @Test
    void codesDoNotDependOnHowVectorsAreArranged() {
        Codebook codebook = Codebook.of(CODES, DIMS, 0.99, 0.05, initial);
        Tensor x = Rng.seeded(2, Device.CPU).normal(Shape.of(2, 5, DIMS));
        assertThat(codebook.quantise(x, Pass.deterministic()).codes().toHost().toLongs())
                .isEqualTo(codebook.quantise(x.reshape(10, DIMS), Pass.deterministic())
                        .codes()
                        .toHost()
                        .toLongs());
    }

    @Test
    void aDecayOrAShareOutsideZeroToOneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Codebook.of(CODES, DIMS, 1, 0.05, initial))
                .withMessage("decay and least share of a codebook are in (0, 1); got 1.0 and 0.05");
    }
}
