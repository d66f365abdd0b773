package dev.elbo.studio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What somebody chooses of what a model is given: classes by field, and rows of numbers by field, in standard deviations from the mean of
 * what was learned from.
 */
record Given(Map<String, String> classes, Map<String, float[]> numbers) {
    private static final int MOST_COLUMNS = 4096;

    /** Nothing: the first class of each field, and the mean of each number. */
    static final Given NOTHING = new Given(Map.of(), Map.of());

    /** What a request says in {@code classes} and {@code numbers}. */
    static Given of(Asked asked) {
        Map<String, float[]> numbers = new LinkedHashMap<>();
        JsonNode all = asked.json().path("numbers");
        Asked rows = new Asked(all);
        all.properties()
                .forEach(field -> numbers.put(
                        field.getKey(),
                        rows.numbers(field.getKey(), field.getValue().size(), MOST_COLUMNS)));
        return new Given(asked.map("classes"), numbers);
    }
}
