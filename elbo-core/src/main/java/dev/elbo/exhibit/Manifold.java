package dev.elbo.exhibit;

import dev.elbo.figure.ImageGrid;
import dev.elbo.generate.LatentPath;
import dev.elbo.generate.Shown;
import dev.elbo.model.Variable;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Images over a two-dimensional latent space.
 *
 * @param side images in a row and in a column
 */
public record Manifold(int side) implements Exhibit {
    @Override
    public String name() {
        return "manifold";
    }

    @Override
    public Optional<String> obstacle(Showing showing) {
        List<Variable> latents = showing.signature().latents();
        boolean plane = latents.size() == 1
                && showing.vectors().size() == 1
                && latents.get(0).shape().elements() == 2;
        long dimensions = showing.vectors().stream()
                .mapToLong(latent -> latent.shape().elements())
                .sum();
        if (plane && !latents.get(0).isFree()) {
            return Optional.of("a manifold is of equally likely values of a normal, and latent '"
                    + latents.get(0).name() + "' is over " + latents.get(0).support());
        }
        return plane
                ? Optional.empty()
                : Optional.of("a manifold is drawn of two latent dimensions, and this model has " + dimensions);
    }

    @Override
    public Piece of(Showing showing) {
        Variable plane = showing.vectors().get(0);
        try (Scope scope = Scope.open("manifold")) {
            HostArray grid = moved(
                    LatentPath.manifold(side, showing.generator().device()).toHost(), PriorSpread.of(showing, plane));
            Map<String, HostArray> conditions = new Conditions(showing).first(side * side);
            Shown made = showing.shown(showing.generator().decode(Map.of(plane.name(), grid), conditions));
            String caption = "z over equally likely values of each dimension";
            return made instanceof Shown.Images images
                    ? new Piece.Picture(ImageGrid.of(images.pixels())
                            .columns(side)
                            .gutter(0)
                            .caption(caption)
                            .build())
                    : new Sheet(made, side, 0, caption, List.of(), List.of(), Set.of()).piece();
        }
    }

    /** From the quantiles of N(0, I) to those of the prior's dimensions. */
    private static HostArray moved(HostArray grid, PriorSpread prior) {
        float[] points = grid.toFloats();
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) prior.at(i % 2, points[i]);
        }
        return HostArray.of(points, grid.shape().sizes());
    }
}
