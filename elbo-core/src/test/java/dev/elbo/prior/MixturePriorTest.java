package dev.elbo.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.InAScope;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class MixturePriorTest {
    private static final PriorKind.Beside MODEL = new PriorKind.Beside(
            3, (pass, parents) -> DiagonalNormal.standard(3, Device.CPU), "x", Shape.of(3), List.of());

    private final Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);

    private MixturePrior prior(int components) {
        return new MixturePrior.Kind(components).prior(MODEL, initial);
    }

    @Test
    void ofOneComponentItIsThatNormal() {
        MixturePrior one = prior(1);
        Tensor z = initial.rng().normal(Shape.of(5, 3));
        Tensor expected = new DiagonalNormal(one.loc(), one.logVar(), 1).logProb(z);
        assertThat(one.given(Pass.deterministic())
                        .logProb(z)
                        .minus(expected)
                        .abs()
                        .max()
                        .item())
                .isLessThan(1e-5); // FLOAT32 of some 10 nats
    }

    @Test
    void weightsMeansAndVariancesLearn() {
        MixturePrior prior = prior(4);
        prior.given(Pass.deterministic())
                .logProb(initial.rng().normal(Shape.of(7, 3)))
                .mean()
                .backward();
        assertThat(prior.parameters())
                .hasSize(3)
                .allSatisfy((name, parameter) ->
                        assertThat(parameter.gradient().norm().item()).isPositive());
    }

    @Test
    void componentsBeginOnCodesAndNoTwoAlikeWhereThereAreFewerCodes() {
        Tensor codes = initial.rng().normal(Shape.of(4, 3));
        MixturePrior prior = prior(10);
        prior.begin(codes);
        assertThat(prior.loc().detach().narrow(0, 0, 4).toHost()).isEqualTo(codes.toHost());
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(prior.loc().detach().get(0, i).toHost())
                        .isNotEqualTo(prior.loc().detach().get(0, j).toHost());
            }
        }
        double[] variances =
                codes.minus(codes.mean(0)).square().mean(0).toHost().toDoubles();
        double[] logVars = prior.logVar().detach().get(0, 9).toHost().toDoubles();
        for (int d = 0; d < 3; d++) {
            assertThat(logVars[d]).isCloseTo(Math.log(variances[d]) - 2.0 / 3 * Math.log(10), within(1e-5)); // FLOAT32
        }
    }

    @Test
    void theLearnedNormalBeginsAsTheStandardOne() {
        LearnedNormal prior = new LearnedNormal.Kind().prior(MODEL, initial);
        DiagonalNormal standard = DiagonalNormal.standard(3, Device.CPU);
        assertThat(prior.given(Pass.deterministic())
                        .klTo(standard)
                        .orElseThrow()
                        .item())
                .isZero();
        assertThat(prior.parameters()).hasSize(2);
    }

    @Test
    void theAutoregressiveFlowBeginsAsTheStandardOne() {
        Tensor z = initial.rng().normal(Shape.of(5, 3));
        assertThat(new AutoregressiveFlowPrior.Kind(2)
                        .prior(MODEL, initial)
                        .given(Pass.deterministic())
                        .logProb(z)
                        .toHost())
                .isEqualTo(DiagonalNormal.standard(3, Device.CPU).logProb(z).toHost());
    }
}
