package dev.elbo.train;

import dev.elbo.nn.Module;

/**
 * A network that learns beside the model by a rule of its own, such as a critic. The objective sees to it that its loss
 * reaches no one else's parameters: it detaches what a critic judges, and asks a frozen copy of the critic for what the
 * model learns from. One backward pass then serves all.
 *
 * @param name before the names of its tensors in a checkpoint, as in {@code critic}
 */
public record Player(String name, Module module, Rule rule) {
    /**
     * Validates the name.
     *
     * @throws IllegalArgumentException if it is empty or has other characters than small letters
     */
    public Player {
        if (!name.matches("[a-z]+")) {
            throw new IllegalArgumentException("a player's name has small letters only; got '" + name + "'");
        }
    }
}
