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
class RescaledPriorTest {
    private final Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
    private final Tensor codes =
            initial.rng().normal(Shape.of(400, 2)).times(300).plus(1000);

    private double surprisal(RescaledPrior prior) {
        return -prior.given(Pass.deterministic()).logProb(codes).mean().item();
    }

    /** −log p(z) of a normal at its own points: its entropy, log s + ½ log 2πe in each dimension. */
    @Test
    void aPriorThatBeginsAsAStandardNormalBeginsWhereTheCodesAre() {
        RescaledPrior prior = RescaledPrior.of(FlowPrior.of(2, 2, initial), 2, initial);
        prior.begin(codes, initial.rng());
        double entropy = Math.log(prior.deviation().toHost().toDoubles()[0])
                + Math.log(prior.deviation().toHost().toDoubles()[1])
                + Math.log(2 * Math.PI * Math.E);
        assertThat(surprisal(prior)).isCloseTo(entropy, within(1e-3)); // single precision at 1,000 ± 300
    }

    @Test
    void aPriorOfCodesBeginsWithStandardisedOnes() {
        RescaledPrior prior = RescaledPrior.of(MixturePrior.of(1, 2, initial), 2, initial);
        prior.begin(codes, initial.rng());
        MixturePrior inner = (MixturePrior) prior.ofStandard();
        assertThat(inner.loc().abs().max().item()).isLessThan(1e-4); // the mean of standardised codes, in single precision
        assertThat(inner.logVar().abs().max().item()).isLessThan(1e-4);
    }

    @Test
    void codesThatAreAllTheSameHaveADensity() {
        RescaledPrior prior = RescaledPrior.of(FlowPrior.of(2, 2, initial), 2, initial);
        prior.begin(codes.zerosLike(), initial.rng());
        assertThat(prior.given(Pass.deterministic()).logProb(codes.zerosLike()).allFinite().item())
                .isEqualTo(1);
    }
}
