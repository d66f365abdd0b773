package dev.elbo.run;

import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.model.Signature;
import dev.elbo.model.Variable;
import dev.elbo.objective.FreeBits;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Latents that tell next to nothing of an example: posterior collapse, Bowman et al. (2016), section 3. Every example is
 * reconstructed alike.
 *
 * @param active units whose posterior means vary over examples
 * @param units dimensions of all latents that are vectors
 * @param remedies options of a training that may do better, of those that its recipe has
 */
record Collapse(int active, long units, List<String> remedies) {
    /** Of ten units or fewer, one that is active is no collapse; of twenty, two are. */
    private static final int FEW = 10;

    private static final String ANNEALED = "linear(0, 1, 10)";

    /** λ in nats for each dimension, as in Kingma et al. (2016), section C.8. */
    private static final double FREE_BITS = 0.25;

    /**
     * A tenth of the units or less is active; empty where more are, or there are none that could be, or one example varies, or codes
     * are points, which are as far from each other as they like.
     */
    static Optional<Collapse> of(Signature model, BoundEstimate bound, RunConfig config) {
        long units = model.latents().stream()
                .filter(Variable::isFree)
                .mapToLong(latent -> latent.shape().elements())
                .sum();
        boolean hasFew = bound.activeUnits() == 0 || (long) bound.activeUnits() * FEW < units;
        boolean canVary = bound.points() > 1 && bound.isBound();
        return units > 0 && hasFew && canVary
                ? Optional.of(new Collapse(bound.activeUnits(), units, remedies(bound, config)))
                : Optional.empty();
    }

    /** An option of this name may be another recipe's, which is no schedule. */
    private static boolean takes(Recipe recipe, String option, String value) {
        try {
            return !Recipes.with(recipe, Map.of(option, value)).equals(recipe);
        } catch (IllegalArgumentException refusal) {
            return false;
        }
    }

    private static List<String> remedies(BoundEstimate bound, RunConfig config) {
        Map<String, String> options = new HashMap<>();
        Recipes.options(config.recipe()).entries().forEach(entry -> options.put(entry.name(), entry.value()));
        List<String> remedies = new ArrayList<>();
        if (options.containsKey("beta")
                && !ANNEALED.equals(options.get("beta"))
                && takes(config.recipe(), "beta", ANNEALED)) {
            remedies.add("--set 'beta=" + ANNEALED + "'");
        }
        boolean hasFew = Optional.ofNullable(options.get("freeBits"))
                .map(FreeBits::parse)
                .filter(free -> free.per() == FreeBits.Per.DIMENSION && free.nats() < FREE_BITS)
                .isPresent();
        if (hasFew
                && !bound.ratePerDimension().isEmpty()
                && takes(config.recipe(), "freeBits", String.valueOf(FREE_BITS))) {
            remedies.add("--set freeBits=" + FREE_BITS);
        }
        remedies.add(String.format(
                Locale.ROOT, "--epochs %.0f", Math.ceil(2 * config.training().epochs())));
        return remedies;
    }

    /** As people read it, without a full stop. */
    String sentence() {
        return active + " of " + units + (units == 1 ? " unit is" : " units are")
                + " active: the latents collapsed, and every example is reconstructed almost alike. Train again with "
                + String.join(", or with ", remedies);
    }
}
