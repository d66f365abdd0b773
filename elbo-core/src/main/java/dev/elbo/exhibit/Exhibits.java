package dev.elbo.exhibit;

import dev.elbo.model.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The exhibits that a run ends with. */
public final class Exhibits {
    private static final int SAMPLES = 100;
    private static final int MOST_HELD = 10;
    private static final int SPOKEN = 4;
    private static final int STEPS = 11;
    private static final int SIDE = 20;
    private static final int MOST_CODES = 2000;

    private Exhibits() {}

    /** Those that apply to a model, in the order in which they are shown. */
    public static List<Exhibit> of(Showing showing, long seed) {
        int held =
                (int) Math.min(MOST_HELD, showing.heldOut().map(HeldOut::size).orElse(0L));
        List<Exhibit> all = new ArrayList<>(List.of(new SpokenTexts(SPOKEN, 0, seed)));
        for (int i = 1; i <= SPOKEN; i++) {
            all.add(new SpokenTexts(SPOKEN, i, seed));
        }
        all.addAll(List.of(
                Samples.of(SAMPLES, seed),
                new OnDemand(MOST_HELD, seed),
                new Reconstructions(Math.max(1, held)),
                new Interpolations(Math.max(1, held / 2), STEPS, true)));
        List<Variable> vectors = showing.vectors();
        for (Variable each : vectors) {
            Optional<String> level = vectors.size() == 1 ? Optional.empty() : Optional.of(each.name());
            all.add(new Traversal(level, 0, List.of(), STEPS));
            all.add(new LatentCodes(level, MOST_CODES));
        }
        all.add(new Manifold(SIDE));
        all.removeIf(exhibit -> exhibit.obstacle(showing).isPresent());
        return all;
    }
}
