package dev.elbo.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class WhitenedPriorTest {
    private final Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
    /** [400, 2], on a large scale, and with dimensions that vary together. */
    private final Tensor codes = codes();

    private Tensor codes() {
        Tensor free = initial.rng().normal(Shape.of(400, 2)).times(300);
        return free.plus(free.narrow(-1, 0, 1).times(2)).plus(1000);
    }

    private double surprisal(WhitenedPrior prior) {
        return -prior.given(Pass.deterministic()).logProb(codes).mean().item();
    }

    @Test
    void aPriorThatBeginsAsAStandardNormalBeginsAsTheNormalOfTheCodes() {
        WhitenedPrior prior = WhitenedPrior.of(FlowPrior.of(2, 2, initial), 2, initial);
        prior.begin(codes, initial.rng());
        double normal = -FittedNormal.Moments.of(codes).logProb(codes).mean().item();
        assertThat(surprisal(prior)).isCloseTo(normal, within(1e-3)); // single precision at 1,000 ± 600
    }

    /** 0.02: variances are made wider by a thousandth, which counts for more in a direction where codes hardly vary. */
    @Test
    void aPriorOfCodesBeginsWithWhitenedOnes() {
        WhitenedPrior prior = WhitenedPrior.of(MixturePrior.of(1, 2, initial), 2, initial);
        prior.begin(codes, initial.rng());
        MixturePrior inner = (MixturePrior) prior.ofWhitened();
        assertThat(inner.loc().abs().max().item()).isLessThan(0.02);
        assertThat(inner.logVar().abs().max().item()).isLessThan(0.02);
    }

    @Test
    void codesThatAreAllTheSameHaveADensity() {
        WhitenedPrior prior = WhitenedPrior.of(FlowPrior.of(2, 2, initial), 2, initial);
        prior.begin(codes.zerosLike(), initial.rng());
        assertThat(prior.given(Pass.deterministic())
                        .logProb(codes.zerosLike())
                        .allFinite()
                        .item())
                .isEqualTo(1);
    }
}
