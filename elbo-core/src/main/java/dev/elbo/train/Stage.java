package dev.elbo.train;

import dev.elbo.model.LatentVariableModel;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A part of a training: what learns, from which objective, for how long. The learning rate and all schedules begin anew in
 * every stage.
 *
 * @param name as in {@code prior}
 * @param moves beginnings of the names of the model's parameters that learn, such as {@code prior.}; all of them if empty
 * @param opponents who learn beside the model
 * @param epochs its length; {@link Schedule#WHOLE} for as many as the training's settings say
 * @param beginning what gives the model values when the stage begins
 */
public record Stage(
        String name,
        Objective objective,
        List<String> moves,
        List<Player> opponents,
        double epochs,
        Optional<Beginning> beginning) {
    /** Copies the lists. */
    public Stage {
        moves = List.copyOf(moves);
        opponents = List.copyOf(opponents);
        if (!(epochs > 0)) {
            throw new IllegalArgumentException("stage '" + name + "' has a positive length in epochs; got " + epochs);
        }
    }

    /** A stage that begins with what was learned before it as it is. */
    public Stage(String name, Objective objective, List<String> moves, List<Player> opponents, double epochs) {
        this(name, objective, moves, opponents, epochs, Optional.empty());
    }

    /** The only stage of a training. */
    public static Stage only(Objective objective, List<Player> opponents) {
        return new Stage("training", objective, List.of(), opponents, Schedule.WHOLE);
    }

    /** Whether nothing but a prior learns, so that codes and reconstructions stay. */
    boolean isOfPrior() {
        return !moves.isEmpty() && moves.stream().allMatch(name -> name.startsWith("prior"));
    }

    /** Whether parameters of the posterior learn, and others beside them. */
    boolean movesBoth(LatentVariableModel model) {
        return model.parameters().keySet().stream()
                        .filter(isMoved())
                        .map(model::isOfPosterior)
                        .distinct()
                        .count()
                == 2;
    }

    /** Whether a parameter of the model learns. */
    Predicate<String> isMoved() {
        return name -> moves.isEmpty() || moves.stream().anyMatch(name::startsWith);
    }
}
