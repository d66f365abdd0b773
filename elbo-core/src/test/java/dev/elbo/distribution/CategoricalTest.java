package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CategoricalTest extends DistributionContract implements ClosedDivergenceContract {
    private static final int CLASSES = 4;
    private static final double[] SUPPORT = {0, 1, 2, 3};

    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape.append(CLASSES), 0, 1, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new Categorical(parameters[0], eventRank);
    }

    @Override
    protected double[] support() {
        return SUPPORT;
    }

    @Override
    protected double spacing() {
        return 1;
    }

    @Override
    protected Tensor values(Tensor numbers) {
        return numbers.to(DType.INT64);
    }

    /** Samples are indices; their mean is that of their one-hot vectors. */
    @Override
    protected Tensor expected(Tensor sample) {
        return sample.oneHot(CLASSES);
    }

    @Test
    void extremeLogitsHaveFiniteDensitiesAndDivergences() {
        Categorical sure = new Categorical(floats(80, -80, 0), 0);
        Categorical unsure = new Categorical(floats(-80, 80, 0), 0);
        assertThat(sure.logProb(Tensor.of(new long[] {1}, 1)).item()).isEqualTo(-160);
        double rounding = Rounding.ofSum(DType.FLOAT32, 3, 160); // a sum over three classes
        assertThat(sure.klTo(unsure).orElseThrow().item()).isCloseTo(160, within(rounding));
    }

    @Test
    void theDivergenceFromEqualChancesIsWhatEntropyIsMissing() {
        Categorical p = new Categorical(floats(Math.log(0.5), Math.log(0.25), Math.log(0.25)), 0);
        Categorical equal = new Categorical(floats(7, 7, 7), 0);
        double rounding = Rounding.ofFormula(DType.FLOAT32, 7); // of logits up to 7
        assertThat(p.klTo(equal).orElseThrow().item()).isCloseTo(Math.log(3) - 1.5 * Math.log(2), within(rounding));
    }

    @Test
    void entropyIsThatOfTheProbabilitiesAndTakesNoNoticeOfWhatIsImpossible() {
        assertThat(new Categorical(floats(Math.log(0.5), Math.log(0.25), Math.log(0.25)), 0)
                        .entropy()
                        .item())
                .isCloseTo(1.5 * Math.log(2), within(1e-6)); // FLOAT32
        assertThat(new Categorical(floats(0, 0, Double.NEGATIVE_INFINITY), 0)
                        .entropy()
                        .item())
                .isCloseTo(Math.log(2), within(1e-6));
    }

    @Test
    void impossibleClassesAddNothingToADivergenceUnlessTheOtherNeedsThem() {
        Tensor logits = floats(0, 0, Double.NEGATIVE_INFINITY).requireGradient();
        Categorical two = new Categorical(logits, 0);
        Categorical three = new Categorical(floats(0, 0, 0), 0);
        Categorical unlike = new Categorical(floats(Math.log(3), 0, Double.NEGATIVE_INFINITY), 0);
        double rounding = Rounding.ofFormula(DType.FLOAT32, Math.log(4));
        assertThat(two.klTo(two).orElseThrow().item()).isZero();
        assertThat(two.klTo(three).orElseThrow().item()).isCloseTo(Math.log(1.5), within(rounding));
        assertThat(two.klTo(unlike).orElseThrow().item()).isCloseTo(Math.log(4 / Math.sqrt(12)), within(rounding));
        assertThat(three.klTo(two).orElseThrow().item()).isEqualTo(Double.POSITIVE_INFINITY);
        two.klTo(unlike).orElseThrow().plus(two.entropy()).backward();
        assertThat(logits.gradient().allFinite().item()).isEqualTo(1);
    }

    @Test
    void aClassWhoseProbabilityIsTooSmallForANumberAddsNothing() {
        Categorical almost = new Categorical(floats(0, -1000), 0);
        Categorical sure = new Categorical(floats(0, Double.NEGATIVE_INFINITY), 0);
        assertThat(almost.klTo(sure).orElseThrow().item()).isZero();
        assertThat(sure.klTo(almost).orElseThrow().item()).isZero();
    }

    @Test
    void manySamplesOfABatchAreScoredAtOnce() {
        Tensor logits = Tensor.zeros(Device.CPU, 2, CLASSES);
        Tensor samples = new Categorical(logits, 0).sample(5, Rng.seeded(1, Device.CPU));
        assertThat(new Categorical(logits, 0).logProb(samples).shape()).isEqualTo(Shape.of(5, 2));
    }

    @Test
    void aClassThatIsNotThereIsRefused() {
        Categorical three = new Categorical(floats(0, 0, 0), 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> three.logProb(Tensor.of(new long[] {3}, 1)))
                .withMessageContaining("index 3 is out of bounds for dimension 1 with size 3");
    }

    /** Classes have no mean; that of their indicators is their probabilities. */
    @Override
    protected Tensor mean(Factorised distribution) {
        return ((Categorical) distribution).probabilities();
    }
}
