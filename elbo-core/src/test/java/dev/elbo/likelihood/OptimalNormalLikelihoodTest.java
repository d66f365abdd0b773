package dev.elbo.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class OptimalNormalLikelihoodTest {
    private static final Shape IMAGES = Shape.of(5, 2, 3, 4);
    private static final long PIXELS = 120;

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Head<? extends Distribution> head =
            PixelLikelihood.parse("optimal-normal").head("image", new Initializer(rng, Device.CPU));
    private final Tensor images = rng.uniform(IMAGES);
    private final Tensor output = rng.uniform(Shape.of(5, 1, 2, 3, 4)).requireGradient();

    private Tensor squaredError() {
        return images.minus(output.squeeze(1)).square().mean();
    }

    private double logProbInTraining() {
        return head.of(output, Pass.training(rng)).logProb(images).sum().item();
    }

    private Tensor running() {
        return Objects.requireNonNull(head.state().get("variance"));
    }

    private double variance() {
        return running().item();
    }

    /** −N/2 (log 2π + log σ² + 1) with σ² the mean squared error. Rybkin et al. (2021), eq. 6. */
    @Test
    void inTrainingTheDistortionIsTheLogarithmOfTheMeanSquaredError() {
        double expected =
                -PIXELS / 2.0 * (Math.log(2 * Math.PI) + Math.log(squaredError().item()) + 1);
        assertThat(logProbInTraining()).isCloseTo(expected, within(1e-3)); // FLOAT32 sums of 120 terms of some nats
    }

    @Test
    void itsGradientIsThatOfTheLogarithm() {
        head.of(output, Pass.training(rng)).logProb(images).sum().backward();
        double[] gradient = output.gradient().toHost().toDoubles();
        Tensor again = output.detach().copy().requireGradient();
        images.minus(again.squeeze(1))
                .square()
                .mean()
                .log()
                .times(-PIXELS / 2.0)
                .backward();
        assertThat(gradient).containsExactly(again.gradient().toHost().toDoubles(), within(1e-4)); // FLOAT32, up to 10
    }

    @Test
    void noOtherVarianceIsLikelier() {
        double best = logProbInTraining();
        for (double factor : new double[] {0.8, 1.25}) {
            running().assign(squaredError().detach().times(factor));
            assertThat(head.of(output).logProb(images).sum().item()).isLessThan(best);
        }
    }

    @Test
    void evaluationUsesARunningMeanWhichItDoesNotMove() {
        double before = variance();
        logProbInTraining();
        double error = squaredError().item();
        assertThat(variance()).isCloseTo(0.9 * before + 0.1 * error, within(1e-6)); // FLOAT32
        double running = variance();
        double expected = -PIXELS / 2.0 * (Math.log(2 * Math.PI) + Math.log(running) + error / running);
        Distribution used = head.of(output, Pass.evaluation(rng));
        assertThat(used.logProb(images).sum().item()).isCloseTo(expected, within(1e-3));
        assertThat(variance()).isEqualTo(running);
        assertThat(head.parameters()).isEmpty();
    }

    @Test
    void aReconstructionWithoutErrorIsScoredAsOneOfRoundedLevels() {
        Tensor exact = images.unsqueeze(1);
        double logProb =
                head.of(exact, Pass.training(rng)).logProb(images).sum().item();
        assertThat(logProb).isFinite();
    }
}
