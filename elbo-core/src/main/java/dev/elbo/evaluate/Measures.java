package dev.elbo.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.data.Examples;
import dev.elbo.model.LatentVariableModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All measures, in the order in which they are told. */
public final class Measures {
    private static final List<Measure> ALL = List.of(
            new CodeUse.Kind(),
            new ClassificationAccuracy.Kind(),
            new ClusteringAccuracy.Kind(),
            new SentenceEstimate.Kind(),
            new TotalCorrelationEstimate.Kind(),
            new Surprisal.Kind());

    private Measures() {}

    /** Each of them. */
    public static List<Measure> all() {
        return ALL;
    }

    /**
     * What can be measured of a model, by the names of the measures.
     *
     * @param asked the names of those that take long, and are measured all the same
     * @throws IllegalArgumentException if one of these cannot be measured of this model
     */
    public static Map<String, JsonNode> of(LatentVariableModel model, Examples examples, long seed, Set<String> asked) {
        Map<String, JsonNode> measured = new LinkedHashMap<>();
        ALL.stream()
                .filter(measure -> !measure.isOnDemand() || asked.contains(measure.name()))
                .forEach(measure ->
                        measure.of(model, examples, seed).ifPresent(figures -> measured.put(measure.name(), figures)));
        return measured;
    }

    /** What an evaluation found, of those measures that it has. */
    public static List<Measure.Finding> read(JsonNode evaluation) {
        return ALL.stream()
                .filter(measure -> evaluation.has(measure.name()))
                .flatMap(measure -> measure.read(evaluation.path(measure.name())).stream())
                .toList();
    }

    /** Whether the model of an evaluation has units that may be active. */
    public static boolean haveUnits(JsonNode evaluation) {
        return ALL.stream()
                .noneMatch(measure -> measure.isInPlaceOfUnits()
                        && !evaluation.path(measure.name()).isEmpty());
    }
}
