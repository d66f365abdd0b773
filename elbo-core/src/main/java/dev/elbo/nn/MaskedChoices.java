package dev.elbo.nn;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import java.util.function.IntUnaryOperator;

/**
 * A masked autoencoder of choices: the logits of a choice are made of the choices before it alone. Germain et al. (2015), eq. 12 and 13,
 * with hidden units spread evenly over the choices.
 *
 * @param first from one-hot vectors, [L · C] → [W]
 * @param second [W] → [W]
 * @param last to logits, [W] → [L · C]
 */
public record MaskedChoices(MaskedLinear first, MaskedLinear second, MaskedLinear last) implements Layer {

    /**
     * With initial weights.
     *
     * @param choices L
     * @param classes C
     * @param width W
     */
    public static MaskedChoices of(int choices, int classes, int width, Initializer initial) {
        IntUnaryOperator choice = place -> place / classes;
        IntUnaryOperator seen = unit -> (int) ((long) unit * choices / width); // a unit sees so many choices
        int values = choices * classes;
        return new MaskedChoices(
                layer(width, values, (unit, place) -> choice.applyAsInt(place) < seen.applyAsInt(unit), initial),
                layer(width, width, (unit, below) -> seen.applyAsInt(below) <= seen.applyAsInt(unit), initial),
                layer(values, width, (place, unit) -> seen.applyAsInt(unit) <= choice.applyAsInt(place), initial));
    }

    /** Whether an input reaches an output. */
    private interface Reach {
        boolean of(int output, int input);
    }

    private static MaskedLinear layer(int outputs, int inputs, Reach reaches, Initializer initial) {
        float[] mask = new float[outputs * inputs];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = reaches.of(i / inputs, i % inputs) ? 1 : 0;
        }
        return MaskedLinear.of(Tensor.of(HostArray.of(mask, outputs, inputs), initial.device()), initial);
    }

    /** One-hot vectors as logits, both [..., L · C]. */
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor hidden = first.forward(x, pass).relu();
        return last.forward(hidden.plus(second.forward(hidden, pass).relu()), pass);
    }
}
