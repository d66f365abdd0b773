package dev.elbo.exhibit;

import dev.elbo.data.Batch;
import dev.elbo.evaluate.LatentEstimate;
import dev.elbo.generate.LatentPath;
import dev.elbo.generate.Shown;
import dev.elbo.model.Variable;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A code, moved along one dimension in each row: of a held-out example, or the centre of the prior where there is none.
 * Levels are traversed one by one: when a latent moves, those above it stay, and those below it follow their prior.
 *
 * @param latent which; the top one if empty
 * @param example which held-out example, from 0
 * @param dims which dimensions; the ten of the largest rate if empty
 * @param steps in a row
 */
public record Traversal(Optional<String> latent, int example, List<Integer> dims, int steps) implements Exhibit {
    private static final double TRAVERSED = 3;
    private static final int MOST_ROWS = 10;

    /** Copies the list. */
    public Traversal {
        dims = List.copyOf(dims);
    }

    @Override
    public String name() {
        return latent.map(name -> "traversal-" + name).orElse("traversal");
    }

    @Override
    public Optional<String> obstacle(Showing showing) {
        if (showing.vectors().isEmpty()) {
            return Optional.of("a traversal moves the dimensions of a vector, and this model has none: its latents are "
                    + showing.signature().latents().stream().map(Variable::name).toList());
        }
        Variable moved = moved(showing);
        if (!moved.isFree()) {
            return Optional.of("a traversal moves one number by deviations of a normal, and latent '" + moved.name()
                    + "' is over " + moved.support());
        }
        return showing.heldOut().isPresent() ? showing.missingExamples(example + 1) : Optional.empty();
    }

    @Override
    public Piece of(Showing showing) {
        Variable moved = moved(showing);
        List<Double> rates = rates(showing, moved);
        List<Integer> chosen = dims.isEmpty() ? largest(rates) : requireDims(rates.size());
        Start start = start(showing);
        PriorSpread prior = PriorSpread.of(showing, moved);
        List<Shown> rows = new ArrayList<>();
        for (int dim : chosen) {
            rows.add(showing.shown(
                    showing.generator().decode(path(showing, start.codes(), moved, dim, prior), start.conditions())));
        }
        String prefix = showing.signature().latents().size() == 1 ? moved.name() : moved.name() + "·";
        return new Sheet(Reconstructions.joined(rows), steps, caption(rates))
                .rows(chosen.stream()
                        .map(dim -> prefix
                                + dim
                                + (Double.isNaN(rates.get(dim))
                                        ? ""
                                        : String.format(Locale.ROOT, ": %.2f nats", rates.get(dim))))
                        .toList())
                .columns(IntStream.range(0, steps).mapToObj(this::value).toList())
                .piece();
    }

    private Variable moved(Showing showing) {
        return latent.map(showing.signature()::latent)
                .orElseGet(() -> showing.vectors().get(0));
    }

    private static String caption(List<Double> rates) {
        String rate = rates.stream().allMatch(nats -> Double.isNaN(nats)) ? "" : ", with its rate";
        return "A dimension at a time" + rate + "; its values in standard deviations of the prior";
    }

    private String value(int i) {
        return String.format(Locale.ROOT, "%.1f", TRAVERSED * (2.0 * i / (steps - 1) - 1))
                .replace('-', '\u2212');
    }

    /** The rate of each dimension, NaN where it is not known. */
    private static List<Double> rates(Showing showing, Variable moved) {
        int size = (int) moved.shape().elements();
        return showing.rates().get().stream()
                .filter(estimate -> estimate.name().equals(moved.name()))
                .map(LatentEstimate::ratePerDimension)
                .filter(known -> known.size() == size)
                .findFirst()
                .orElse(Collections.nCopies(size, Double.NaN));
    }

    private static List<Integer> largest(List<Double> rates) {
        return IntStream.range(0, rates.size())
                .boxed()
                .sorted(Comparator.comparing(dim -> Double.isNaN(rates.get(dim)) ? 0 : -rates.get(dim)))
                .limit(MOST_ROWS)
                .toList();
    }

    private List<Integer> requireDims(int size) {
        if (dims.stream().anyMatch(dim -> dim < 0 || dim >= size)) {
            throw new IllegalArgumentException("latent dimensions are 0 to " + (size - 1) + "; got " + dims);
        }
        return dims;
    }

    /** Codes of one example, [1, event...], and its conditions, repeated for a row. */
    private record Start(Map<String, HostArray> codes, Map<String, HostArray> conditions) {}

    private Start start(Showing showing) {
        Conditions conditions = new Conditions(showing);
        if (showing.heldOut().isEmpty()) {
            return new Start(showing.generator().latents(1, conditions.first(1), 0, 0), conditions.first(steps));
        }
        try (Scope scope = Scope.open("traversal")) {
            Batch batch = showing.heldOut().get().first(example + 1);
            Map<String, HostArray> codes = new LinkedHashMap<>();
            showing.generator().codes(batch).forEach((name, all) -> codes.put(name, all.rows(example, example + 1)));
            return new Start(codes, Conditions.repeated(conditions.of(batch), example, steps));
        }
    }

    /** The moved latent's way, and those above it as they are; those below are left to their prior. */
    private Map<String, HostArray> path(
            Showing showing, Map<String, HostArray> codes, Variable moved, int dim, PriorSpread prior) {
        Map<String, HostArray> path = new LinkedHashMap<>();
        for (Variable each : showing.signature().latents()) {
            HostArray code = Objects.requireNonNull(codes.get(each.name()));
            if (each.equals(moved)) {
                try (Scope scope = Scope.open("path")) {
                    Tensor start = Tensor.of(code.toFloats(), code.shape().elements());
                    path.put(
                            each.name(),
                            LatentPath.traversal(start, dim, prior.at(dim, -TRAVERSED), prior.at(dim, TRAVERSED), steps)
                                    .toHost());
                }
                return path;
            }
            path.put(each.name(), HostArray.concat(Collections.nCopies(steps, code)));
        }
        return path;
    }
}
