package dev.elbo.figure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@link Metrics} line by line; a line that makes no sense is counted and left out. */
final class MetricsReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Metrics.Point> training = new ArrayList<>();
    private final Map<String, List<Metrics.Point>> evaluated = new LinkedHashMap<>();
    private int unreadable;

    private MetricsReader() {}

    static Metrics read(Path file) throws IOException {
        MetricsReader reader = new MetricsReader();
        // Not Files.lines: a letter cut in the middle must not end the reading.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.add(parse(line));
            }
        }
        return new Metrics(reader.training, reader.evaluated, reader.unreadable);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private void add(JsonNode event) {
        String kind = event.path("event").asText();
        boolean measures = kind.equals("step") || kind.equals("evaluated");
        if (!event.isObject() || (measures && !event.path("step").isIntegralNumber())) {
            unreadable++;
        } else if (kind.equals("step")) {
            addTraining(point(event));
        } else if (kind.equals("evaluated")) {
            addEvaluated(event.path("split").asText("validation"), point(event));
        }
    }

    private void addTraining(Metrics.Point point) {
        forget(training, point.step());
        evaluated.values().forEach(points -> forget(points, point.step() + 1));
        evaluated.values().removeIf(List::isEmpty);
        training.add(point);
    }

    private void addEvaluated(String split, Metrics.Point point) {
        List<Metrics.Point> points = evaluated.computeIfAbsent(split, name -> new ArrayList<>());
        forget(points, point.step());
        points.add(point);
    }

    /** Drops the points from {@code step} on: the run went back, and measures them again. */
    private static void forget(List<Metrics.Point> points, long step) {
        while (!points.isEmpty() && points.get(points.size() - 1).step() >= step) {
            points.remove(points.size() - 1);
        }
    }

    private static Metrics.Point point(JsonNode event) {
        Map<String, Double> terms = new LinkedHashMap<>();
        event.path("terms").properties().forEach(term -> terms.put(term.getKey(), number(term.getValue())));
        Metrics.BESIDE_THE_LOSS.stream().filter(event::has).forEach(name -> terms.put(name, number(event.path(name))));
        return new Metrics.Point(
                event.path("step").asLong(), number(event.path("epoch")), number(event.path("seconds")), terms);
    }

    private static double number(JsonNode value) {
        return value.isNumber() ? value.asDouble() : Double.NaN;
    }
}
