package dev.elbo.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.posterior.NormalHead;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.InAScope;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class MixturePriorTest {
    private static final PriorKind.Beside MODEL = new PriorKind.Beside(
            3,
            new NormalHead.Kind(),
            (pass, parents) -> DiagonalNormal.standard(3, Device.CPU),
            "x",
            Shape.of(3),
            List.of());

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

    /** Two heaps of codes: the mixture begins as the likeliest of two components, one on each. */
    @Test
    void componentsBeginOnHeapsOfCodes() {
        Tensor heap = initial.rng().normal(Shape.of(50, 3)).times(0.1);
        MixturePrior prior = prior(2);
        prior.begin(Tensor.cat(0, heap.plus(5), heap.minus(5)), initial.rng());
        double[] means = prior.loc().detach().mean(-1).toHost().toDoubles();
        Arrays.sort(means);
        assertThat(means).containsExactly(new double[] {-5, 5}, within(0.1)); // of 150 numbers of deviation 0.1
    }

    @Test
    void fewerCodesThanComponentsAreRefused() {
        Tensor codes = initial.rng().normal(Shape.of(4, 3));
        assertThatThrownBy(() -> prior(10).begin(codes, initial.rng()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a mixture of 10 components is fitted to as many points or more; got 4");
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
