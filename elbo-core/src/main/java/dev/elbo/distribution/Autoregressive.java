package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * Classes that are drawn one after another, each given those before it: p(v) = Πₜ p(vₜ | v₁ … vₜ₋₁). An event of several
 * dimensions is a sequence in the order it is stored in: an image row by row. Values are INT64 class indices. Van den Oord et
 * al. (2016), "Pixel Recurrent Neural Networks", eq. 1.
 *
 * @param successor what comes next
 * @param batch [batch...]; [] for one distribution
 * @param event [event...]
 * @param device where samples are made
 */
public record Autoregressive(Successor successor, Shape batch, Shape event, Device device) implements Distribution {
    /** Σₜ log p(vₜ | v₁ … vₜ₋₁), all elements in one pass. */
    @Override
    public Tensor logProb(Tensor value) {
        Shape leading = value.shape().dropLast(event.rank());
        Tensor sequence = value.reshape(leading.append(event.elements()))
                .expand(leading.broadcast(batch).append(event.elements()));
        return new Categorical(successor.logits(sequence), 1).logProb(sequence);
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return sample(samples, 1, rng);
    }

    /** Divides the logits of every element given those before it by the temperature; 0 takes the likeliest one. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return drawn(
                batch.prepend(samples),
                logits -> new Categorical(logits, 0).sample(1, temperature, rng).squeeze(0));
    }

    /** The likeliest class of each element given those before it: not always the likeliest event. */
    @Override
    public Tensor centre() {
        return drawn(batch, logits -> logits.argmax(-1));
    }

    /**
     * Sequences that grow by one element after another.
     *
     * @param choose a class, [leading...], of its logits, [leading..., M]
     * @return [leading..., event...]
     */
    private Tensor drawn(Shape leading, UnaryOperator<Tensor> choose) {
        try (GradientMode off = GradientMode.off();
                Scope drawing = Scope.open("sequence")) {
            Tensor drawn = Tensor.zeros(DType.INT64, device, leading.append(0));
            for (long t = 0; t < event.elements(); t++) {
                drawn = followed(drawn, choose);
            }
            return drawing.keep(drawn.reshape(leading.append(event.sizes())));
        }
    }

    /** Frees at once what one step makes: there are as many as elements. */
    private Tensor followed(Tensor beginning, UnaryOperator<Tensor> choose) {
        try (Scope step = Scope.open("element")) {
            Tensor next = choose.apply(successor.next(beginning));
            return step.keep(Tensor.cat(-1, beginning, next.unsqueeze(-1)));
        }
    }
}
