package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.objective.DensityRatio;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.train.Composition;
import dev.elbo.train.Player;
import dev.elbo.train.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The FactorVAE: a critic measures the total correlation that the model is charged for. Kim and Mnih (2018). */
public record FactorVaeRecipe(
        Mlp networks,

        @About("schedule of the total correlation's weight, in epochs: 10, linear(0, 10, 5), …")
        Schedule gamma,

        @About("widths of the critic's hidden layers; 1000,1000,1000,1000,1000,1000 is the paper's")
        List<Integer> critic,

        @About("schedule of the critic's learning rate, in epochs")
        Schedule criticRate)
        implements Recipe {
    private static final double BETA1 = 0.5;
    private static final double BETA2 = 0.9;

    /**
     * Validates the widths.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public FactorVaeRecipe {
        critic = List.copyOf(critic);
        if (critic.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("widths of layers are positive; got critic " + critic);
        }
    }

    /** The defaults: γ = 10, the networks of {@code beta-vae}, and a critic smaller than the paper's. */
    public FactorVaeRecipe() {
        this(Mlp.standard(), Schedule.constant(10), List.of(256, 256, 256), Schedule.constant(1e-4));
    }

    @Override
    public String name() {
        return "factor-vae";
    }

    @Override
    public String summary() {
        return "FactorVAE: a critic measures total correlation, latents become independent (Kim & Mnih 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISENTANGLEMENT,
                "as beta-tcvae, where batches are too small to estimate q(z): a critic measures it",
                "E_q[−log p(x|z)] + KL(q(z|x) ‖ p(z)) + γ KL(q(z) ‖ Πⱼ q(zⱼ))",
                "Kim and Mnih (2018), Disentangling by Factorising, eq. 2; arXiv:1802.05983");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Vae model = networks.vae(data, List.of(), initial);
        Layer network = Mlp.network(Mlp.widths(networks.z().latents(), critic, 1), Activation.LEAKY_RELU, initial);
        Player player = new Player("critic", network, Rule.adam(criticRate, BETA1, BETA2));
        return Composition.of(model, new DensityRatio(gamma, network), player);
    }

    @Override
    public Map<String, String> suited(DataSpec data) {
        return Mlp.suited(networks, data);
    }

    @Override
    public Set<String> counts(DataSpec data) {
        return Networks.counts(networks.likelihood(), data);
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }
}
