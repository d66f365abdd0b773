package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.objective.AdversarialCodes;
import dev.elbo.option.About;
import dev.elbo.train.Composition;
import java.util.List;

/** The adversarial autoencoder: a critic brings codes to the prior. Makhzani et al. (2016). */
public record AaeRecipe(
        Mlp networks,

        @About("weight of what the critic holds of codes, in nats")
        double weight,

        CriticNetwork critic) implements NetworkedRecipe {
    /** As few as in the paper. */
    private static final int LATENTS = 8;

    /**
     * Makes sure that the prior stays.
     *
     * @throws IllegalArgumentException if it does not
     */
    public AaeRecipe {
        networks.z().requireFixedPrior("aae");
    }

    /** The defaults: codes that are points, of 8 dimensions. */
    public AaeRecipe() {
        this(Mlp.standard().with(LatentSpace.matched(LATENTS)), 10, CriticNetwork.standard());
    }

    @Override
    public String name() {
        return "aae";
    }

    @Override
    public String summary() {
        return "adversarial autoencoder: a critic brings codes to the prior (Makhzani et al. 2016)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.CRITIC,
                "as wae, for priors that can be sampled only, or codes of many dimensions",
                "E[−log p(x|z)] + λ E[−log D(z)], z = encoder(x), D a critic of codes and prior",
                "Makhzani et al. (2016), Adversarial Autoencoders, section 2; arXiv:1511.05644");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Vae model = networks.vae(data, List.of(), initial);
        Layer network = critic.network(networks.z().latents(), initial);
        return Composition.of(model, new AdversarialCodes(weight, network), critic.player(network));
    }
}
