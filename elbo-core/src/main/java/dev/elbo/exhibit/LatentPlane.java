package dev.elbo.exhibit;

import dev.elbo.data.Batch;
import dev.elbo.figure.Scatter;
import dev.elbo.model.Variable;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the posterior puts held-out examples, of a model with two latent dimensions; coloured by label if there is one.
 *
 * @param most examples
 */
public record LatentPlane(int most) implements Exhibit {
    private static final String LABEL = "label";

    @Override
    public String name() {
        return "latents";
    }

    @Override
    public Optional<String> obstacle(Showing showing) {
        Optional<String> other = notInAPlane(showing, "codes are drawn in a plane of two latent dimensions");
        return other.isPresent() ? other : showing.missingExamples(1);
    }

    /** Why the latents are no plane, if they are none. */
    static Optional<String> notInAPlane(Showing showing, String what) {
        List<Variable> latents = showing.signature().latents();
        boolean plane = latents.size() == 1
                && showing.vectors().size() == 1
                && latents.get(0).shape().elements() == 2;
        long dimensions = showing.vectors().stream()
                .mapToLong(latent -> latent.shape().elements())
                .sum();
        return plane ? Optional.empty() : Optional.of(what + ", and this model has " + dimensions);
    }

    @Override
    public Piece of(Showing showing) {
        HeldOut heldOut = showing.heldOut().orElseThrow();
        try (Scope scope = Scope.open("latents")) {
            Batch batch = heldOut.first((int) Math.min(most, heldOut.size()));
            Map<String, HostArray> codes = showing.generator().codes(batch);
            HostArray plane =
                    Objects.requireNonNull(codes.get(showing.vectors().get(0).name()));
            String title = "Codes of " + heldOut.split() + " examples";
            return new Piece.Picture(
                    batch.fields().containsKey(LABEL)
                            ? new Scatter(plane, batch.get(LABEL).toHost(), showing.classes(LABEL), title)
                            : Scatter.of(plane, title));
        }
    }
}
