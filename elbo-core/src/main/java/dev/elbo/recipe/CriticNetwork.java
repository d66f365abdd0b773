package dev.elbo.recipe;

import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.train.Player;
import dev.elbo.train.Rule;
import java.util.List;

/** A critic of codes: fully connected, with a rule of its own. */
record CriticNetwork(
        @About("widths of the critic's hidden layers; 1000,1000,1000,1000,1000,1000 is that of Kim and Mnih (2018)")
        List<Integer> critic,

        @About("schedule of the critic's learning rate, in epochs")
        Schedule criticRate) {
    private static final double BETA1 = 0.5;
    private static final double BETA2 = 0.9;

    CriticNetwork {
        critic = List.copyOf(critic);
        if (critic.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("widths of layers are positive; got critic " + critic);
        }
    }

    /** Three layers of 256. */
    static CriticNetwork standard() {
        return new CriticNetwork(List.of(256, 256, 256), Schedule.constant(1e-4));
    }

    /** From codes to a logit, [..., dims] → [..., 1]. */
    Layer network(int dims, Initializer initial) {
        return Mlp.network(Mlp.widths(dims, critic, 1), Activation.LEAKY_RELU, initial);
    }

    /** The network as it learns beside a model. */
    Player player(Layer network) {
        return new Player("critic", network, Rule.adam(criticRate, BETA1, BETA2));
    }
}
