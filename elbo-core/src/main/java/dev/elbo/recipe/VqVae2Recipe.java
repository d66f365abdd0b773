package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Quantised;
import dev.elbo.option.About;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;
import java.util.List;

/** Codes of two maps, one of half the sizes of the other, with a prior at each. Razavi et al. (2019). */
public record VqVae2Recipe(
        CodeConvolutions networks,
        CodebookSize codebook,

        Quantised objective,

        @About("epochs in which the prior over codes is trained, after those of the autoencoder")
        double priorEpochs)
        implements Recipe {

    /** The defaults. */
    public VqVae2Recipe() {
        this(CodeConvolutions.standard(), new CodebookSize(64, 16, 0.99), new Quantised(0.25), 12);
    }

    @Override
    public String name() {
        return "vq-vae-2";
    }

    @Override
    public String summary() {
        return "VQ-VAE-2: a small map of codes for the whole, a large one for detail (Razavi et al. 2019)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISCRETE,
                "as vq-vae, for larger images: what is where, apart from how it looks",
                "E[−log p(x|top, bottom)] + commitments, then −log p(top) − log p(bottom|top)",
                "Razavi et al. (2019), Generating Diverse High-Fidelity Images with VQ-VAE-2, section 3; arXiv:1906.00446");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        return VqVaeRecipe.inTwoStages(
                networks.twoLevels(data, codebook.of(initial), codebook.of(initial), initial), objective, priorEpochs);
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
