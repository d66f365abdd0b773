package dev.elbo.run;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.NearestName;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.figure.Curves;
import dev.elbo.figure.Figure;
import dev.elbo.figure.ImageGrid;
import dev.elbo.figure.KlBars;
import dev.elbo.figure.Metrics;
import dev.elbo.figure.Scatter;
import dev.elbo.generate.ImageGenerator;
import dev.elbo.generate.LatentPath;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a run's model makes, drawn. Images are means of the likelihood.
 *
 * @param session with the weights to use
 */
public record Pictures(Session session) {
    private static final double TRAVERSED = 3;
    private static final int MOST_COLUMNS = 20;

    /**
     * Images from the prior.
     *
     * @param given values of conditions by field, as the data name them; those that are not given take turns
     * @param temperature stretches the prior about its mean
     * @throws IllegalArgumentException if the model has no such condition, or the data no such value
     */
    public Figure samples(int count, Map<String, String> given, double temperature, long seed) {
        given.keySet().forEach(this::requireCondition);
        Map<String, HostArray> conditions = new LinkedHashMap<>();
        for (String name : conditionNames()) {
            conditions.put(name, values(name, given.get(name), count));
        }
        HostArray images = generator().samples(count, conditions, temperature, seed);
        List<String> caption = new ArrayList<>();
        given.forEach((name, value) -> caption.add(name + " " + value));
        caption.add("temperature " + temperature);
        caption.add("seed " + seed);
        ImageGrid.Builder grid = ImageGrid.of(images).caption(String.join(", ", caption));
        List<String> open = conditionNames().stream()
                .filter(name -> !given.containsKey(name))
                .toList();
        List<String> values = open.size() == 1 ? names(open.get(0)) : List.of();
        if (!values.isEmpty() && values.size() <= MOST_COLUMNS) { // they take turns: one in each column
            int columns = Math.min(count, values.size());
            grid.columns(columns).columnLabels(values.subList(0, columns));
        }
        return grid.build();
    }

    private void requireCondition(String name) {
        if (conditionNames().isEmpty()) {
            throw new IllegalArgumentException("this model is unconditional: nothing can be given; train recipe cvae");
        }
        if (!conditionNames().contains(name)) {
            throw new IllegalArgumentException(NearestName.message("condition", name, conditionNames()));
        }
    }

    private List<String> conditionNames() {
        return session.model().signature().conditions();
    }

    /** INT64 [count] of a category: all the same value, or all values in turn. */
    private HostArray values(String field, @Nullable String value, int count) {
        List<String> names = names(field);
        int index = value == null ? -1 : names.indexOf(value);
        if (value != null && index < 0) {
            throw new IllegalArgumentException(NearestName.message(field, value, names));
        }
        return HostArray.of(
                IntStream.range(0, count)
                        .mapToLong(i -> index < 0 ? i % names.size() : index)
                        .toArray(),
                count);
    }

    private List<String> names(String field) {
        return session.data().spec().field(field) instanceof Field.Category category ? category.names() : List.of();
    }

    /** A row of images for each class. */
    public Figure conditional(String field, int columns, long seed) {
        List<String> names = names(field);
        long[] labels = IntStream.range(0, names.size() * columns)
                .mapToLong(i -> i / columns)
                .toArray();
        HostArray images =
                generator().samples(labels.length, Map.of(field, HostArray.of(labels, labels.length)), 1, seed);
        return ImageGrid.of(images)
                .columns(columns)
                .rowLabels(names)
                .caption("A row for each " + field + ", seed " + seed)
                .build();
    }

    /** Held-out images, each above what the model makes of it. */
    public Figure reconstructions(int count) {
        return onHeldOut(count, (batch, originals) -> {
            HostArray made = generator().reconstructions(batch);
            int columns = (int) Math.min(10, originals.shape().size(0));
            List<HostArray> rows = new ArrayList<>();
            for (int from = 0; from < originals.shape().size(0); from += columns) {
                int to = (int) Math.min(from + columns, originals.shape().size(0));
                rows.add(originals.rows(from, to));
                rows.add(made.rows(from, to));
            }
            List<String> labels = new ArrayList<>();
            rows.forEach(row -> labels.add(labels.size() % 2 == 0 ? "image" : "reconstruction"));
            return ImageGrid.of(HostArray.concat(rows))
                    .columns(columns)
                    .rowsPerGroup(2)
                    .rowLabels(labels)
                    .caption(session.heldOut() + " images, " + treatment())
                    .build();
        });
    }

    private String treatment() {
        return "pixels " + session.run().config().pixels();
    }

    /** Between pairs of held-out images; the framed ends are reconstructions. */
    public Figure interpolations(int pairs, int steps, boolean spherical) {
        return onHeldOut(2 * pairs, (batch, originals) -> {
            List<HostArray> rows = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                int pair = i;
                rows.add(decoded(
                        batch,
                        pair,
                        codes -> spherical
                                ? LatentPath.spherical(codes.get(0, pair), codes.get(0, pairs + pair), steps)
                                : LatentPath.linear(codes.get(0, pair), codes.get(0, pairs + pair), steps)));
            }
            return ImageGrid.of(HostArray.concat(rows))
                    .columns(steps)
                    .framedColumns(Set.of(0, steps - 1))
                    .caption((spherical ? "Spherical" : "Linear") + " in latent space, between reconstructions of "
                            + session.heldOut() + " images")
                    .build();
        });
    }

    /**
     * One held-out image's code, moved along one dimension in each row.
     *
     * @param dims which; those of the largest rate if empty, or the first ones where rates are not known by dimension
     */
    public Figure traversal(int example, List<Integer> dims, int steps) {
        return onHeldOut(example + 1, (batch, originals) -> {
            List<Double> rates = rates();
            List<Integer> chosen = dims.isEmpty() ? largest(rates, 10) : requireDims(dims, dimensions());
            List<HostArray> rows = new ArrayList<>();
            for (int dim : chosen) {
                rows.add(decoded(
                        batch, example, codes -> LatentPath.traversal(codes.get(0, example), dim, TRAVERSED, steps)));
            }
            return ImageGrid.of(HostArray.concat(rows))
                    .columns(steps)
                    .rowLabels(chosen.stream()
                            .map(dim -> rates.isEmpty()
                                    ? "z" + dim
                                    : String.format(Locale.ROOT, "z%d: %.2f nats", dim, rates.get(dim)))
                            .toList())
                    .columnLabels(IntStream.range(0, steps)
                            .mapToObj(i -> String.format(Locale.ROOT, "%.1f", TRAVERSED * (2.0 * i / (steps - 1) - 1))
                                    .replace('-', '\u2212'))
                            .toList())
                    .caption(
                            "A dimension in each row, with its rate; its value above, in standard deviations of the prior")
                    .build();
        });
    }

    private static List<Integer> requireDims(List<Integer> dims, int size) {
        if (dims.stream().anyMatch(dim -> dim < 0 || dim >= size)) {
            throw new IllegalArgumentException("latent dimensions are 0 to " + (size - 1) + "; got " + dims);
        }
        return dims;
    }

    private List<Double> rates() {
        return session.with(session.heldOut(), examples -> BoundEstimate.of(session.model(), examples, 0))
                .ratePerDimension();
    }

    private int dimensions() {
        return (int) session.model().signature().latents().get(0).shape().elements();
    }

    private List<Integer> largest(List<Double> rates, int count) {
        Comparator<Integer> byRate = Comparator.comparing(rates::get, Collections.reverseOrder());
        return IntStream.range(0, dimensions())
                .boxed()
                .sorted(rates.isEmpty() ? Comparator.naturalOrder() : byRate)
                .limit(count)
                .toList();
    }

    /**
     * Images over a two-dimensional latent space.
     *
     * @throws IllegalArgumentException if the model has another number of dimensions
     */
    public Figure manifold(int side) {
        if (dimensions() != 2) {
            throw new IllegalArgumentException(
                    "a manifold is drawn of two latent dimensions, and this model has " + dimensions());
        }
        try (Scope scope = Scope.open("manifold")) {
            HostArray grid = LatentPath.manifold(side, session.device()).toHost();
            Map<String, HostArray> conditions = new LinkedHashMap<>();
            conditionNames()
                    .forEach(name ->
                            conditions.put(name, values(name, names(name).get(0), side * side)));
            return ImageGrid.of(generator().decode(grid, conditions))
                    .columns(side)
                    .gutter(0)
                    .caption("z over equally likely values of each dimension")
                    .build();
        }
    }

    /** Codes of held-out examples, if there are two dimensions, coloured by label if there is one. */
    public Figure codes(int count) {
        return onHeldOut(count, (batch, originals) -> {
            HostArray codes = generator().codes(batch);
            return batch.fields().containsKey("label")
                    ? new Scatter(
                            codes,
                            batch.get("label").toHost(),
                            names("label"),
                            "Codes of " + session.heldOut() + " images")
                    : Scatter.of(codes, "Codes of " + session.heldOut() + " images");
        });
    }

    /** The image of each code of a path, under the conditions of one example. */
    private HostArray decoded(Batch batch, int example, Function<Tensor, Tensor> path) {
        try (Scope scope = Scope.open("path")) {
            Tensor codes = Tensor.of(generator().codes(batch), session.device());
            HostArray latents = path.apply(codes).toHost();
            int steps = (int) latents.shape().size(0);
            Map<String, HostArray> conditions = new LinkedHashMap<>();
            for (String name : conditionNames()) {
                long value = (long) batch.get(name).get(0, example).item();
                conditions.put(
                        name,
                        HostArray.of(
                                IntStream.range(0, steps).mapToLong(i -> value).toArray(), steps));
            }
            return generator().decode(latents, conditions);
        }
    }

    private Figure onHeldOut(int count, BiFunction<Batch, HostArray, Figure> draw) {
        return session.with(session.heldOut(), examples -> {
            if (count > examples.size()) {
                throw new IllegalArgumentException(
                        session.heldOut() + " has " + examples.size() + " examples; " + count + " were asked for");
            }
            Batch batch = session.batch(examples, 0, count);
            return draw.apply(batch, batch.get("image").toHost());
        });
    }

    private ImageGenerator generator() {
        return session.generator();
    }

    /**
     * Draws all that the model can be shown by, into the run's figures.
     *
     * @param evaluation for its rates
     */
    public void drawAll(Evaluation evaluation, long seed) throws IOException {
        Path figures = session.run().figures();
        Files.createDirectories(figures);
        int held = (int) Math.min(10, session.with(session.heldOut(), Examples::size));
        samples(100, Map.of(), 1, seed).write(figures.resolve("samples.png"));
        reconstructions(held).write(figures.resolve("reconstructions.png"));
        if (held > 1) {
            interpolations(held / 2, 11, true).write(figures.resolve("interpolation.png"));
        }
        traversal(0, List.of(), 11).write(figures.resolve("traversal.png"));
        for (String condition : conditionNames()) {
            conditional(condition, 10, seed).write(figures.resolve("conditional.png"));
        }
        List<Double> rates = evaluation.bound().ratePerDimension();
        if (!rates.isEmpty()) { // a prior or posterior without closed form tells no rate by dimension
            KlBars.of(rates).write(figures.resolve("kl.png"));
        }
        Curves.of(Metrics.read(session.run().metrics())).write(figures.resolve("curves.png"));
        if (dimensions() == 2) {
            manifold(20).write(figures.resolve("manifold.png"));
            codes((int) Math.min(5000, evaluation.bound().points())).write(figures.resolve("latents.png"));
        }
    }
}
