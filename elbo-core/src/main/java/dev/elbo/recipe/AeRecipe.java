package dev.elbo.recipe;

import dev.elbo.objective.Distortion;
import dev.elbo.objective.Objective;

/** The autoencoder: codes without a distribution. Hinton and Salakhutdinov (2006). */
public record AeRecipe(Mlp networks) implements ImageRecipe {
    /**
     * Makes sure that codes are points.
     *
     * @throws IllegalArgumentException if they are not
     */
    public AeRecipe {
        networks.z().requirePoints("ae");
    }

    /** The defaults: 20 dimensions. */
    public AeRecipe() {
        this(Mlp.standard().with(LatentSpace.points(20)));
    }

    @Override
    public String name() {
        return "ae";
    }

    @Override
    public String summary() {
        return "autoencoder: an image as a code, without a distribution (Hinton & Salakhutdinov 2006)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.AUTOENCODER,
                "to compress, or to compare: the best reconstructions, and no use for samples",
                "−log p(x|z), z = encoder(x)",
                "Hinton and Salakhutdinov (2006), Reducing the Dimensionality of Data with Neural Networks; doi:10.1126/science.1127647");
    }

    @Override
    public Objective objective() {
        return new Distortion();
    }
}
