package dev.elbo.tensor;

import static dev.elbo.tensor.Rounding.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients that are ours join up with libtorch's, however the two are mixed. */
@Tag("numeric")
@ExtendWith(InAScope.class)
class SeamTest {
    private final int threads = Backend.threads();
    private Tensor weight;
    private Tensor bias;
    private Tensor x;

    @BeforeEach
    void inputs() {
        Backend.setThreads(3);
        weight = FiniteDifferences.numbers(4, 4).requireGradient();
        bias = FiniteDifferences.numbers(4).requireGradient();
        x = FiniteDifferences.numbers(3, 4);
    }

    @AfterEach
    void sameThreadsAsBefore() {
        Backend.setThreads(threads);
    }

    private Tensor linear(Tensor in) {
        return Functional.linear(in, weight, bias);
    }

    private static double[] gradient(Tensor parameter) {
        return parameter.gradient().toHost().toDoubles();
    }

    private double[] gradientOf(Function<Tensor, Tensor> loss, Tensor of) {
        if (of.hasGradient()) {
            of.gradient().fill(0);
        }
        loss.apply(x).backward();
        return gradient(of);
    }

    /** Asserts that the same few operations gave two results, FLOAT64. */
    private static void assertSame(double[] actual, double... expected) {
        assertThat(actual).containsExactly(expected, within(Rounding.ofFormula(DType.FLOAT64, largest(expected))));
    }

    private static double[] doubled(double... values) {
        return DoubleStream.of(values).map(value -> 2 * value).toArray();
    }

    private static double largest(double... values) {
        return DoubleStream.of(values).map(Math::abs).max().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void aNonlinearityInTheSamePassIsTheSame(Nonlinearity f) {
        FiniteDifferences.check(
                a -> Functional.linear(a[0], a[1], a[2], f),
                FiniteDifferences.numbers(2, 3, 4),
                FiniteDifferences.numbers(5, 4),
                FiniteDifferences.numbers(5));
        Tensor fused = Functional.linear(x, weight, bias, f);
        Tensor apart = f.of(Functional.linearByLibtorch(x, weight, bias));
        assertClose(
                fused,
                apart,
                Rounding.ofSums(a -> List.of(byLibtorch(a)), x, weight, bias).get(0)); // slopes are up to 1
    }

    private static Tensor byLibtorch(Tensor... a) {
        return Functional.linearByLibtorch(a[0], a[1], a[2]);
    }

    /** Factors are rounded, on the way back too; sums, biases and what the layer puts out are not. */
    @ParameterizedTest
    @CsvSource({"64, 200, 130", "700, 60, 40", "5, 3, 2"})
    void roundedFactorsMakeUpGradientsToo(long rows, long in, long out) {
        assumeTrue(Backend.isMadeForBfloat16());
        Rng rng = Rng.seeded(5, Device.CPU);
        Tensor many = rng.normal(Shape.of(rows, in)).detach().requireGradient();
        Tensor w = rng.normal(Shape.of(out, in)).detach().requireGradient();
        Tensor b = rng.normal(Shape.of(out)).detach().requireGradient();
        Tensor arriving = rng.normal(Shape.of(rows, out)).detach();
        Tensor y;
        try (Autocast on = Autocast.bfloat16(Device.CPU)) {
            y = Functional.linear(many, w, b);
        }
        y.times(arriving).sum().backward();
        Tensor x = rounded(many);
        Tensor g = rounded(arriving);
        try (GradientMode off = GradientMode.off()) {
            assertSums(y, a -> a[0].matmul(a[1].transpose(0, 1)).plus(a[2]), x, rounded(w), b);
            assertSums(many.gradient(), a -> a[0].matmul(a[1]), g, rounded(w));
            assertSums(w.gradient(), a -> a[0].transpose(0, 1).matmul(a[1]), g, x);
            assertSums(b.gradient(), a -> a[0].sum(0), arriving);
        }
    }

    private static Tensor rounded(Tensor factor) {
        return factor.detach().to(DType.BFLOAT16).to(DType.FLOAT32);
    }

    /** Asserts that a tensor holds certain sums of products of the inputs. */
    private static void assertSums(Tensor actual, Function<Tensor[], Tensor> sums, Tensor... inputs) {
        Tensor tolerances = Rounding.ofSums(a -> List.of(sums.apply(a)), inputs).get(0);
        assertClose(actual, sums.apply(inputs), tolerances);
    }

    /** Large enough to be shared out, in each of the ways in which the sides compare. */
    @ParameterizedTest
    @CsvSource({"64, 200, 130", "700, 60, 40", "33, 1000, 47", "2, 1024, 1024"})
    void slicesMakeUpTheWhole(long rows, long in, long out) {
        Rng rng = Rng.seeded(5, Device.CPU);
        Tensor many = rng.normal(Shape.of(rows, in)).detach().requireGradient();
        Tensor w = rng.normal(Shape.of(out, in))
                .times(1 / Math.sqrt((double) in)) // sums are about 1 in size
                .detach()
                .requireGradient();
        Tensor b = rng.normal(Shape.of(out)).detach().requireGradient();
        Tensor[] inputs = {many, w, b};
        List<Tensor> ours =
                gradients(Functional.linear(many, w, b, Nonlinearity.TANH).square(), inputs);
        List<Tensor> theirs = gradients(byLibtorch(inputs).tanh().square(), inputs);
        // half the slope of tanh² is up to 1, and changes by no more than its argument
        List<Tensor> tolerances =
                Rounding.ofSumsAfter(in + 1, a -> gradients(byLibtorch(a).times(2), a), inputs);
        for (int i = 0; i < inputs.length; i++) {
            assertClose(ours.get(i), theirs.get(i), tolerances.get(i));
        }
    }

    /** The gradients of the outputs' sum for the inputs, which are cleared. */
    private static List<Tensor> gradients(Tensor outputs, Tensor... inputs) {
        outputs.sum().backward();
        return Stream.of(inputs)
                .map(input -> {
                    Tensor gradient = input.gradient().copy();
                    input.gradient().fill(0);
                    return gradient;
                })
                .toList();
    }

    @Test
    void aResidualAddsTheGradientsOfBothWays() {
        FiniteDifferences.check(
                a -> {
                    Tensor h = a[0].tanh();
                    return h.plus(Functional.linear(h, a[1], a[2])).square();
                },
                FiniteDifferences.numbers(3, 4),
                FiniteDifferences.numbers(4, 4),
                FiniteDifferences.numbers(4));
    }

    @Test
    void layersThatBranchAndMeetAgain() {
        FiniteDifferences.check(
                a -> {
                    Tensor h = Functional.linear(a[0], a[1], a[2], Nonlinearity.TANH);
                    Tensor left = Functional.linear(h, a[1], null, Nonlinearity.SIGMOID);
                    Tensor right = Functional.linear(h.square(), a[1], a[2]);
                    return Functional.linear(left.times(right), a[1], a[2]).plus(h);
                },
                FiniteDifferences.numbers(3, 4),
                FiniteDifferences.numbers(4, 4),
                FiniteDifferences.numbers(4));
    }

    @Test
    void aWeightThatLibtorchUsesToo() {
        FiniteDifferences.check(
                a -> Functional.linear(a[0].matmul(a[1]), a[1], null).matmul(a[1].transpose(0, 1)),
                FiniteDifferences.numbers(3, 4),
                FiniteDifferences.numbers(4, 4));
    }

    @Test
    void aWeightThatIsComputed() {
        FiniteDifferences.check(
                a -> Functional.linear(a[0], a[1].square(), a[2].exp(), Nonlinearity.TANH),
                FiniteDifferences.numbers(3, 4),
                FiniteDifferences.numbers(5, 4),
                FiniteDifferences.numbers(5));
    }

    @Test
    void aFrozenWeightGetsNoGradient() {
        Tensor frozen = FiniteDifferences.numbers(4, 4);
        Functional.linear(linear(x), frozen, null).sum().backward();
        assertThat(frozen.hasGradient()).isFalse();
        assertThat(weight.gradient().abs().max().item()).isPositive();
    }

    @Test
    void gradientsOfTwoPassesOverOneGraphAddUp() {
        Tensor y = linear(x.tanh()).tanh();
        y.sum().backward();
        double[] once = gradient(weight);
        y.sum().backward();
        assertSame(gradient(weight), doubled(once));
    }

    @Test
    void aLossThatWasKeptStillLeadsToItsParameters() {
        double[] direct = gradientOf(in -> linear(linear(in).tanh()).sum(), weight);
        weight.gradient().fill(0);
        Tensor loss;
        try (Scope inner = Scope.open("inner")) {
            Tensor deepest;
            try (Scope innermost = Scope.open("innermost")) {
                deepest = innermost.keep(linear(linear(x).tanh()).sum());
            }
            loss = inner.keep(deepest);
        }
        loss.backward();
        assertSame(gradient(weight), direct);
    }

    @Test
    void aLossThatWasMovedOverSeveralScopesStillLeadsToItsParameters() {
        double[] direct = gradientOf(in -> linear(in).square().sum(), weight);
        weight.gradient().fill(0);
        try (Scope outer = Scope.open("outer")) {
            Tensor loss;
            try (Scope middle = Scope.open("middle")) {
                Tensor h = linear(x);
                try (Scope inner = Scope.open("inner")) {
                    loss = outer.adopt(h.square().sum());
                }
            }
            loss.backward();
        }
        assertSame(gradient(weight), direct);
    }

    @Test
    void aLossThatWasAddedToAnotherStillLeadsToItsParameters() {
        double[] direct = gradientOf(in -> linear(in).square().sum(), weight);
        weight.gradient().fill(0);
        Tensor total = Tensor.zeros(DType.FLOAT64, Device.CPU, Shape.of());
        for (int i = 0; i < 2; i++) {
            try (Scope part = Scope.open("part")) {
                total.plusInPlace(linear(x).square().sum().times(0.5));
            }
        }
        total.backward();
        assertSame(gradient(weight), direct);
    }

    @Test
    void aLossOfAnotherThreadLeadsToItsParametersToo() throws InterruptedException {
        double[] direct = gradientOf(in -> linear(in).square().sum(), weight);
        weight.gradient().fill(0);
        Tensor loss = linear(x).square().sum();
        Thread other = new Thread(() -> {
            try (Scope scope = Scope.open("another thread")) {
                loss.backward();
            }
        });
        other.start();
        other.join();
        assertSame(gradient(weight), direct);
    }

    @Test
    void whatAGradientIsComputedFromMayNotChange() {
        Tensor loss = linear(x).square().sum();
        x.fill(0);
        assertThatIllegalStateException()
                .isThrownBy(loss::backward)
                .withMessage(
                        "backward(): FLOAT64 [3, 4], which the gradient is computed from, was changed in place since;"
                                + " change a copy()");
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 0, 4", "2, 0, 5, 4", "0, 3, 5, 4", "2, 3, 5, 0"})
    void sidesMayBeEmpty(long k, long rows, long in, long out) {
        Tensor many =
                Tensor.zeros(DType.FLOAT64, Device.CPU, Shape.of(k, rows, in)).requireGradient();
        Tensor w = Tensor.zeros(DType.FLOAT64, Device.CPU, Shape.of(out, in)).requireGradient();
        Tensor y = Functional.linear(many, w, null);
        assertThat(y.shape()).isEqualTo(Shape.of(k, rows, out));
        y.sum().backward();
    }

    @Test
    void whatReplacesTheGradientOfAnOutputIsAskedOnTheWay() {
        double[] plain = gradientOf(in -> linear(linear(in)).sum(), weight);
        double[] replaced = gradientOf(
                in -> {
                    Tensor first = linear(in);
                    Tensor second = linear(first);
                    second.onGradient(gradient -> gradient.times(2));
                    return second.sum();
                },
                weight);
        double[] cut = gradientOf(
                in -> {
                    Tensor first = linear(in);
                    Tensor second = linear(first);
                    first.onGradient(gradient -> gradient.times(0));
                    return second.sum();
                },
                weight);
        double[] lastOnly = gradientOf(in -> linear(linear(in).detach()).sum(), weight);
        assertSame(replaced, doubled(plain));
        assertSame(cut, lastOnly);
    }

    @Test
    void withoutGradientsNothingIsKept() {
        try (GradientMode off = GradientMode.off()) {
            assertThat(linear(x).requiresGradient()).isFalse();
        }
        assertThat(x.scope().seams()).isEmpty();
    }

    @Test
    void aNormalWhoseParametersAreHalvesOfOneTensorIsANormal() {
        Tensor epsilon = FiniteDifferences.numbers(2, 3, 2).square();
        Tensor otherLoc = FiniteDifferences.numbers(2);
        Tensor otherLogVar = FiniteDifferences.numbers(3, 2).times(0.5);
        Tensor h = FiniteDifferences.numbers(3, 4).requireGradient();
        Tensor loc = h.half(0);
        Tensor logVar = h.half(1);
        Tensor z = Functional.normalSample(loc, logVar, epsilon);
        Tensor kl = Functional.normalDivergence(loc, logVar, otherLoc, otherLogVar);
        assertThat(h.scope().seams()).hasSize(2);
        Tensor apart =
                h.narrow(-1, 0, 2).plusProduct(h.narrow(-1, 2, 2).times(0.5).exp(), epsilon);
        assertSame(z.toHost().toDoubles(), apart.toHost().toDoubles());
        Tensor formula = Functional.normalDivergence(h.narrow(-1, 0, 2), h.narrow(-1, 2, 2), otherLoc, otherLogVar);
        assertSame(kl.toHost().toDoubles(), formula.toHost().toDoubles());

        FiniteDifferences.check(
                a -> {
                    Tensor in = Functional.linear(a[0], a[1], null); // a seam before, and one behind
                    Tensor sample = Functional.normalSample(in.half(0), in.half(1), epsilon);
                    Tensor rate = Functional.normalDivergence(in.half(0), in.half(1), otherLoc, otherLogVar);
                    return sample.square().sum(0).plus(rate.times(3));
                },
                FiniteDifferences.numbers(3, 4),
                FiniteDifferences.numbers(4, 4));
        FiniteDifferences.check(
                a -> Functional.normalSample(a[0].tanh().half(0), a[0].half(1), epsilon.narrow(0, 0, 1)),
                FiniteDifferences.numbers(3, 4));
        FiniteDifferences.check(
                a -> {
                    Tensor in = a[0].tanh();
                    return Functional.normalSample(in.half(0), in.half(1), epsilon.narrow(0, 0, 1));
                },
                FiniteDifferences.numbers(3, 4));
    }

    @Test
    void theLogDensityOfCoinsIsThatOfTheirTerms() {
        Tensor logits = FiniteDifferences.numbers(2, 3, 5).times(4);
        Tensor coins = FiniteDifferences.numbers(3, 5).square();
        double[] fused = Functional.bernoulliLogProb(logits, coins, 1).toHost().toDoubles();
        double[] terms = Functional.binaryCrossEntropy(logits, coins)
                .sum(-1)
                .negate()
                .toHost()
                .toDoubles();
        assertSame(fused, terms);
        FiniteDifferences.check(
                a -> Functional.bernoulliLogProb(a[0].times(4), coins, 1), FiniteDifferences.numbers(2, 3, 5));
        FiniteDifferences.check(
                a -> Functional.bernoulliLogProb(a[0], a[1].square(), 1),
                FiniteDifferences.numbers(2, 3, 5),
                FiniteDifferences.numbers(3, 5));
    }

    @Test
    void theLogDensityOfCoinsStaysFiniteFarOut() {
        Tensor logits = Tensor.of(new float[] {1e4f, -1e4f, 1e4f, -1e4f, 0}, 5).requireGradient();
        Tensor coins = Tensor.of(new float[] {1, 0, 0, 1, 1}, 5);
        Tensor logProb = Functional.bernoulliLogProb(logits, coins, 0);
        logProb.sum().backward();
        float rounding = (float) Rounding.ofFormula(DType.FLOAT32, Math.log(2)); // the others are exact
        assertThat(logProb.toFloats())
                .containsExactly(new float[] {0, 0, -1e4f, -1e4f, (float) -Math.log(2)}, within(rounding));
        assertThat(logits.gradient().toFloats()).containsExactly(new float[] {0, 0, -1, 1, 0.5f}, within(0f));
    }

    @Test
    void theLogProbabilityOfClassesIsThatOfTheirTerms() {
        Tensor logits = FiniteDifferences.numbers(2, 3, 5).times(4);
        Tensor classes = Tensor.of(HostArray.of(new long[] {0, 4, 2, 2, 1, 3}, 2, 3), Device.CPU);
        assertSame(
                Functional.categoricalLogProb(logits, classes).toHost().toDoubles(),
                Functional.categoricalLogProbByLibtorch(logits, classes)
                        .toHost()
                        .toDoubles());
        FiniteDifferences.check(
                a -> Functional.categoricalLogProb(a[0].times(4), classes), FiniteDifferences.numbers(2, 3, 5));
    }

    @ParameterizedTest
    @CsvSource({"1, 40000", "7, 20001", "300, 257", "20000, 3"
    }) // a row larger than is taken at once; uneven rests; many rows
    void rowsThatAreTakenAFewAtATimeMakeUpTheWhole(long rows, long classes) {
        Tensor logits = FiniteDifferences.numbers(rows, classes).requireGradient();
        long[] classOfEach =
                LongStream.range(0, rows).map(i -> i * 37 % classes).toArray();
        Tensor chosen = Tensor.of(HostArray.of(classOfEach, rows), Device.CPU);
        Tensor weights = FiniteDifferences.numbers(rows);
        Functional.categoricalLogProb(logits, chosen).times(weights).sum().backward();
        double[] ours = gradient(logits);
        logits.gradient().fill(0);
        Functional.categoricalLogProbByLibtorch(logits, chosen)
                .times(weights)
                .sum()
                .backward();
        assertSame(ours, gradient(logits));
    }

    @Test
    void aClassThatIsImpossibleHasNoGradientsThatAreNoNumbers() {
        float never = Float.NEGATIVE_INFINITY;
        Tensor logits = Tensor.of(new float[] {0, never, 0, never}, 2, 2).requireGradient();
        Tensor logProb =
                Functional.categoricalLogProb(logits, Tensor.of(HostArray.of(new long[] {0, 1}, 2), Device.CPU));
        logProb.sum().backward();
        assertThat(logProb.toFloats()).containsExactly(0, never);
        assertThat(logits.gradient().toFloats()).containsExactly(new float[] {0, 0, -1, 1}, within(0f));
    }

    @Test
    void aClassThatThereIsNotIsRefused() {
        Tensor chosen = Tensor.of(HostArray.of(new long[] {0, 5}, 2), Device.CPU);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Functional.categoricalLogProb(FiniteDifferences.numbers(2, 5), chosen))
                .withMessageContaining("categoricalLogProb")
                .withMessageContaining("out of bounds");
    }

    /** libtorch would give both of them views of one gradient, and what comes to one later would be added to both. */
    @Test
    void whatIsAddedUpInAnotherShapeHasGradientsOfItsOwn() {
        FiniteDifferences.check(
                a -> {
                    Tensor left = Functional.linear(a[0], a[1], a[2]).reshape(1, 3, 4);
                    Tensor right = Functional.linear(a[0], a[1], null, Nonlinearity.TANH)
                            .reshape(1, 3, 4);
                    Tensor h = left.plus(right);
                    Tensor residual = Functional.linear(h.tanh(), a[1], a[2]).reshape(1, 3, 4);
                    Tensor next = h.plus(residual);
                    return next.plus(Functional.linear(left.times(next).tanh(), a[1], a[2]))
                            .square();
                },
                FiniteDifferences.numbers(3, 4),
                FiniteDifferences.numbers(4, 4),
                FiniteDifferences.numbers(4));
    }

    @Test
    void aTensorAddedToItselfGetsTheGradientOfBoth() {
        assertSame(
                gradientOf(in -> linear(in).plus(linear(in)).sum(), bias),
                doubled(gradientOf(in -> linear(in).sum(), bias)));
        assertSame(
                gradientOf(
                        in -> {
                            Tensor y = linear(in);
                            return y.plus(y).sum();
                        },
                        bias),
                doubled(gradientOf(in -> linear(in).sum(), bias)));
    }
}
