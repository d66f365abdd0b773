package dev.elbo.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.data.Examples;
import dev.elbo.model.LatentVariableModel;
import java.util.List;
import java.util.Optional;

/**
 * What is measured of a trained model beside its bound: of one kind of model, or if it is asked for. A measure is a file, and a
 * line in {@link Measures}.
 *
 * <p>What it measures is JSON, as {@code evaluate --json} prints it and {@code evaluation.json} keeps it. People read it by way
 * of that, on the command line and in a report alike, also of a run that was evaluated long ago.
 */
public interface Measure {
    /** The field of an evaluation's JSON: {@code codes}. */
    String name();

    /** Whether it takes long, and is measured only if it is asked for. */
    default boolean isOnDemand() {
        return false;
    }

    /** Whether its models have no units, so that none could be active. */
    default boolean isInPlaceOfUnits() {
        return false;
    }

    /**
     * Measures it on all examples; empty if the model has nothing of the kind.
     *
     * @throws IllegalArgumentException if it was asked for, and cannot be measured of this model
     */
    Optional<JsonNode> of(LatentVariableModel model, Examples examples, long seed);

    /** What was measured as people read it. */
    List<Finding> read(JsonNode measured);

    /**
     * A line on the command line, and its numbers in a report.
     *
     * @param name what the line begins with, in lower case, and {@code text} what follows
     */
    record Finding(String name, String text, List<Card> cards) {
        /** Copies the list. */
        public Finding {
            cards = List.copyOf(cards);
        }
    }

    /**
     * One number in a report.
     *
     * @param spread what stands behind the value in small letters: {@code  of 64}
     */
    record Card(String name, String value, String spread, String unit) {}
}
