package dev.elbo.train;

import dev.elbo.model.LatentVariableModel;
import dev.elbo.objective.Objective;
import java.util.List;

/**
 * What is trained, and how it learns: what a recipe composes.
 *
 * @param stages one after the other; at least one
 */
public record Composition(LatentVariableModel model, List<Stage> stages) {
    /** Copies and validates. */
    public Composition {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a training has at least one stage");
        }
    }

    /** A model that learns from one objective. */
    public static Composition of(LatentVariableModel model, Objective objective, Player... opponents) {
        return new Composition(model, List.of(Stage.only(objective, List.of(opponents))));
    }
}
