package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Mixture;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class MixtureVaeTest {
    private static final int EXAMPLES = 4;
    private static final int CLUSTERS = 3;

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final DataSource data = Stripes.of(1, 9, 7, EXAMPLES);
    private final MixtureVae model = model(CLUSTERS);
    private final Batch batch =
            new Examples(data.train(), data.spec(), Pixels.PROBABILITIES, 1, Device.CPU).range(0, EXAMPLES, rng);

    private MixtureVae model(int clusters) {
        String count = String.valueOf(clusters);
        return (MixtureVae)
                Recipes.with(Recipes.named("gm-vae"), Map.of("hidden", "16", "latents", "2", "clusters", count))
                        .compose(data.spec(), new Initializer(rng, Device.CPU))
                        .model();
    }

    private DiagonalNormal posterior(MixtureVae of) {
        return (DiagonalNormal) of.posterior().given(Pass.deterministic(), batch.get("image"));
    }

    private Draw draw(int samples) {
        return model.draw(batch, samples, Pass.evaluation(rng));
    }

    @Test
    void theRateOfZIsThatOfEachClusterByItsShare() {
        int samples = 20_000;
        Draw draw = draw(1);
        Tensor shares = ((Categorical) draw.latents().get(0).posterior()).probabilities(); // [1, B, C]
        double[] kl = draw.latents().get(1).kl().squeeze(0).toHost().toDoubles();
        DiagonalNormal q = posterior(model);
        Tensor z = q.sample(samples, rng);
        for (int i = 0; i < EXAMPLES; i++) {
            double expected = 0;
            double variance = 0;
            for (int c = 0; c < CLUSTERS; c++) {
                DiagonalNormal p = new DiagonalNormal(
                        model.prior().loc().get(0, c), model.prior().logVar().get(0, c), 1);
                Tensor ratio = q.logProb(z).minus(p.logProb(z)).get(1, i); // [K]
                double share = shares.get(0, 0).get(0, i).get(0, c).item();
                expected += share * ratio.mean().item();
                variance += share * ratio.variance(0).item() / samples;
            }
            assertThat(kl[i]).isEqualTo(expected, within(5 * Math.sqrt(variance))); // five standard errors, or more
        }
    }

    @Test
    void ofASampleTheClusterCancelsOut() {
        Draw draw = draw(5);
        Tensor z = draw.latents().get(1).value();
        Mixture prior = new Mixture(
                model.prior().logits(),
                new DiagonalNormal(model.prior().loc(), model.prior().logVar(), 1),
                1);
        Tensor expected = draw.logLikelihood()
                .plus(prior.logProb(z))
                .minus(posterior(model).logProb(z));
        // sums of some tens of nats in FLOAT32
        assertThat(draw.logWeights().reshape(-1).toHost().toDoubles())
                .containsExactly(expected.reshape(-1).toHost().toDoubles(), within(1e-4));
    }

    @Test
    void withOneClusterItIsThePlainAutoencoderWithThatNormalAsPrior() {
        MixtureVae one = model(1);
        Draw draw = one.draw(batch, 1, Pass.evaluation(rng));
        DiagonalNormal prior = one.prior().of(Tensor.of(new long[] {0}, 1));
        assertThat(draw.latents().get(0).kl().toFloats()).containsOnly(0);
        assertThat(draw.latents().get(1).kl().squeeze(0).toHost().toDoubles())
                .containsExactly(
                        posterior(one).klTo(prior).orElseThrow().toHost().toDoubles(), within(1e-5)); // FLOAT32
    }

    @Test
    void aClusterThatIsAskedForIsTheOneThatIsSampled() {
        Batch asked = new Batch(Map.of("cluster", Tensor.of(new long[] {2, 0, 2}, 3)));
        Map<String, Tensor> latents = model.latents(3, asked, 0, Pass.evaluation(rng));
        assertThat(Objects.requireNonNull(latents.get("cluster")).toHost().toLongs())
                .containsExactly(2, 0, 2);
        double[] means = model.prior().loc().toHost().toDoubles();
        assertThat(Objects.requireNonNull(latents.get("z")).toHost().toDoubles())
                .containsExactly(means[4], means[5], means[0], means[1], means[4], means[5]);
        // and decoded, where only the cluster is given
        double[] alone = image(Map.of(), asked);
        assertThat(alone).containsExactly(image(latents, new Batch(Map.of())));
    }

    private double[] image(Map<String, Tensor> latents, Batch conditions) {
        return Objects.requireNonNull(
                        model.decode(latents, conditions, Pass.deterministic()).get("image"))
                .centre()
                .toHost()
                .toDoubles();
    }

    @Test
    void theClusterOfAnExampleIsTheLikeliestOfItsCode() {
        Map<String, Tensor> codes = model.encode(batch, Pass.deterministic());
        Tensor z = Objects.requireNonNull(codes.get("z"));
        assertThat(z.toFloats()).containsExactly(posterior(model).loc().toFloats());
        assertThat(Objects.requireNonNull(codes.get("cluster")).toHost().toLongs())
                .containsExactly(model.prior().cluster(z).centre().toHost().toLongs());
    }

    @Test
    void anotherPriorOrPosteriorBesideTheMixtureIsRefused() {
        assertThatThrownBy(() -> Recipes.with(Recipes.named("gm-vae"), Map.of("prior", "flow(2)")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the prior of gm-vae is its mixture, whose divergences need a normal posterior; leave out"
                        + " prior=flow(2) and posterior=normal");
    }
}
