package dev.elbo.recipe;

import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.nn.Activation;
import dev.elbo.objective.Elbo;
import dev.elbo.option.Options;
import dev.elbo.train.TrainingSettings;
import java.util.List;
import java.util.Map;

/**
 * The networks of {@code conv-vae}, set for pictures in colour of 48 to 128 pixels: a further halving, more dimensions, kernels that
 * leave no checkerboard, and the likeliest σ at every step, so that no epochs are spent until σ has come down.
 */
public record PictureVaeRecipe(Convolutions networks, Elbo objective) implements ImageRecipe {
    private static final int LATENTS = 128;

    /** The defaults. */
    public PictureVaeRecipe() {
        this(convolutions(LATENTS), Elbo.standard());
    }

    /** The networks, for z of so many dimensions. */
    static Convolutions convolutions(int latents) {
        return new Convolutions(
                List.of(32, 64, 128, 256),
                LatentSpace.normal(latents),
                Activation.SILU,
                PixelLikelihood.optimalNormal(),
                List.of(),
                false,
                0);
    }

    @Override
    public String name() {
        return "picture-vae";
    }

    @Override
    public String summary() {
        return "conv-vae for faces, scenes and other pictures in colour";
    }

    /** A rate that falls to nearly nothing, and an average of the weights: both make reconstructions sharper. */
    @Override
    public TrainingSettings training() {
        return Options.of(TrainingSettings.standard())
                .with(Map.of("epochs", "40", "learningRate", "cosine(0.001, 0.00005)", "ema", "0.99"));
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.VAE,
                "pictures in colour of 48 to 128 pixels: faces, things, places",
                "E_q[−log N(x; μ(z), σ²)] + β KL(q(z|x) ‖ p(z)), σ² the mean squared error of the batch, β = 1",
                "Kingma and Welling (2014), eq. 3; arXiv:1312.6114. σ as in Rybkin et al. (2021), eq. 6; arXiv:2006.13202");
    }
}
