package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Constrained;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.tensor.optim.Adam;
import dev.elbo.train.Composition;
import dev.elbo.train.OptimizerKind;
import dev.elbo.train.Player;
import dev.elbo.train.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A VAE that is told how exact its reconstructions shall be, and finds the weight of the rate itself. Rezende and Viola (2018). */
public record GecoVaeRecipe(
        Mlp networks,

        @About("nats of distortion, −log p(x|z), that are allowed")
        double tolerance,

        @About("schedule of how fast the multiplier grows, in epochs")
        Schedule multiplierRate)
        implements Recipe {
    /** The defaults: 80 nats, which MNIST reaches. */
    public GecoVaeRecipe() {
        this(Mlp.standard(), 80, Schedule.constant(0.01));
    }

    @Override
    public String name() {
        return "geco-vae";
    }

    @Override
    public String summary() {
        return "GECO: the least rate at which images are as exact as is asked for (Rezende & Viola 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.CONTROL,
                "how exact reconstructions shall be is known, and β is not",
                "min KL(q(z|x) ‖ p(z)) subject to E_q[−log p(x|z)] ≤ κ",
                "Rezende and Viola (2018), Taming VAEs, eq. 4 and algorithm 1; arXiv:1810.00597");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Constrained.Multiplier multiplier = Constrained.Multiplier.of(initial);
        Rule ascent = new Rule(OptimizerKind.SGD, multiplierRate, 0, 0, Adam.EPSILON, 0, 0);
        return Composition.of(
                networks.vae(data, List.of(), initial),
                new Constrained(tolerance, multiplier),
                new Player("multiplier", multiplier, ascent));
    }

    @Override
    public Map<String, String> suited(DataSpec data, long examples, Map<String, String> given) {
        return Mlp.suited(networks, data);
    }

    @Override
    public Set<String> counts(DataSpec data) {
        return Networks.counts(networks.likelihood(), data);
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }
}
