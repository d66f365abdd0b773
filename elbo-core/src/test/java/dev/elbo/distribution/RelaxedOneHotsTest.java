package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.distribution.RelaxedOneHots.Sampling;
import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.InAScope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(InAScope.class)
class RelaxedOneHotsTest {
    private static final int CHOICES = 2;
    private static final int CLASSES = 3;

    private final Tensor logits =
            seeded(1).normal(Shape.of(4, CHOICES, CLASSES)).to(DType.FLOAT64).requireGradient();
    private final Tensor temperature =
            Tensor.zeros(DType.FLOAT64, Device.CPU, Shape.of()).fill(0.5);

    private RelaxedOneHots sampled(Sampling sampling) {
        return new RelaxedOneHots(new OneHots(logits), temperature, sampling);
    }

    @ParameterizedTest
    @EnumSource
    void aSampleIsAVectorOfOneForEachChoice(Sampling sampling) {
        Scored z = sampled(sampling).rsample(5, seeded(2));
        assertThat(z.value().shape()).isEqualTo(Shape.of(5, 4, CHOICES * CLASSES));
        assertThat(z.logProb().shape()).isEqualTo(Shape.of(5, 4));
        Tensor sums = z.value().reshape(5, 4, CHOICES, CLASSES).sum(-1);
        assertThat(sums.minus(1).abs().max().item()).isLessThan(1e-12);
        assertThat(sampled(sampling).centre().shape()).isEqualTo(Shape.of(4, CHOICES * CLASSES));
        assertThat(z.value().requiresGradient()).isEqualTo(sampling != Sampling.EXACT);
        assertThat(sampled(sampling).detached().rsample(5, seeded(2)).value().toHost())
                .isEqualTo(z.value().toHost());
    }

    @Test
    void exactSamplesFallAsTheirProbabilitiesSayAndHaveTheirMass() {
        Scored z = sampled(Sampling.EXACT).rsample(20_000, seeded(2));
        double[] expected = logits.softmax(-1).reshape(-1).toHost().toDoubles();
        Tensor flat = z.value().reshape(20_000, -1);
        for (int i = 0; i < expected.length; i++) {
            Estimate share = Estimate.of(flat.get(1, i).toHost().toDoubles());
            assertThat(expected[i]).isCloseTo(share.mean(), within(share.margin()));
        }
        Tensor classes = z.value().reshape(20_000, 4, CHOICES, CLASSES).argmax(-1);
        assertThat(z.logProb()
                        .minus(new Categorical(logits, 1).logProb(classes))
                        .abs()
                        .max()
                        .item())
                .isLessThan(1e-12);
    }

    @Test
    void aStraightThroughSampleIsExactAndHasTheGradientOfTheRelaxedOne() {
        Tensor weights = seeded(5).normal(Shape.of(CHOICES * CLASSES)).to(DType.FLOAT64);
        Tensor straight =
                sampled(Sampling.STRAIGHT_THROUGH).rsample(5, seeded(2)).value();
        Tensor relaxed = sampled(Sampling.RELAXED).rsample(5, seeded(2)).value();
        assertThat(straight.minus(sampled(Sampling.EXACT).rsample(5, seeded(2)).value())
                        .abs()
                        .max()
                        .item())
                .isLessThan(1e-15);
        straight.times(weights).sum().backward();
        Tensor ofStraight = logits.gradient().copy();
        logits.gradient().fill(0);
        relaxed.times(weights).sum().backward();
        assertThat(ofStraight.minus(logits.gradient()).abs().max().item()).isLessThan(1e-12);
    }

    @Test
    void gradientsThroughRelaxedSamplesAreDifferences() {
        GradientCheck.compare(
                () -> sampled(Sampling.RELAXED)
                        .rsample(5, seeded(2))
                        .value()
                        .square()
                        .sum(),
                logits);
    }

    @Test
    void theDivergenceFromUniformChoicesIsHowFarTheEntropyIsFromTheLargest() {
        Tensor kl =
                sampled(Sampling.RELAXED).klTo(new OneHots(logits.zerosLike())).orElseThrow();
        Tensor entropy = new Categorical(logits, 1).entropy().sum(-1);
        assertThat(kl.plus(entropy)
                        .minus(CHOICES * Math.log(CLASSES))
                        .abs()
                        .max()
                        .item())
                .isLessThan(1e-12);
        assertThat(sampled(Sampling.RELAXED).klTo(DiagonalNormal.standard(6, Device.CPU)))
                .isEmpty();
    }

    @Test
    void choicesAreDrawnAndCooledAsClassesAre() {
        OneHots choices = new OneHots(logits);
        assertThat(choices.sample(3, 0, seeded(1)).get(0, 2).toHost())
                .isEqualTo(choices.centre().toHost());
        assertThat(choices.sample(3, 1, seeded(1)).toHost())
                .isEqualTo(choices.sample(3, seeded(1)).toHost());
        assertThat(choices.sample(3, seeded(1)).requiresGradient()).isFalse();
        // a cold relaxed sample is nearly the choice
        Tensor cold = new RelaxedOneHots(choices, temperature.times(1e-3), Sampling.RELAXED)
                .rsample(5, seeded(2))
                .value();
        assertThat(cold.minus(sampled(Sampling.EXACT).rsample(5, seeded(2)).value())
                        .abs()
                        .mean()
                        .item())
                .isLessThan(1e-3);
    }
}
