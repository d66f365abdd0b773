package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.likelihood.BagOfWords;
import dev.elbo.likelihood.SentenceLikelihood;
import dev.elbo.model.WrittenFrom;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.option.Options;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;
import java.util.Map;

/** Answers in a dialogue that could be several: a conditional VAE of the next turn. Zhao et al. (2017), without knowledge. */
public record DialogueCvaeRecipe(
        AnswerNetworks networks,

        @About("dimensions of z") int latents,

        @About("whether z must foretell the words of an answer in whatever order, beside writing them")
        boolean bagOfWords,

        Elbo objective)
        implements Recipe {
    /** Nats that each of 32 dimensions may carry at no cost: the bag of words alone keeps few of them active. */
    private static final double FREE_BITS = 0.25;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if there is no latent dimension
     */
    public DialogueCvaeRecipe {
        if (latents < 1) {
            throw new IllegalArgumentException("z has one dimension or more; got latents " + latents);
        }
    }

    /** The defaults. */
    public DialogueCvaeRecipe() {
        this(AnswerNetworks.standard(), 32, true, new Elbo(Schedule.parse("linear(0, 1, 5)"), FREE_BITS));
    }

    @Override
    public String name() {
        return "dialogue-cvae";
    }

    @Override
    public String summary() {
        return "conditional VAE of answers, given the turns before (Zhao et al. 2017)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.TEXT,
                "several different answers to what was said, or one text written from another",
                "E_q[−log p(x|z, c) − Σ_w log p(w|z, c)] + β KL(q(z|x, c) ‖ p(z|c)), c = the turns before",
                "Zhao, Zhao and Eskenazi (2017), Learning Discourse-level Diversity for Neural Dialog Models, sections 3.1 and 3.3;"
                        + " arXiv:1703.10960");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Field.Tokens tokens = SentenceNetworks.tokens(data);
        WrittenFrom from = networks.from(data, initial);
        SentenceLikelihood sentences = networks.likelihood(data, from, latents, initial);
        Conditional<Distribution> likelihood = bagOfWords
                ? new BagOfWords(sentences, networks.networks().bag(tokens, from, latents, initial))
                : sentences;
        return Composition.of(
                networks.networks().vae(data, from, networks.conditions(), latents, likelihood, initial), objective);
    }

    @Override
    public TrainingSettings training() {
        return Options.of(new SentenceVaeRecipe().training()).with(Map.of("epochs", "12"));
    }
}
