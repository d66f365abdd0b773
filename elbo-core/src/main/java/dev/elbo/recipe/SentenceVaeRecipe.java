package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.option.Options;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;
import java.util.Map;

/** A VAE of sentences: a sentence in, one vector between, the sentence out. Bowman et al. (2016). */
public record SentenceVaeRecipe(SentenceNetworks networks, Elbo objective) implements Recipe {
    /**
     * Nats that each of 32 dimensions may carry at no cost: without them the decoder learns to do without z, and the rate falls
     * to 0.
     */
    private static final double FREE_BITS = 0.25;

    /** The defaults. */
    public SentenceVaeRecipe() {
        this(SentenceNetworks.standard(), new Elbo(Schedule.constant(1), FREE_BITS));
    }

    @Override
    public String name() {
        return "sentence-vae";
    }

    @Override
    public String summary() {
        return "VAE of sentences with recurrent networks (Bowman et al. 2016)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.TEXT,
                "sentences as points in a space: to sample, to interpolate, to compare",
                "E_q[−Σₜ log p(wₜ|w₁ … wₜ₋₁, z)] + β KL(q(z|w) ‖ p(z))",
                "Bowman et al. (2016), Generating Sentences from a Continuous Space, section 3; arXiv:1511.06349");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        return Composition.of(networks.vae(data, initial), objective);
    }

    @Override
    public TrainingSettings training() {
        return Options.of(TrainingSettings.standard())
                .with(Map.of("epochs", "5", "batch", "64", "learningRate", "cosine(0.002, 0.0002)", "clip", "5"));
    }
}
