package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.nn.Codebook;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.ResidualCodebooks;
import dev.elbo.objective.Quantised;
import dev.elbo.option.About;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;
import java.util.List;
import java.util.stream.IntStream;

/** A VQ-VAE whose vectors are sums of codes. Zeghidour et al. (2022); Lee et al. (2022). */
public record RvqVaeRecipe(
        CodeConvolutions networks,
        CodebookSize codebook,

        @About("codebooks one after another, each of what those before it left over")
        int depth,

        Quantised objective,

        @About("epochs in which the prior over codes is trained, after those of the autoencoder")
        double priorEpochs)
        implements Recipe {

    /**
     * Validates the depth.
     *
     * @throws IllegalArgumentException if it is less than 2
     */
    public RvqVaeRecipe {
        if (depth < 2) {
            throw new IllegalArgumentException(
                    "residual codebooks are two or more; got depth " + depth + ". Of one codebook, train vq-vae");
        }
    }

    /** The defaults. */
    public RvqVaeRecipe() {
        this(CodeConvolutions.standard(), new CodebookSize(32, 16, 0.99), 2, new Quantised(0.25), 12);
    }

    @Override
    public String name() {
        return "rvq-vae";
    }

    @Override
    public String summary() {
        return "residual quantisation: each codebook says what those before it left over (Zeghidour et al. 2022)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISCRETE,
                "as vq-vae, where one codebook would have to be huge: fine detail from several small ones",
                "x ≈ e¹ + e² + … + e^R, then −log p(codes)",
                "Zeghidour et al. (2022), SoundStream, algorithm 1; arXiv:2107.03312. Lee et al. (2022); arXiv:2203.01941");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        List<Codebook> books =
                IntStream.range(0, depth).mapToObj(i -> codebook.of(initial)).toList();
        return VqVaeRecipe.inTwoStages(
                networks.model(data, new ResidualCodebooks(books), initial), objective, priorEpochs);
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
