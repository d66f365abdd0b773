package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.nn.FiniteScalars;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Quantised;
import dev.elbo.option.About;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;
import java.util.List;

/** A VQ-VAE without a codebook: each dimension is rounded to one of a few levels. Mentzer et al. (2024). */
public record FsqVaeRecipe(
        CodeConvolutions networks,

        @About("levels of each dimension; their product is how many codes there are")
        List<Integer> levels,

        Quantised objective,

        @About("epochs in which the prior over codes is trained, after those of the autoencoder")
        double priorEpochs)
        implements Recipe {

    /** Copies the list. */
    public FsqVaeRecipe {
        levels = List.copyOf(levels);
    }

    /** The defaults. */
    public FsqVaeRecipe() {
        this(CodeConvolutions.standard(), List.of(5, 5, 3), new Quantised(0.25), 12);
    }

    @Override
    public String name() {
        return "fsq-vae";
    }

    @Override
    public String summary() {
        return "finite scalar quantisation: dimensions are rounded, and there is no codebook (Mentzer et al. 2024)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISCRETE,
                "as vq-vae, without a codebook that must be kept in use",
                "E[−log p(x|round(f(z)))], then −log p(codes)",
                "Mentzer et al. (2024), Finite Scalar Quantization, section 3.1; arXiv:2309.15505");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        return VqVaeRecipe.inTwoStages(
                networks.model(data, new FiniteScalars(levels), initial), objective, priorEpochs);
    }

    @Override
    public TrainingSettings training() {
        return VqVaeRecipe.autoencoders();
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }
}
