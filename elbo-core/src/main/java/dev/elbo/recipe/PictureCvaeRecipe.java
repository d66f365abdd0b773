package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.objective.Elbo;
import dev.elbo.train.TrainingSettings;
import java.util.List;

/** {@link PictureVaeRecipe} given the label or attributes of a picture, so that these can be asked for. Sohn et al. (2015). */
public record PictureCvaeRecipe(Convolutions networks, Elbo objective) implements ImageRecipe {
    private static final int LATENTS = 64;

    /** The defaults. */
    public PictureCvaeRecipe() {
        this(PictureVaeRecipe.convolutions(LATENTS), Elbo.standard());
    }

    @Override
    public String name() {
        return "picture-cvae";
    }

    @Override
    public String summary() {
        return "picture-vae on demand: faces of an age, things of a kind";
    }

    @Override
    public TrainingSettings training() {
        return new PictureVaeRecipe().training();
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.CLASSES,
                "pictures in colour have labels or attributes, and samples of chosen ones are wanted",
                "E_q[−log N(x; μ(z, y), σ²)] + β KL(q(z|x, y) ‖ p(z|y)), σ² the mean squared error of the batch",
                "Sohn et al. (2015), Learning Structured Output Representation using Deep Conditional Generative Models, eq. 4;"
                        + " σ as in Rybkin et al. (2021), eq. 6; arXiv:2006.13202");
    }

    @Override
    public List<String> conditions(DataSpec data) {
        return CvaeRecipe.known(data);
    }
}
