package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.objective.DensityRatio;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.train.Composition;
import java.util.List;

/** The FactorVAE: a critic measures the total correlation that the model is charged for. Kim and Mnih (2018). */
public record FactorVaeRecipe(
        Mlp networks,

        @About("schedule of the total correlation's weight, in epochs: 10, linear(0, 10, 5), …")
        Schedule gamma,

        CriticNetwork critic)
        implements NetworkedRecipe {

    /**
     * Makes sure that dimensions can be independent.
     *
     * @throws IllegalArgumentException if they cannot
     */
    public FactorVaeRecipe {
        networks.z().requireFreeNumbers("factor-vae");
    }

    /** The defaults: γ = 10, the networks of {@code beta-vae}, and a critic smaller than the paper's. */
    public FactorVaeRecipe() {
        this(Mlp.standard(), Schedule.constant(10), CriticNetwork.standard());
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
        Layer network = critic.network(networks.z().latents(), initial);
        return Composition.of(model, new DensityRatio(gamma, network), critic.player(network));
    }
}
