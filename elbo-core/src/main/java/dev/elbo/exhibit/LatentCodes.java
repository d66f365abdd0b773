package dev.elbo.exhibit;

import dev.elbo.data.Batch;
import dev.elbo.figure.Scatter;
import dev.elbo.model.Variable;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the posterior puts held-out examples, coloured by class if they have one: two latent dimensions as they are, more of
 * them by their two first principal components.
 *
 * @param latent which; the top one if empty
 * @param most examples
 */
public record LatentCodes(Optional<String> latent, int most) implements Exhibit {
    private static final String LABEL = "label";
    private static final long AT_ONCE = 250;

    @Override
    public String name() {
        return latent.map(name -> "latents-" + name).orElse("latents");
    }

    @Override
    public Optional<String> obstacle(Showing showing) {
        List<Variable> vectors = showing.vectors();
        boolean broad = !vectors.isEmpty() && shown(showing).shape().elements() >= 2;
        return broad
                ? showing.missingExamples(1)
                : Optional.of("codes are drawn of a vector of at least 2 latent dimensions, and this model has none");
    }

    private Variable shown(Showing showing) {
        return latent.map(showing.signature()::latent)
                .orElseGet(() -> showing.vectors().get(0));
    }

    @Override
    public Piece of(Showing showing) {
        HeldOut heldOut = showing.heldOut().orElseThrow();
        try (Scope scope = Scope.open("latents")) {
            Batch batch = heldOut.first((int) Math.min(most, heldOut.size()));
            Variable latent = shown(showing);
            HostArray codes = codes(showing, batch, latent);
            String title = String.format(
                    Locale.ROOT, "Codes of %,d %s examples", codes.shape().size(0), heldOut.split());
            Scatter scatter = scatter(latent, codes, title);
            return new Piece.Picture(classes(showing, batch)
                    .map(field -> scatter.coloured(batch.get(field).toHost(), showing.classes(field)))
                    .orElse(scatter));
        }
    }

    /** A part after the other, for what networks compute between is much larger than codes. */
    private static HostArray codes(Showing showing, Batch batch, Variable latent) {
        long count = batch.get(showing.field()).size(0);
        List<HostArray> parts = new ArrayList<>();
        for (long from = 0; from < count; from += AT_ONCE) {
            try (Scope scope = Scope.open("part")) {
                Batch part = part(batch, from, Math.min(AT_ONCE, count - from));
                parts.add(Objects.requireNonNull(showing.generator().codes(part).get(latent.name())));
            }
        }
        return HostArray.concat(parts);
    }

    private static Batch part(Batch batch, long from, long count) {
        Map<String, Tensor> rows = new LinkedHashMap<>();
        batch.tensors().forEach((name, tensor) -> rows.put(name, tensor.narrow(0, from, count)));
        return batch.with(rows);
    }

    private static Scatter scatter(Variable latent, HostArray codes, String title) {
        if (latent.shape().elements() == 2) {
            return Scatter.of(codes, title);
        }
        PrincipalPlane plane = PrincipalPlane.of(codes);
        return Scatter.of(plane.points(), title)
                .over(component("first", plane.first()), component("second", plane.second()));
    }

    private static String component(String which, double share) {
        return String.format(Locale.ROOT, "%s principal component, %.0f %% of the variance", which, 100 * share);
    }

    /** The field by which codes are coloured: the label, or else the first that has classes. */
    private static Optional<String> classes(Showing showing, Batch batch) {
        return Stream.concat(Stream.of(LABEL), batch.fields().keySet().stream())
                .filter(batch.fields()::containsKey)
                .filter(field -> !showing.classes(field).isEmpty())
                .findFirst();
    }
}
