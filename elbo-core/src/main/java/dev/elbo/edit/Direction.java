package dev.elbo.edit;

import dev.elbo.tensor.HostArray;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A way through latent space along which an attribute of examples changes: z + s d. At s = 1, examples have moved as far as the means of
 * those with the attribute and those without it lie apart.
 *
 * @param name of the attribute: a class, or a column of a table
 * @param field of the data that says it
 * @param method how it was found
 * @param steps d by latent, flat
 * @param accuracy of telling held-out examples with the attribute from those without it, by the side of the middle between both means
 *     that they lie on along d: the mean of the two kinds' rates, so that 0.5 is chance
 * @param heldOut how many examples that was measured on
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares directions
public record Direction(
        String name, String field, Method method, Map<String, float[]> steps, double accuracy, long heldOut) {
    /** How a direction is found. */
    public enum Method {
        /** The mean code of examples with the attribute less that of those without it. Larsen et al. (2016), section 3.3. */
        MEAN,
        /** The normal of the plane by which logistic regression tells them apart, as far as the means lie apart along it. */
        LINEAR;

        /** As it is typed: {@code mean}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the map. */
    public Direction {
        steps = new LinkedHashMap<>(steps);
    }

    /**
     * Latents moved along it.
     *
     * @param latents by name, [N, event...]; those that it says nothing of stay
     * @param amount s
     */
    public Map<String, HostArray> moved(Map<String, HostArray> latents, double amount) {
        Map<String, HostArray> moved = new LinkedHashMap<>(latents);
        steps.forEach((latent, step) -> moved.computeIfPresent(latent, (name, from) -> along(from, step, amount)));
        return moved;
    }

    private static HostArray along(HostArray from, float[] step, double amount) {
        float[] values = from.toFloats().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (amount * step[i % step.length]);
        }
        return HostArray.of(values, from.shape().sizes());
    }

    /**
     * How far latents lie along it, in its own length: (z · d) / (d · d).
     *
     * @param latents by name, [1, event...]
     */
    public double place(Map<String, HostArray> latents) {
        double along = 0;
        double square = 0;
        for (Map.Entry<String, float[]> step : steps.entrySet()) {
            float[] z = Objects.requireNonNull(latents.get(step.getKey())).toFloats();
            float[] d = step.getValue();
            for (int i = 0; i < d.length; i++) {
                along += (double) z[i] * d[i];
                square += (double) d[i] * d[i];
            }
        }
        return square == 0 ? 0 : along / square;
    }
}
