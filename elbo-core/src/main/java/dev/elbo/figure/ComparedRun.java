package dev.elbo.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One of several runs.
 *
 * @param name that no other of them has
 * @param path of its directory
 */
record ComparedRun(String name, Path path, RunFiles files) {
    private static final String VALIDATION = "validation";
    private static final List<String> MEASURED =
            List.of("negElbo", "nll", "nllStandardError", "nllSamples", "rate", "distortion", "activeUnits");

    /** Its evaluation; of a run that has none yet, its last look at the validation set. */
    JsonNode measured() {
        if (files.evaluation().isObject()) {
            return files.evaluation();
        }
        ObjectNode last = JsonNodeFactory.instance.objectNode();
        if (!validation().isEmpty()) {
            validation().get(validation().size() - 1).terms().forEach(last::put);
        }
        return last;
    }

    /** The split on which that was measured. */
    String measuredOn() {
        if (files.evaluation().isObject()) {
            return files.evaluation().path("split").asText("test");
        }
        return validation().isEmpty() ? "nothing yet" : VALIDATION + ", so far";
    }

    List<Metrics.Point> validation() {
        return files.metrics().evaluated().getOrDefault(VALIDATION, List.of());
    }

    /** NaN before the first evaluation, and once training has ended. */
    double negElboBy(double epoch) {
        double value = Double.NaN;
        for (Metrics.Point point : validation()) {
            value = point.epoch() <= epoch ? point.term("negElbo") : value;
        }
        return epoch > epochs() ? Double.NaN : value;
    }

    double epochs() {
        return last(Metrics.Point::epoch);
    }

    double seconds() {
        return last(Metrics.Point::seconds);
    }

    private double last(ToDoubleFunction<Metrics.Point> of) {
        List<Metrics.Point> training = files.metrics().training();
        return training.isEmpty() ? Double.NaN : of.applyAsDouble(training.get(training.size() - 1));
    }

    /**
     * One term; of training, its running mean.
     *
     * @param epochs whether over epochs, not steps
     */
    Series series(String term, String where, boolean epochs) {
        List<Metrics.Point> points =
                where.equals(VALIDATION) ? validation() : files.metrics().training();
        ToDoubleFunction<Metrics.Point> x = epochs ? Metrics.Point::epoch : Metrics.Point::step;
        Series series = Series.of(
                points.stream().mapToDouble(x).toArray(),
                points.stream().mapToDouble(point -> point.term(term)).toArray());
        return where.equals(VALIDATION) || Curves.isSetting(term) ? series : Curves.smoothed(series);
    }

    ObjectNode toJson() {
        JsonNode config = files.config();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("path", path.toString());
        json.put("recipe", config.path("recipe").path("name").asText());
        json.put("data", config.path("data").path("name").asText());
        if (config.path("data").has("pixels")) {
            json.put("pixels", config.path("data").path("pixels").asText());
        }
        put(json, "epochs", epochs());
        put(json, "seconds", seconds());
        json.put("measuredOn", measuredOn());
        ObjectNode figures = json.putObject("figures");
        MEASURED.stream()
                .filter(measured()::has)
                .forEach(figure -> figures.set(figure, measured().path(figure)));
        for (Metrics.Point point : validation()) {
            ObjectNode at = json.withArray(VALIDATION).addObject().put("step", point.step());
            put(at, "epoch", point.epoch());
            point.terms().forEach((term, value) -> put(at, term, value));
        }
        return json;
    }

    /** JSON has no NaN: null. */
    private static void put(ObjectNode json, String name, double value) {
        json.put(name, Double.isFinite(value) ? Double.valueOf(value) : null);
    }
}
