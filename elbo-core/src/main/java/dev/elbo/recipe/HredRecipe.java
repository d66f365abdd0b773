package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.model.LanguageModel;
import dev.elbo.model.Signature;
import dev.elbo.model.WrittenFrom;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Distortion;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;
import java.util.List;

/** Answers in a dialogue without a latent variable: what dialogue-cvae is compared with. Serban et al. (2016). */
public record HredRecipe(AnswerNetworks networks) implements Recipe {

    /** The defaults. */
    public HredRecipe() {
        this(AnswerNetworks.standard());
    }

    @Override
    public String name() {
        return "hred";
    }

    @Override
    public String summary() {
        return "hierarchical encoder and decoder of answers, without latents (Serban et al. 2016)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.TEXT,
                "what a VAE of dialogue must not lose to: the same networks, and no latent variable",
                "−Σₜ log p(wₜ|w₁ … wₜ₋₁, c), c = the turns before",
                "Serban et al. (2016), Building End-To-End Dialogue Systems Using Generative Hierarchical Neural Network Models,"
                        + " section 3.1; arXiv:1507.04808");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        WrittenFrom from = networks.from(data, initial);
        Signature signature = new Signature(List.of(SentenceNetworks.TEXT), networks.conditions(), List.of());
        return Composition.of(
                new LanguageModel(from, networks.likelihood(data, from, 1, initial), signature, initial.device()),
                new Distortion());
    }

    @Override
    public TrainingSettings training() {
        return new DialogueCvaeRecipe().training();
    }
}
