package dev.elbo.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Parameterised;
import dev.elbo.nn.Copy;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.posterior.NormalHead;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class VampPriorTest {
    private static final Shape IMAGE = Shape.of(1, 2, 3);

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);
    private final Conditional<DiagonalNormal> posterior = new Parameterised<>(
            List.of(), Sequential.of(Reshape.flatten(IMAGE), Linear.of(6, 4, initial)), new NormalHead());

    /** A prior beside its posterior. */
    private record Pair(VampPrior prior, Conditional<DiagonalNormal> posterior) implements Module {}

    private VampPrior prior(int count) {
        return VampPrior.of(count, "image", IMAGE, posterior, initial);
    }

    @Test
    void ofOnePseudoInputItIsThatPosterior() {
        VampPrior prior = prior(1);
        Tensor z = rng.normal(Shape.of(5, 7, 2));
        Tensor u = prior.pseudoInputs().clamp(0, 1).reshape(IMAGE.prepend(1));
        Tensor expected = posterior.given(Pass.deterministic(), u).logProb(z);
        Tensor density = prior.given(Pass.deterministic()).logProb(z);
        assertThat(density.shape()).isEqualTo(Shape.of(5, 7));
        assertThat(density.minus(expected).abs().max().item()).isLessThan(1e-5); // FLOAT32 of some 10 nats
    }

    @Test
    void itIsTheMeanOfThePosteriorsOfItsPseudoInputs() {
        VampPrior prior = prior(3);
        Tensor z = rng.normal(Shape.of(7, 2));
        Tensor u = prior.pseudoInputs().clamp(0, 1).reshape(IMAGE.prepend(3));
        Tensor each = posterior.given(Pass.deterministic(), u).logProb(z.unsqueeze(1)); // [7, 3]
        Tensor expected = each.exp().mean(1).log();
        assertThat(prior.given(Pass.deterministic())
                        .logProb(z)
                        .minus(expected)
                        .abs()
                        .max()
                        .item())
                .isLessThan(1e-5); // FLOAT32
    }

    @Test
    void itsStateIsItsPseudoInputsSinceThePosteriorIsTheModels() {
        VampPrior prior = prior(3);
        assertThat(prior.state()).containsOnlyKeys("pseudoInputs");
        assertThat(new Pair(prior, posterior).state().keySet())
                .containsExactly("prior.pseudoInputs", "posterior.network.1.weight", "posterior.network.1.bias");
    }

    @Test
    void ofACopyThePriorsPosteriorIsTheCopysToo() {
        Pair copy = Copy.of(new Pair(prior(3), posterior));
        assertThat(copy.prior().posterior().parameters())
                .isEqualTo(copy.posterior().parameters());
        assertThat(copy.posterior().parameters().values())
                .doesNotContainAnyElementsOf(posterior.parameters().values());
    }

    @Test
    void gradientsReachPseudoInputsAndThePosterior() {
        VampPrior prior = prior(3);
        prior.given(Pass.deterministic())
                .logProb(rng.normal(Shape.of(7, 2)))
                .mean()
                .backward();
        assertThat(prior.pseudoInputs().gradient().norm().item()).isPositive();
        posterior
                .parameters()
                .forEach((name, parameter) ->
                        assertThat(parameter.gradient().norm().item()).as(name).isPositive());
    }

    @Test
    void pseudoInputsBeginAsExamplesSpreadOverTheData() {
        float[] values = new float[4 * 6];
        for (int i = 0; i < values.length; i++) {
            int picture = i / 6;
            values[i] = picture / 3f; // four pictures, from black to white
        }
        Tensor examples = Tensor.of(HostArray.of(values, 4, 1, 2, 3), Device.CPU);
        Initializer from = new Initializer(rng, Device.CPU, field -> Optional.of(examples));
        double[] two = VampPrior.of(2, "image", IMAGE, posterior, from)
                .pseudoInputs()
                .mean(1)
                .toHost()
                .toDoubles();
        // noise of 0.05 over six pixels: 5 standard errors; black is brought to 0.1, and two thirds to 0.63
        assertThat(two).containsExactly(new double[] {0.1, 0.1 + 0.8 * 2 / 3}, within(0.1));
        assertThat(VampPrior.of(9, "image", IMAGE, posterior, from)
                        .pseudoInputs()
                        .shape())
                .isEqualTo(Shape.of(9, 6));
    }

    @Test
    void withoutDataTheyBeginGrey() {
        Tensor pseudoInputs = prior(50).pseudoInputs();
        assertThat(pseudoInputs.mean().item()).isEqualTo(0.5, within(0.02)); // 5 standard errors of 300
        assertThat(pseudoInputs.requiresGradient()).isTrue();
    }
}
