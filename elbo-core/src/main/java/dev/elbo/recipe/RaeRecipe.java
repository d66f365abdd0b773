package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Parameterised;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.SpectralNorm;
import dev.elbo.objective.RegularisedDecoder;
import dev.elbo.objective.RegularisedDecoder.Regulariser;
import dev.elbo.train.Composition;
import java.util.List;

/** The regularised autoencoder: a smooth decoder in the place of noisy codes. Ghosh et al. (2020). */
public record RaeRecipe(Mlp networks, RegularisedDecoder objective) implements ImageRecipe {
    /**
     * Makes sure that codes are points.
     *
     * @throws IllegalArgumentException if they are not
     */
    public RaeRecipe {
        networks.z().requirePoints("rae");
    }

    /** The defaults: β = 0.1, and 0.001 times the decoder's squared weights. */
    public RaeRecipe() {
        this(Mlp.standard().with(LatentSpace.points(20)), new RegularisedDecoder(0.1, 0.001, Regulariser.L2));
    }

    @Override
    public String name() {
        return "rae";
    }

    @Override
    public String summary() {
        return "regularised autoencoder: a smooth decoder in the place of noisy codes (Ghosh et al. 2020)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.AUTOENCODER,
                "samples from an autoencoder: codes that can be fitted, and a decoder that is good between them",
                "−log p(x|z) + β ½ ‖z‖² + λ R, R = ‖decoder‖² or ‖∂x̂/∂z‖², or σ(layers) = 1",
                "Ghosh et al. (2020), From Variational to Deterministic Autoencoders, eq. 9 to 12; arXiv:1903.12436");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Vae model = networks.vae(data, List.of(), initial);
        boolean isBounded = objective.regulariser() == Regulariser.SPECTRAL_NORM;
        return Composition.of(isBounded ? bounded(model, initial) : model, objective);
    }

    private static Vae bounded(Vae model, Initializer initial) {
        Parameterised<?> p = (Parameterised<?>) model.likelihood();
        return model.withLikelihood(bounded(p, initial));
    }

    @SuppressWarnings("unchecked") // a likelihood is of distributions
    private static Conditional<? extends Distribution> bounded(Parameterised<?> p, Initializer initial) {
        return (Conditional<? extends Distribution>)
                new Parameterised<>(p.stems(), SpectralNorm.in(p.network(), initial), p.head());
    }
}
