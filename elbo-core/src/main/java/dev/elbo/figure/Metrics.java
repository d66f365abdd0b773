package dev.elbo.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a run has measured so far, as its {@code metrics.jsonl} has it. A run that was resumed from an earlier step
 * measures some steps again; the later measurement counts.
 *
 * @param training measured on the batches of training, in the order of steps
 * @param evaluated measured on whole splits, by the split's name, in the order of steps
 * @param unreadable lines that were left out because they are no JSON object or have no step; the last line of a run
 *     that was killed may be one
 */
public record Metrics(List<Point> training, Map<String, List<Point>> evaluated, int unreadable) {
    /** What a line of training says of the optimizer: kept among its terms. */
    static final List<String> BESIDE_THE_LOSS = List.of("learningRate", "gradientNorm");

    /** Copies. */
    public Metrics {
        training = List.copyOf(training);
        Map<String, List<Point>> splits = new LinkedHashMap<>();
        evaluated.forEach((split, points) -> splits.put(split, List.copyOf(points)));
        evaluated = Collections.unmodifiableMap(splits);
    }

    /** What was measured at one step: named terms in nats, learning rate and gradient norm, and when. */
    public record Point(long step, double epoch, double seconds, Map<String, Double> terms) {

        /** The term's value; NaN if it was not measured. */
        public double term(String name) {
            return terms.getOrDefault(name, Double.NaN);
        }
    }

    /** Nothing measured yet. */
    public static Metrics none() {
        return new Metrics(List.of(), Map.of(), 0);
    }

    /**
     * Reads {@code metrics.jsonl}.
     *
     * @throws IOException if the file cannot be read
     */
    public static Metrics read(Path file) throws IOException {
        return MetricsReader.read(file);
    }

    private Stream<Point> points() {
        return Stream.concat(training.stream(), evaluated.values().stream().flatMap(List::stream));
    }

    /** The names of everything measured, in the order of first appearance. */
    public Set<String> terms() {
        Set<String> names = new LinkedHashSet<>();
        points().forEach(point -> names.addAll(point.terms().keySet()));
        return names;
    }

    /** Whether every point says its epoch; else only steps can be the horizontal axis. */
    public boolean hasEpochs() {
        return points().allMatch(point -> Double.isFinite(point.epoch()));
    }

    /** One term over epochs, or over steps where there are no epochs. */
    Series series(List<Point> points, String term) {
        ToDoubleFunction<Point> x = hasEpochs() ? Point::epoch : Point::step;
        return Series.of(
                points.stream().mapToDouble(x).toArray(),
                points.stream().mapToDouble(point -> point.term(term)).toArray());
    }
}
