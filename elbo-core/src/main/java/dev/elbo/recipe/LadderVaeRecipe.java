package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.train.Composition;
import java.util.List;

/** The ladder VAE: latents at several levels, whose posteriors correct the prior of the level above. Sønderby et al. (2016). */
public record LadderVaeRecipe(Ladder networks, Elbo objective) implements Recipe {
    /** Epochs until the rate weighs in full: without a warm-up, upper levels go silent before they have learned to speak. */
    private static final double WARM_UP = 10;

    /** The defaults: two levels. */
    public LadderVaeRecipe() {
        this(Ladder.standard(), new Elbo(new Schedule.Linear(0, 1, WARM_UP), 0));
    }

    @Override
    public String name() {
        return "ladder-vae";
    }

    @Override
    public String summary() {
        return "ladder VAE: latents above each other, inferred from the top down (Sønderby et al. 2016)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.HIERARCHY,
                "several levels of abstraction, from fully connected networks",
                "E_q[−log p(x|z₁)] + Σₗ β KL(q(zₗ|zₗ₊₁, x) ‖ p(zₗ|zₗ₊₁))",
                "Sønderby et al. (2016), Ladder Variational Autoencoders, eq. 12 to 17; arXiv:1602.02282");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        return Composition.of(networks.model(data, initial), objective);
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }
}
