package dev.elbo.train;

import dev.elbo.model.LatentVariableModel;
import dev.elbo.objective.Objective;
import java.util.List;
import java.util.Optional;

/**
 * What is trained, and how it learns: what a recipe composes.
 *
 * @param stages one after the other; at least one
 * @param mixing of examples that have a field with those that lack it; of none, examples are shuffled
 */
public record Composition(LatentVariableModel model, List<Stage> stages, Optional<Mixing> mixing) {
    /** Copies and validates. */
    public Composition {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a training has at least one stage");
        }
    }

    /** Of examples that are all of one kind. */
    public Composition(LatentVariableModel model, List<Stage> stages) {
        this(model, stages, Optional.empty());
    }

    /** The same with another mixture of examples. */
    public Composition mixed(Mixing other) {
        return new Composition(model, stages, Optional.of(other));
    }

    /** A model that learns from one objective. */
    public static Composition of(LatentVariableModel model, Objective objective, Player... opponents) {
        return new Composition(model, List.of(Stage.only(objective, List.of(opponents))));
    }
}
