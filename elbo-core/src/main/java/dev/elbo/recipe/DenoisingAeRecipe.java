package dev.elbo.recipe;

import dev.elbo.objective.Corruption;
import dev.elbo.objective.Denoising;

/** The denoising autoencoder: it reads noisy images, and is asked for clean ones. Vincent et al. (2008). */
public record DenoisingAeRecipe(Mlp networks, Denoising objective) implements ImageRecipe {
    /**
     * Makes sure that codes are points.
     *
     * @throws IllegalArgumentException if they are not
     */
    public DenoisingAeRecipe {
        networks.z().requirePoints("denoising-ae");
    }

    /** The defaults: a quarter of the pixels is masked. */
    public DenoisingAeRecipe() {
        this(Mlp.standard().with(LatentSpace.points(20)), new Denoising(Corruption.MASKING, 0.25));
    }

    @Override
    public String name() {
        return "denoising-ae";
    }

    @Override
    public String summary() {
        return "denoising autoencoder: reads images with noise, is asked for them without (Vincent et al. 2008)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.AUTOENCODER,
                "codes that do not depend on single pixels, or to clean images of the noise that it was trained on",
                "E[−log p(x|z)], z = encoder(x̃), x̃ = x with noise",
                "Vincent et al. (2008), Extracting and Composing Robust Features with Denoising Autoencoders, eq. 5; doi:10.1145/1390156.1390294");
    }
}
