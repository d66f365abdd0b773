package dev.elbo.exhibit;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Support;
import dev.elbo.generate.Generator;
import dev.elbo.generate.LatentPath;
import dev.elbo.generate.Shown;
import dev.elbo.model.Variable;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Between pairs of held-out examples: at both ends the example itself, beside it its reconstruction, and between these the way
 * from one code to the other. All latents move together, each on its own way.
 *
 * @param pairs a row each, or as many as there are examples for
 * @param steps on the way, both reconstructions included
 * @param spherical on an arc, not a straight line
 */
public record Interpolations(int pairs, int steps, boolean spherical) implements Exhibit {
    @Override
    public String name() {
        return "interpolation";
    }

    @Override
    public Optional<String> obstacle(Showing showing) {
        Optional<Variable> other = showing.signature().latents().stream()
                .filter(latent -> latent.kind() != Variable.Kind.VECTOR)
                .findFirst();
        Optional<Variable> choices = showing.signature().latents().stream()
                .filter(latent -> latent.support() == Support.ONE_HOT)
                .findFirst();
        if (choices.isPresent()) {
            return Optional.of("interpolation is between vectors, and latent '"
                    + choices.get().name() + "' is over " + Support.ONE_HOT);
        }
        return other.isPresent()
                ? Optional.of("interpolation is between vectors, and latent '"
                        + other.get().name() + "' has " + kind(other.get()))
                : showing.missingExamples(2);
    }

    @Override
    public Optional<String> shortage(Showing showing) {
        return showing.shortage(2 * pairs);
    }

    private static String kind(Variable latent) {
        return latent.kind() == Variable.Kind.CODES ? "codes" : "classes";
    }

    @Override
    public Piece of(Showing showing) {
        return new Interpolations(showing.atMost(2 * pairs) / 2, steps, spherical).ofAllPairs(showing);
    }

    private Piece ofAllPairs(Showing showing) {
        HeldOut heldOut = showing.heldOut().orElseThrow();
        try (Scope scope = Scope.open("interpolations")) {
            Batch batch = heldOut.first(2 * pairs);
            Map<String, HostArray> codes = showing.generator().codes(batch);
            Map<String, HostArray> values = new Conditions(showing).of(batch);
            Shown originals = Generator.show(
                    showing.generator().spec().field(showing.field()),
                    batch.get(showing.field()).toHost());
            List<Shown> rows = new ArrayList<>();
            for (int pair = 0; pair < pairs; pair++) {
                Map<String, HostArray> path = path(showing, codes, pair);
                Shown way = showing.shown(showing.generator().decode(path, Conditions.repeated(values, pair, steps)));
                rows.addAll(
                        List.of(originals.slice(pair, pair + 1), way, originals.slice(pairs + pair, pairs + pair + 1)));
            }
            return sheet(Reconstructions.joined(rows), heldOut.split());
        }
    }

    private Piece sheet(Shown shown, String split) {
        String original = shown instanceof Shown.Text ? "text" : "image";
        List<String> columns = new ArrayList<>(Collections.nCopies(steps + 2, ""));
        columns.set(0, original);
        columns.set(steps + 1, original);
        String way = "At both ends " + split + " examples, beside them their reconstructions, between these the "
                + (spherical ? "spherical" : "straight") + " way through latent space";
        return new Sheet(shown, steps + 2, way)
                .columns(columns)
                .framed(Set.of(0, steps + 1))
                .piece();
    }

    private Map<String, HostArray> path(Showing showing, Map<String, HostArray> codes, int pair) {
        Map<String, HostArray> path = new LinkedHashMap<>();
        codes.forEach((name, all) -> {
            try (Scope scope = Scope.open("path")) {
                Tensor a = vector(all, pair);
                Tensor b = vector(all, pairs + pair);
                boolean isOnSphere = showing.signature().latent(name).support() == Support.SPHERE;
                Tensor way =
                        spherical || isOnSphere ? LatentPath.spherical(a, b, steps) : LatentPath.linear(a, b, steps);
                long[] sizes = all.shape().sizes().clone();
                sizes[0] = steps;
                path.put(name, way.reshape(sizes).toHost());
            }
        });
        return path;
    }

    /** One row, as [D]. */
    private static Tensor vector(HostArray codes, int row) {
        HostArray one = codes.rows(row, row + 1);
        return Tensor.of(one.toFloats(), one.shape().elements());
    }
}
